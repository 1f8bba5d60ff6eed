import { z } from 'zod';
import {
  beards,
  clothesColours,
  eyeColours,
  frames,
  fringes,
  hairColours,
  hairLengths,
  skinTones,
  textures,
} from '../../templates/kinds/avatar.ts';

/**
 * How far something is from the mean of adults, in steps of about one standard deviation. Five steps are enough for a friend to recognise a
 * face and far too few for a machine: a spec holds no measurement, no point and no vector of a face, and it ends with the job.
 */
const step = z.int().min(-2).max(2);

/**
 * An avatar in words and small numbers: all that a drawing knows of the person. It says what is seen (lengths, colours, proportions) and guesses
 * nothing that is not: neither sex nor origin nor age.
 */
export const avatarSpec = z.strictObject({
  /** Tone of the skin, 1 the lightest. */
  skin: z.int().min(1).max(skinTones),
  outline: z.strictObject({
    /** Length of the face for its width. */
    length: step,
    /** Width of the jaw against the cheekbones. */
    jaw: step,
    /** Pointed to square. */
    chin: step,
  }),
  hair: z.strictObject({
    length: z.enum(hairLengths),
    colour: z.enum(hairColours),
    texture: z.enum(textures),
    /** How the hair falls over the forehead; the part lies on this side of the picture. */
    fringe: z.enum(fringes),
    /** How far it stands off the head, 0 flat to 4. */
    volume: z.int().min(0).max(4),
  }),
  brows: z.strictObject({ thickness: step, height: step, tilt: step, colour: z.enum(hairColours) }),
  eyes: z.strictObject({
    colour: z.enum(eyeColours),
    size: step,
    spacing: step,
    tilt: step,
    /** Closed eyes are drawn as lines. */
    lids: z.enum(['closed', 'narrow', 'open']),
    /** How dark the line of the lashes is, 0 to 2. */
    lashes: z.int().min(0).max(2),
  }),
  nose: z.strictObject({ width: step, length: step }),
  mouth: z.strictObject({
    width: step,
    lips: step,
    /** Corners down to corners up. */
    smile: step,
    shows: z.enum(['lips', 'teeth', 'open']),
    /** Lipstick only where it is plain. */
    colour: z.enum(['natural', 'red', 'pink', 'plum']),
  }),
  beard: z.enum(beards),
  glasses: z.enum(frames),
  /** Left out where none are seen. */
  clothes: z.enum(clothesColours).optional(),
});

export type AvatarSpec = z.infer<typeof avatarSpec>;
