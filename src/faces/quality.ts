import type { Pixels } from '../image/pixels.ts';
import { crop, frameAround, intoCrop } from './crop.ts';
import type { Box, Face, Point } from './face.ts';
import { at, interocular, outline } from './landmarks.ts';

/** What can be said of a face in a photo without knowing what it is for. */
export interface Measures {
  /** Distance of the eyes in pixels of the photo as it was uploaded. */
  readonly interocular: number;
  /** Degrees, see `Pose`. */
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
  /** Share of the face that lies in the picture, 0 to 1. */
  readonly inside: number;
  /** Mean CIE lightness L* of the face, 0 to 100. */
  readonly brightness: number;
  /** Share of the face that is as good as white, 0 to 1. */
  readonly clipped: number;
  /** Variance of the Laplacian of L* with the eyes 48 pixels apart (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548). */
  readonly sharpness: number;
}

/** Distance of the eyes in pixels at which sharpness is measured; a smaller face is taken as it is, since enlarging adds no detail. */
const scaleOfSharpness = 48;

/** Lightness from which skin has lost its drawing. */
const white = 96;

/**
 * Measures a face.
 * @param face in pixels of the picture
 * @param enlargement pixels of the uploaded photo to one of the picture
 */
export function measure(picture: Pixels, face: Face, enlargement: number): Measures {
  const eyes = interocular(face.landmarks);
  const frame = frameAround(face.landmarks, 1.1);
  const side = Math.max(16, Math.round((frame.width * Math.min(scaleOfSharpness, eyes)) / eyes));
  const square = new Float32Array(side * side * 3);
  crop(picture, frame, side, square);
  const lightness = lightnessOf(square);
  const polygon = outline.map((index): Point => {
    const [u, v] = intoCrop(frame, at(face.landmarks, index));
    return [u * side, v * side];
  });
  const light = measureLight(lightness, side, polygon);
  square.fill(0);
  lightness.fill(0);
  return { interocular: eyes * enlargement, ...face.pose, inside: inside(face, picture), ...light };
}

function measureLight(lightness: Float32Array, side: number, polygon: readonly Point[]) {
  let [count, sum, clipped, edges, edgesSquared] = [0, 0, 0, 0, 0];
  for (let y = 1; y < side - 1; y += 1) {
    const edgesOfRow = crossings(polygon, y + 0.5);
    for (let span = 0; span + 1 < edgesOfRow.length; span += 2) {
      const from = Math.max(1, Math.ceil((edgesOfRow[span] ?? 0) - 0.5));
      const to = Math.min(side - 1, Math.ceil((edgesOfRow[span + 1] ?? 0) - 0.5));
      for (let i = y * side + from; i < y * side + to; i += 1) {
        const value = lightness[i] ?? 0;
        const around = (lightness[i - 1] ?? 0) + (lightness[i + 1] ?? 0) + (lightness[i - side] ?? 0) + (lightness[i + side] ?? 0);
        const laplacian = around - 4 * value;
        count += 1;
        sum += value;
        if (value >= white) clipped += 1;
        edges += laplacian;
        edgesSquared += laplacian * laplacian;
      }
    }
  }
  const n = Math.max(1, count);
  return { brightness: sum / n, clipped: clipped / n, sharpness: edgesSquared / n - (edges / n) ** 2 };
}

/** Share of the detector's box and of the points that lies in the picture, whichever is less. */
function inside({ box, landmarks }: Face, { width, height }: Pixels): number {
  const points = landmarks.filter(([x, y]) => x >= 0 && y >= 0 && x <= width && y <= height).length / landmarks.length;
  return Math.min(points, boxInside(box, width, height));
}

function boxInside({ x, y, width, height }: Box, pictureWidth: number, pictureHeight: number): number {
  const across = Math.min(x + width, pictureWidth) - Math.max(x, 0);
  const down = Math.min(y + height, pictureHeight) - Math.max(y, 0);
  return (Math.max(0, across) * Math.max(0, down)) / (width * height);
}

/** CIE 1976 L* of sRGB values from 0 to 255, D65. */
function lightnessOf(square: Float32Array): Float32Array {
  const out = new Float32Array(square.length / 3);
  for (let i = 0; i < out.length; i += 1) {
    const red = linear[Math.round(square[3 * i] ?? 0)] ?? 0;
    const green = linear[Math.round(square[3 * i + 1] ?? 0)] ?? 0;
    const blue = linear[Math.round(square[3 * i + 2] ?? 0)] ?? 0;
    const y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    out[i] = y > 216 / 24389 ? 116 * Math.cbrt(y) - 16 : (y * 24389) / 27;
  }
  return out;
}

/** Linear light of each of the 256 sRGB values (IEC 61966-2-1). */
const linear = Float32Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** Where a horizontal line crosses the edges of a polygon, left to right; between each first and second is its inside. */
function crossings(polygon: readonly Point[], y: number): readonly number[] {
  const xs: number[] = [];
  let from = polygon[polygon.length - 1];
  for (const to of polygon) {
    if (from && from[1] > y !== to[1] > y) xs.push(from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1]));
    from = to;
  }
  return xs.sort((a, b) => a - b);
}
