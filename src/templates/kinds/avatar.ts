import { z } from 'zod';
import { colour, faceIndex, share, single } from './common.ts';
import { defineKind } from './kind.ts';

/** The words in which an avatar is described; a client may correct what was measured with the same words. */
export const hairLengths = ['none', 'cropped', 'short', 'chin', 'shoulder', 'long'] as const;
export const hairColours = [
  'black',
  'dark-brown',
  'brown',
  'light-brown',
  'auburn',
  'red',
  'dark-blonde',
  'blonde',
  'platinum',
  'grey',
  'white',
  'pink',
  'purple',
  'blue',
  'green',
] as const;
export const fringes = ['back', 'left', 'centre', 'right', 'full'] as const;
export const textures = ['straight', 'wavy', 'curly'] as const;
export const beards = ['none', 'stubble', 'moustache', 'goatee', 'full'] as const;
export const frames = ['none', 'round', 'square'] as const;
export const eyeColours = ['dark-brown', 'brown', 'hazel', 'green', 'blue', 'grey'] as const;
export const clothesColours = [
  'black',
  'grey',
  'white',
  'beige',
  'brown',
  'red',
  'orange',
  'yellow',
  'green',
  'teal',
  'blue',
  'navy',
  'purple',
  'pink',
] as const;
/** Tones of skin from the lightest to the darkest, counted from 1. */
export const skinTones = 12;

export const backgrounds = ['sun', 'peach', 'rose', 'lilac', 'sky', 'mint', 'sand', 'night'] as const;

/** A background: the ground, what is drawn on it, and clothes that go with both. */
const background = z.strictObject({ ground: colour, shape: colour, clothes: colour });

const manifest = z.strictObject({
  ...single,
  kind: z.literal('avatar'),
  /** Which drawing a pack uses; its colours and depths are the pack's. */
  style: z.enum(['portrait', 'chibi']),
  /** Colour of drawn lines. */
  ink: colour,
  /** How deep shades lie under hair and chin. */
  shade: share,
  /** How strongly cheeks are tinted. */
  blush: share,
  backgrounds: z.record(z.enum(backgrounds), background),
});

const measured = 'left out: as measured in the photo';

const params = z.strictObject({
  face: faceIndex.optional().describe('Which face, counted from the left, beginning with 0; left out: the most prominent one'),
  background: z
    .enum(['auto', ...backgrounds])
    .default('auto')
    .describe('auto: the one that sets off skin and hair best'),
  skin: z.int().min(1).max(skinTones).optional().describe(`Tone of the skin, 1 the lightest; ${measured}`),
  hair: z.enum(hairLengths).optional().describe(`Length of the hair; ${measured}`),
  hairColour: z.enum(hairColours).optional().describe(`Colour of the hair; ${measured}`),
  fringe: z.enum(fringes).optional().describe(`How the hair falls over the forehead; the part is on this side of the picture; ${measured}`),
  texture: z.enum(textures).optional().describe(`Texture of the hair; ${measured}`),
  beard: z.enum(beards).optional().describe(`Hair of the face; ${measured}`),
  glasses: z.enum(frames).optional().describe(`Frames of glasses; ${measured}`),
  eyes: z.enum(eyeColours).optional().describe(`Colour of the eyes; ${measured}`),
  clothes: z
    .enum(clothesColours)
    .optional()
    .describe(`Colour of the clothes; ${measured}, or of the background's choice where none are seen`),
});

export const avatar = defineKind({ manifest, params, art: () => [] });

export type Background = (typeof backgrounds)[number];
export type HairLength = (typeof hairLengths)[number];
export type HairColour = (typeof hairColours)[number];
export type EyeColour = (typeof eyeColours)[number];
export type ClothesColour = (typeof clothesColours)[number];
export type Ground = z.infer<typeof background>;
