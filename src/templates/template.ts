import { z } from 'zod';

/** What a pack's `template.json` says. Packs are data: nothing in them is run, and nothing outside these fields is accepted. */

/** Ids are folder names, so they are kept to what can never be a path. A leading underscore marks a folder that is no template. */
export const templateId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);

const artFile = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*\.svg$/, 'art is an SVG file in the pack, named in lower case');
const side = z.int().min(16).max(4096);
const size = z.strictObject({ width: side, height: side });
const share = z.number().min(0).max(1);
const colour = z.string().regex(/^#[0-9a-f]{6}$/, 'a colour is written #rrggbb');
const point2 = z.tuple([z.number(), z.number()]);
const point3 = z.tuple([z.number(), z.number(), z.number()]);

const common = {
  id: templateId,
  version: z.int().min(1),
  title: z.string().min(1).max(60),
  description: z.string().min(1).max(300),
  slots: z.int().min(1).max(6),
};

/**
 * A layer of a scene. `behind` layers lie under the user's face, `front` layers over it. A layer that `moves` follows the outline of the
 * face (a hood, a drawn head); the others stand still (sky, glass).
 */
const layer = z.strictObject({ art: artFile, place: z.enum(['behind', 'front']), moves: z.boolean() });

/** How the scene renders a face: 0 leaves the photo's own rendering. */
const rendering = z.strictObject({
  /** How much of the photo's detail becomes brush work. */
  paint: share,
  /** How strongly edges are drawn as lines. */
  line: share,
  /** How far the scene's own light replaces the photo's. */
  light: share,
  /** How far shadows and lights take the scene's colours. */
  tint: share,
  shadow: colour,
  highlight: colour,
});

const slot = z.strictObject({
  /** 68 points (iBUG order) of the drawn face, pixels of the scene. */
  landmarks: z.array(point2).length(68),
  /** How far around the face moving layers may follow it, in widths of the face. */
  reach: z.number().min(0.05).max(1),
  rendering,
});

export const fusionManifest = z.strictObject({
  ...common,
  kind: z.literal('fusion'),
  size,
  layers: z.array(layer).min(1).max(12),
  faces: z.array(slot).min(1).max(6),
});

/**
 * Where a piece of a sticker lies on the head. Units: the distance between the eyes; origin midway between them; x to the picture's right,
 * y down, z out of the face towards the viewer. Pieces are seen from their outer side only.
 */
const surface = z.discriminatedUnion('shape', [
  z.strictObject({
    shape: z.literal('plane'),
    center: point3,
    size: point2,
    /** Degrees: positive turns the plane to face the picture's right. */
    turn: z.number().min(-180).max(180),
    /** Degrees: positive turns the plane to face upwards. */
    lean: z.number().min(-90).max(90),
  }),
  z.strictObject({
    shape: z.literal('band'),
    center: point3,
    /** Half axes of the ellipse seen from above: sideways and in depth. */
    radius: point2,
    height: z.number().positive(),
    /** Degrees around the head, 0 = front, positive to the picture's right; the art is stretched between them. */
    from: z.number().min(-180).max(0),
    to: z.number().min(0).max(180),
    /** Degrees: positive lifts the front of the band. */
    lean: z.number().min(-90).max(90),
  }),
]);

const piece = z.strictObject({ art: artFile, size, surface });

export const stickerManifest = z.strictObject({
  ...common,
  kind: z.literal('sticker'),
  /** Drawn in this order, first one lowest. */
  pieces: z.array(piece).min(1).max(12),
});

export const concealManifest = z.strictObject({
  ...common,
  kind: z.literal('conceal'),
  /** The drawn cover; it is stretched over the ellipse of the head. */
  cover: z.strictObject({ art: artFile, size }),
});

export const manifestSchema = z.discriminatedUnion('kind', [fusionManifest, stickerManifest, concealManifest]);

export type Manifest = z.infer<typeof manifestSchema>;
export type Kind = Manifest['kind'];

/** A checked pack: its manifest and the folder its art lies in. */
export type Template = Manifest & { readonly folder: string };
export type TemplateOf<K extends Kind> = Extract<Template, { readonly kind: K }>;
export type FusionTemplate = TemplateOf<'fusion'>;
export type StickerTemplate = TemplateOf<'sticker'>;
export type ConcealTemplate = TemplateOf<'conceal'>;
export type Surface = z.infer<typeof surface>;
export type Rendering = z.infer<typeof rendering>;

/** Names of the art files a manifest refers to, each once. */
export function artOf(manifest: Manifest): readonly string[] {
  switch (manifest.kind) {
    case 'fusion':
      return [...new Set(manifest.layers.map((each) => each.art))];
    case 'sticker':
      return [...new Set(manifest.pieces.map((each) => each.art))];
    case 'conceal':
      return [manifest.cover.art];
  }
}
