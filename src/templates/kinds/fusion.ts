import { z } from 'zod';
import { colour, common, faceIndex, layerFile, percent, point2, share, size } from './common.ts';
import { defineKind } from './kind.ts';

/**
 * A layer of a scene. `behind` layers lie under the user's face, `front` layers over it. A layer that `moves` follows the outline of the
 * face (a hood, a drawn head); the others stand still (sky, glass).
 */
const layer = z.strictObject({ art: layerFile, place: z.enum(['behind', 'front']), moves: z.boolean() });

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
  /** How far the face takes the colour of the template's skin; 0 keeps the user's own, and drawn skin around the face takes that. */
  skin: share.default(0),
  shadow: colour,
  highlight: colour,
});

const slot = z.strictObject({
  /** 68 points (iBUG order) of the drawn face, pixels of the scene. */
  landmarks: z.array(point2).length(68),
  /** The dense mesh of a face that was found and not drawn: 468 points, three numbers each, as `Face.mesh` says; left out, it follows from the 68. */
  mesh: z.array(z.number()).length(1404).optional(),
  /** How far around the face moving layers may follow it, in widths of the face. */
  reach: z.number().min(0.05).max(1),
  rendering,
});

const manifest = z.strictObject({
  ...common,
  kind: z.literal('fusion'),
  size,
  layers: z.array(layer).min(1).max(12),
  faces: z.array(slot).min(1).max(6),
});

const params = z.strictObject({
  strength: percent.default(100).describe("Features and texture: 0 = the template's, 100 = the user's"),
  shape: percent.default(70).describe("Outline of the face: 0 = the template's, 100 = the user's"),
  faces: z
    .array(z.strictObject({ from: faceIndex, to: z.int().min(0).max(5) }))
    .min(1)
    .max(6)
    .optional()
    .describe('Which face (from the left, over all photos) goes to which slot; left out: the most prominent faces, left to right'),
});

export const fusion = defineKind({
  manifest,
  params,
  art: ({ layers }) => layers.map((each) => each.art),
  mistakes: ({ slots, faces, size: { width, height } }) => [
    ...(slots === faces.length ? [] : [`slots: ${slots} slots but ${faces.length} faces`]),
    ...faces.flatMap(({ landmarks }, index) => {
      const found: string[] = [];
      const outside = landmarks.filter(([x, y]) => x < 0 || y < 0 || x >= width || y >= height).length;
      if (outside > 0) found.push(`faces.${index}.landmarks: ${outside} points outside the scene`);
      const upright = (landmarks[36]?.[0] ?? 0) < (landmarks[45]?.[0] ?? 0) && (landmarks[27]?.[1] ?? 0) < (landmarks[8]?.[1] ?? 0);
      if (!upright) found.push(`faces.${index}.landmarks: not in iBUG order (left to right in the picture, brow to chin)`);
      return found;
    }),
  ],
});

export type Rendering = z.infer<typeof rendering>;
