import type { ShapeAmount } from '../../templates/kinds/reshape.ts';

/**
 * What the named amounts of a template do to a face. An amount is a few soft brushes; each moves or stretches the points around a place of the
 * person's own face, fully at its middle and not at all beyond its reach. Head units (see HeadPoint); at amount 1, other amounts in proportion.
 */
export interface Brush {
  /** Points of the mesh whose mean is the middle. */
  readonly at: readonly number[];
  /** Added to that middle. */
  readonly off?: readonly [x: number, y: number];
  /** Half axes of the ellipse beyond which nothing moves. */
  readonly reach: readonly [x: number, y: number];
  /** Growth about the middle along x and y: 0.2 is a fifth wider. */
  readonly stretch?: readonly [x: number, y: number];
  readonly move?: readonly [x: number, y: number, z: number];
  /** The same on the other side of the face; `at` and the rest are told for the left of the picture. */
  readonly pair?: true;
}

const eye = [33, 133, 159, 145];
const outerCorner = [33];
const brow = [63, 105, 66, 52, 53, 65];
const browArch = [63, 53];
const noseTip = [4];
const noseWings = [98, 327];
const noseBridge = [6, 197];
const mouth = [61, 291];
const mouthCorner = [61];
const chin = [152];
const jaw = [172, 397];
const cheekbone = [116, 123];
const cheek = [192, 213];
const forehead = [10];
const middle = [6, 2];

export const brushes: { readonly [name in ShapeAmount]: readonly Brush[] } = {
  eyes: [{ at: eye, reach: [0.52, 0.4], stretch: [0.3, 0.38], pair: true }],
  eyeTilt: [{ at: outerCorner, reach: [0.34, 0.3], move: [-0.01, -0.07, 0], pair: true }],
  brows: [{ at: brow, reach: [0.7, 0.32], move: [0, -0.1, 0], pair: true }],
  browArch: [{ at: browArch, reach: [0.34, 0.2], move: [0, -0.07, 0], pair: true }],
  browThickness: [{ at: brow, reach: [0.6, 0.17], stretch: [0, 0.5], pair: true }],
  nose: [{ at: noseWings, reach: [0.5, 0.42], stretch: [0.26, 0] }],
  noseBridge: [{ at: noseBridge, reach: [0.24, 0.45], stretch: [0.35, 0] }],
  noseLength: [{ at: noseTip, off: [0, 0.1], reach: [0.5, 0.5], move: [0, 0.12, 0.05] }],
  lips: [{ at: mouth, reach: [0.62, 0.34], stretch: [0.03, 0.34] }],
  mouth: [{ at: mouth, reach: [0.8, 0.42], stretch: [0.2, 0] }],
  smile: [{ at: mouthCorner, reach: [0.32, 0.3], move: [-0.03, -0.07, 0], pair: true }],
  jaw: [{ at: jaw, reach: [1.7, 0.85], stretch: [0.2, 0] }],
  chin: [{ at: chin, reach: [0.95, 0.6], move: [0, 0.16, 0] }],
  chinWidth: [{ at: chin, off: [0, -0.12], reach: [0.9, 0.5], stretch: [0.34, 0] }],
  cheekbones: [{ at: cheekbone, reach: [0.5, 0.42], move: [-0.07, -0.02, 0], pair: true }],
  cheeks: [{ at: cheek, reach: [0.55, 0.5], move: [-0.08, 0, 0], pair: true }],
  forehead: [{ at: forehead, reach: [1.6, 0.75], move: [0, -0.14, 0] }],
  face: [{ at: middle, off: [0, 0.3], reach: [2.1, 2.3], stretch: [0.12, 0] }],
  lowerFace: [{ at: noseWings, off: [0, 0.5], reach: [1.9, 1.3], stretch: [0, 0.14], move: [0, 0.06, 0] }],
};
