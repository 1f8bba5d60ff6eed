import { fromLab, type Lab } from '../../src/effects/raster/colour.ts';
import type { Detector } from '../../src/faces/detector.ts';
import type { Face, Point } from '../../src/faces/face.ts';
import { at, centre, interocular, leftEye, outline, rightEye } from '../../src/faces/landmarks.ts';
import { decode } from '../../src/image/decode.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { sample, sampleNumbers } from '../image/samples.ts';

/** Faces of the sample photos, and what can happen to a face: lids that close, dark glasses, a mask, another skin, less light. */

const { abs, floor, hypot, max, min } = Math;

/** A face in its photo. */
export interface Portrait {
  readonly name: string;
  readonly picture: Pixels;
  readonly face: Face;
}

/** The faces of the six sample photos that look towards the camera. */
export async function portraits(detector: Detector): Promise<readonly Portrait[]> {
  const all: Portrait[] = [];
  for (const number of sampleNumbers) {
    const picture = await decode(sample(number), { maxPixels: 50_000_000, maxSide: 1080 });
    const faces = await detector.detect(picture);
    for (const [index, face] of faces.entries()) if (abs(face.pose.yaw) < 45) all.push({ name: `${number}.${index}`, picture, face });
  }
  return all;
}

/** The eyes of people who look at the floor: their lids are down in the photo itself. Tips of the noses in shares of width and height. */
const lookingDown: Readonly<Record<string, readonly Point[]>> = {
  1: [[0.476, 0.458]],
  2: [
    [0.52, 0.291],
    [0.797, 0.24],
  ],
  4: [[0.532, 0.233]],
};

export function looksDown({ name, picture, face }: Portrait): boolean {
  const [x, y] = at(face.landmarks, 30);
  const near = ([u, v]: Point) => hypot(u * picture.width - x, v * picture.height - y) < interocular(face.landmarks) / 2;
  return (lookingDown[name.charAt(0)] ?? []).some(near);
}

type Colour = readonly [r: number, g: number, b: number];

/** A copy with other colours around a face, where `paint` gives one. */
function repainted({ picture, face: { box } }: Portrait, paint: (x: number, y: number) => Colour | undefined): Pixels {
  const { width, height, channels } = picture;
  const data = new Uint8ClampedArray(picture.data);
  for (let y = max(0, floor(box.y - box.height / 2)); y < min(height, box.y + 1.5 * box.height); y += 1) {
    for (let x = max(0, floor(box.x - box.width / 2)); x < min(width, box.x + 1.5 * box.width); x += 1) {
      const colour = paint(x + 0.5, y + 0.5);
      if (colour !== undefined) data.set(colour, channels * (y * width + x));
    }
  }
  return { ...picture, data };
}

/** Both eyes shut: the skin between brow and lid is drawn down over the eye, as far as an arc of lashes that hangs between its corners. */
export function shut(portrait: Portrait): Pixels {
  const { picture, face } = portrait;
  const eyes = [leftEye, rightEye].map((eye) => frameOf(at(face.landmarks, eye[0]), at(face.landmarks, eye[3])));
  const [reach, fold, open, lashes] = [0.52, -0.42, -0.26, 0.04];
  return repainted(portrait, (x, y) => {
    for (const { into, out } of eyes) {
      const [u, v] = into(x, y);
      const arc = 0.2 * (1 - (u / reach) ** 2);
      if (abs(u) > reach || v < fold || v > arc + lashes) continue;
      if (v > arc - lashes) return [40, 28, 24];
      return colourAt(picture, out(u, fold + ((v - fold) * (open - fold)) / (arc - lashes - fold)));
    }
    return undefined;
  });
}

/** Dark glasses. @param colour of the lenses */
export function shaded(portrait: Portrait, colour: Colour = [18, 18, 22]): Pixels {
  const { into } = frameOf(centre(portrait.face.landmarks, leftEye), centre(portrait.face.landmarks, rightEye));
  return repainted(portrait, (x, y) => {
    const [u, v] = into(x, y);
    const lens = hypot((abs(u) - 0.52) / 0.42, (v - 0.04) / 0.32) < 1;
    return lens || (abs(u) < 0.2 && abs(v + 0.08) < 0.05) ? colour : undefined;
  });
}

/** A cloth over nose, mouth and chin. */
export function masked(portrait: Portrait, colour: Colour): Pixels {
  const { landmarks } = portrait.face;
  const edge = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 29].map((index) => at(landmarks, index));
  const { into } = frameOf(centre(landmarks, leftEye), centre(landmarks, rightEye));
  return repainted(portrait, (x, y) => {
    if (!within(edge, x, y)) return undefined;
    // Folds.
    const shade = 0.92 + 0.08 * Math.sin(into(x, y)[1] * 40);
    return [colour[0] * shade, colour[1] * shade, colour[2] * shade];
  });
}

/** Medians of skin in L*a*b*, one in each class of the individual typology angle (Chardon et al. 1991, doi:10.1111/j.1467-2494.1991.tb00561.x). */
export const tones = {
  'very light': [74, 9, 13],
  light: [66, 11, 17],
  intermediate: [58, 12, 18],
  tan: [52, 13, 19],
  brown: [40, 13, 17],
  dark: [28, 11, 12],
} as const satisfies Record<string, Lab>;

/**
 * The same face in the same light with another skin: what the skin reflects diffusely is scaled to the wanted median, its sheen, the eyes and the
 * inside of the mouth stay.
 */
export function toning(portrait: Portrait): (tone: Lab) => Pixels {
  const { picture, face } = portrait;
  const points = (indices: readonly number[]) => indices.map((index) => at(face.landmarks, index));
  const border = points(outline);
  const holes = [points(leftEye), points(rightEye), points([60, 61, 62, 63, 64, 65, 66, 67])];
  const places: number[] = [];
  const lights: Colour[] = [];
  repainted(portrait, (x, y) => {
    if (!within(border, x, y) || holes.some((hole) => within(hole, x, y))) return undefined;
    places.push(picture.channels * (floor(y) * picture.width + floor(x)));
    lights.push(linear(colourAt(picture, [x, y])));
    return undefined;
  });
  const middle = (k: 0 | 1 | 2) => lights.map((light) => light[k]).sort((a, b) => a - b)[lights.length >> 1] ?? 1;
  const median = [middle(0), middle(1), middle(2)] as const;
  const sheenFrom = 1.3 * luminance(median);
  return (tone) => {
    const wanted = linear(fromLab(tone));
    const data = new Uint8ClampedArray(picture.data);
    lights.forEach((light, i) => {
      const sheen = 0.7 * max(0, luminance(light) - sheenFrom);
      const channel = (k: 0 | 1 | 2) => gamma((max(0, light[k] - sheen) * wanted[k]) / median[k] + sheen);
      data.set([channel(0), channel(1), channel(2)], places[i] ?? 0);
    });
    return { ...picture, data };
  };
}

/** Coordinates in which two points are half a unit left and right of the origin. */
function frameOf(left: Point, right: Point) {
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const square = dx * dx + dy * dy;
  return {
    into: (px: number, py: number): Point => [((px - x) * dx + (py - y) * dy) / square, ((py - y) * dx - (px - x) * dy) / square],
    out: (u: number, v: number): Point => [x + u * dx - v * dy, y + u * dy + v * dx],
  };
}

function colourAt({ width, height, channels, data }: Pixels, [x, y]: Point): Colour {
  const at = (min(height - 1, max(0, floor(y))) * width + min(width - 1, max(0, floor(x)))) * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

function within(polygon: readonly Point[], x: number, y: number): boolean {
  let inside = false;
  let from = polygon[polygon.length - 1];
  for (const to of polygon) {
    if (from && from[1] > y !== to[1] > y && x < from[0] + ((y - from[1]) * (to[0] - from[0])) / (to[1] - from[1])) inside = !inside;
    from = to;
  }
  return inside;
}

const linear = (colour: Colour): Colour => [linearOf(colour[0]), linearOf(colour[1]), linearOf(colour[2])];
const linearOf = (value: number) => (value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
const gamma = (light: number) => 255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055);
const luminance = ([r, g, b]: Colour) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
