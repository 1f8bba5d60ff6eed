import { linearLight, luminanceOf } from '../image/lightness.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Face, Point, Pose } from './face.ts';
import { at } from './landmarks.ts';

const { ceil, cos, floor, hypot, log2, max, min, PI } = Math;

/** Cells of the patch that an eye is looked at in, across and down: an eye's width square around the middle of its corners. */
const cells = 20;

/** The columns in the middle, where open lids are farthest apart and shut ones hang lowest. */
const firstColumn = 6;
const lastColumn = 13;

/** Rows in which the dark line is looked for, so that brows are not taken for it. */
const firstRow = 4;
const lastRow = 15;

/** How far around the line the lighter skin is, rows. */
const around = 6;

/** A line less dark than this beside the skin, in stops, is none: a blurred or a very bright photo. */
const leastDepth = 1;

/** Openness below which an eye is narrower than the narrowest that were seen to look, as height over width. */
const narrow = 0.16;

/**
 * How far the lids are down: how deep under the straight line between the corners of the eye its dark line runs, over the eye's width, and of both
 * eyes the smaller number. In an open eye iris and upper lashes are the dark line, at or above the corners (-0.25 to 0.08), also when it is narrow
 * by nature or by a smile. Shut lids meet below the corners (0.1 to 0.3), and so do those of someone who looks at the floor.
 *
 * Measured in the picture, because most meshes leave shut eyes open. Where an engine's lids do close, what they lack to `narrow` is added.
 * Set on 129 faces of the demo pictures of face-api and human; see docs/quality.md.
 * @returns about 0 where no dark line can be seen: what cannot be said is no reason to refuse
 */
export function lidDrop(picture: Pixels, { landmarks, pose }: Pick<Face, 'landmarks' | 'pose'>): number {
  const drop = min(dropOf(picture, at(landmarks, 36), at(landmarks, 39)), dropOf(picture, at(landmarks, 42), at(landmarks, 45)));
  return drop + max(0, narrow - openness(landmarks, pose));
}

/**
 * Height over width of the more open eye (Soukupova and Cech 2016, Real-Time Eye Blink Detection using Facial Landmarks), as it would be seen from the
 * front: a turned head makes eyes shorter, a nodding one lower.
 */
function openness(landmarks: readonly Point[], { yaw, pitch }: Pose): number {
  const ratio = (first: number) => {
    const span = (a: number, b: number) =>
      hypot(at(landmarks, first + a)[0] - at(landmarks, first + b)[0], at(landmarks, first + a)[1] - at(landmarks, first + b)[1]);
    return (span(1, 5) + span(2, 4)) / 2 / span(0, 3);
  };
  return (max(ratio(36), ratio(42)) * cos(radians(yaw))) / cos(radians(pitch));
}

/** @param left @param right corners of one eye */
function dropOf(picture: Pixels, left: Point, right: Point): number {
  const patch = stopsAround(picture, left, right);
  const lines: { depth: number; drop: number }[] = [];
  for (let column = firstColumn; column <= lastColumn; column += 1) lines.push(lineOf(patch, column));
  const deepest = max(...lines.map(({ depth }) => depth));
  if (deepest < leastDepth) return 0;
  const clear = lines.filter(({ depth }) => depth >= 0.6 * deepest);
  return clear.reduce((sum, { drop }) => sum + drop, 0) / clear.length / cells;
}

/** The darkest valley in three columns of a patch: how deep it is in stops, and how far below the middle row its middle lies in rows. */
function lineOf(patch: Float32Array, column: number): { depth: number; drop: number } {
  const stops = (row: number) => {
    const i = row * cells + column;
    return ((patch[i - 1] ?? 0) + (patch[i] ?? 0) + (patch[i + 1] ?? 0)) / 3;
  };
  let darkest = firstRow;
  for (let row = firstRow; row <= lastRow; row += 1) if (stops(row) < stops(darkest)) darkest = row;
  let [above, below] = [stops(darkest), stops(darkest)];
  for (let row = max(0, darkest - around); row < darkest; row += 1) above = max(above, stops(row));
  for (let row = darkest + 1; row <= min(cells - 1, darkest + around); row += 1) below = max(below, stops(row));
  const depth = min(above, below) - stops(darkest);
  const level = stops(darkest) + depth / 2;
  let [from, to] = [darkest, darkest];
  while (from > 0 && stops(from - 1) < level) from -= 1;
  while (to < cells - 1 && stops(to + 1) < level) to += 1;
  return { depth, drop: (from + to + 1) / 2 - cells / 2 };
}

/** Luminance in stops over a square as wide as the eye, level with its corners; each cell is the mean of what lies in it. */
function stopsAround({ width, height, channels, data }: Pixels, left: Point, right: Point): Float32Array {
  const size = hypot(right[0] - left[0], right[1] - left[1]) / cells;
  const [cos, sin] = [(right[0] - left[0]) / cells, (right[1] - left[1]) / cells];
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const samples = min(3, max(1, ceil(size)));
  const out = new Float32Array(cells * cells);
  for (let row = 0; row < cells; row += 1) {
    for (let column = 0; column < cells; column += 1) {
      let sum = 0;
      for (let i = 0; i < samples * samples; i += 1) {
        const u = column + ((i % samples) + 0.5) / samples - cells / 2;
        const v = row + (floor(i / samples) + 0.5) / samples - cells / 2;
        const px = min(width - 1, max(0, floor(x + u * cos - v * sin)));
        const py = min(height - 1, max(0, floor(y + u * sin + v * cos)));
        const from = (py * width + px) * channels;
        for (let k = 0; k < 3; k += 1) sum += (luminanceOf[k] ?? 0) * (linearLight[data[from + k] ?? 0] ?? 0);
      }
      out[row * cells + column] = log2(sum / (samples * samples) + 0.002);
    }
  }
  return out;
}

function radians(degrees: number): number {
  return (degrees * PI) / 180;
}
