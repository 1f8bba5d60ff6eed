import { leftEyeRing, lipsInner, rightEyeRing } from '../../faces/topology.ts';
import { type Area, smoothstep } from '../raster/picture.ts';

const { ceil, floor, hypot, max, min, PI, sin } = Math;

/** A line that a portrait is drawn with: points of the mesh, how dark it is against the darkest, 0 to 1, and its width over the distance of the eyes. */
interface Stroke {
  readonly points: readonly number[];
  readonly dark: number;
  readonly width: number;
}

/**
 * Upper lids with their lashes, and the line between the lips, both edges where the mouth is open. No lower lids and no base of the nose: with them
 * a soft face was less like its own (0.1 in distance of descriptors), with these it is more.
 */
const strokes: readonly Stroke[] = [
  { points: leftEyeRing.slice(0, 9), dark: 1, width: 0.026 },
  { points: rightEyeRing.slice(0, 9), dark: 1, width: 0.026 },
  { points: lipsInner.slice(0, 11), dark: 0.8, width: 0.02 },
  { points: [...lipsInner.slice(10), lipsInner[0]], dark: 0.6, width: 0.016 },
];

/** What the darkest line leaves of red, green and blue. */
const left = [0.32, 0.24, 0.24] as const;

/**
 * Draws a face's lines where the mesh says they run: what an illustrator would do with a photo in which they cannot be made out.
 * @param data packed pixels of the face over `area`; changed where a face is laid
 * @param mesh where the points lie: three numbers each, pixels of the scene
 * @param eyes their distance, pixels
 * @param amount 0 to 1
 */
export function drawLines(data: Int32Array, area: Area, mesh: Float32Array, eyes: number, amount: number): void {
  // Lines may cross; a pixel is as dark as the darkest makes it.
  const ink = new Map<number, number>();
  for (const { points, dark, width } of strokes) {
    for (let k = 1; k < points.length; k++) {
      const [a, b] = [3 * (points[k - 1] ?? 0), 3 * (points[k] ?? 0)];
      // From half a line at the ends to all of it in the middle.
      const swell = sin((PI * (k - 0.5)) / (points.length - 1));
      const radius = (eyes * width * (0.5 + 0.5 * swell)) / 2;
      const ax = (mesh[a] ?? 0) - area.x;
      const ay = (mesh[a + 1] ?? 0) - area.y;
      segment(ink, area, ax, ay, (mesh[b] ?? 0) - area.x, (mesh[b + 1] ?? 0) - area.y, radius, dark);
    }
  }
  for (const [i, dark] of ink) {
    const pixel = data[i] ?? 0;
    const share = amount * dark;
    const red = (pixel & 255) * (1 - share * (1 - left[0]));
    const green = ((pixel >>> 8) & 255) * (1 - share * (1 - left[1]));
    const blue = ((pixel >>> 16) & 255) * (1 - share * (1 - left[2]));
    data[i] = (pixel & 0xff000000) | (blue << 16) | (green << 8) | red;
  }
}

/** A straight piece of a line with round ends, soft over a pixel and a half. */
function segment(
  ink: Map<number, number>,
  { width, height }: Area,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  radius: number,
  dark: number,
): void {
  const reach = radius + 1.5;
  const square = max(1e-6, (bx - ax) ** 2 + (by - ay) ** 2);
  for (let y = max(0, floor(min(ay, by) - reach)); y < min(height, ceil(max(ay, by) + reach)); y++) {
    for (let x = max(0, floor(min(ax, bx) - reach)); x < min(width, ceil(max(ax, bx) + reach)); x++) {
      const along = max(0, min(1, ((x + 0.5 - ax) * (bx - ax) + (y + 0.5 - ay) * (by - ay)) / square));
      const away = hypot(x + 0.5 - ax - along * (bx - ax), y + 0.5 - ay - along * (by - ay));
      const much = dark * (1 - smoothstep(radius - 0.5, reach, away));
      if (much > (ink.get(y * width + x) ?? 0)) ink.set(y * width + x, much);
    }
  }
}
