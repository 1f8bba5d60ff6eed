import type { Point } from '../../faces/face.ts';
import { meshPoint } from '../../faces/mesh.ts';
import { smoothstep } from '../raster/picture.ts';
import type { Planes } from '../raster/planes.ts';
import { coverage } from '../raster/shapes.ts';
import { soften } from '../raster/soften.ts';
import { cut, places, stamp, type Visage } from './face.ts';
import { bareSkin } from './skin.ts';

const { floor, max, min } = Math;

/**
 * Makes room for the drawing: inside the face everything that is skin, and everything that is going to be drawn anew, becomes the soft light and
 * colour of the skin around it.
 * @param raw the planes before they were flattened
 * @param flat changed in place
 * @param strokes the pen's
 * @param keep how much of the pen's work stays at each pixel; lowered to 0 on the cleared skin
 */
export function clearFace(raw: Planes, flat: Planes, strokes: Float32Array, visage: Visage, keep: Float32Array): void {
  const { skin, unit, window } = visage;
  const { area, factor, inside, feature } = window;
  const { width, height } = area;
  const bare = bareSkin(visage, cut(strokes, flat, area));
  const frames = spectacles(strokes, flat, visage);
  const weight = new Float32Array(bare.length);
  for (let i = 0; i < weight.length; i++) weight[i] = (1 - min(1, 1.6 * (feature[i] ?? 0))) * smoothstep(0.3, 0.6, bare[i] ?? 0) + 1e-4;
  const spread = (plane: Float32Array, reach: number): Float32Array => {
    for (let i = 0; i < plane.length; i++) plane[i] = (plane[i] ?? 0) * (weight[i] ?? 0);
    return soften(plane, width, height, (reach * unit) / factor);
  };
  const one = (): Float32Array => new Float32Array(weight.length).fill(1);
  const light = spread(cut(raw.light, raw, area), 0.12);
  const near = spread(one(), 0.12);
  const red = spread(window.red.slice(), 0.24);
  const blue = spread(window.blue.slice(), 0.24);
  const far = spread(one(), 0.24);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, at = (area.y + y) * flat.width + area.x; x < width; x++, at++, i++) {
      const within = inside[i] ?? 0;
      const bareHere = smoothstep(0.3, 0.6, bare[i] ?? 0);
      const share = smoothstep(0.35, 0.9, within) * bareHere;
      if (share === 0) continue;
      flat.light[at] = (flat.light[at] ?? 0) * (1 - share) + share * calmed((light[i] ?? 0) / (near[i] ?? 1), skin.light);
      flat.red[at] = (flat.red[at] ?? 0) * (1 - share) + (share * (red[i] ?? 0)) / (far[i] ?? 1);
      flat.blue[at] = (flat.blue[at] ?? 0) * (1 - share) + (share * (blue[i] ?? 0)) / (far[i] ?? 1);
      keep[at] = min(keep[at] ?? 1, max(1 - smoothstep(0.5, 0.95, within) * bareHere, frames?.[i] ?? 0));
    }
  }
}

/** A drawn face has shadows, and few lights. */
function calmed(light: number, skin: number): number {
  const bright = 1.04 * skin;
  return light > bright ? bright + 0.3 * (light - bright) : light;
}

/** Around the eyes, from brow to cheek and from temple to temple. */
const glassesRing = [127, 70, 63, 105, 66, 107, 9, 336, 296, 334, 293, 300, 356, 454, 352, 280, 195, 50, 123, 234] as const;

/**
 * Where the frame of a pair of glasses may be, 0 to 1, or undefined where there is none: only glasses draw a line straight across the bridge of
 * the nose (2.0 % of the skin's light and more on 2 faces with glasses, at most 0.8 % on 30 without).
 */
function spectacles(strokes: Float32Array, { width, height, factor }: Planes, { mesh, skin, window }: Visage): Float32Array | undefined {
  const [left, right, top, low] = [meshPoint(mesh, 133), meshPoint(mesh, 362), meshPoint(mesh, 168), meshPoint(mesh, 197)];
  let strongest = 0;
  for (let row = -0.8; row <= 1; row += 0.05) {
    let sum = 0;
    for (let column = -10; column <= 10; column++) {
      const x = (top[0] + row * (low[0] - top[0]) + 0.02 * column * (right[0] - left[0])) / factor;
      const y = (top[1] + row * (low[1] - top[1]) + 0.02 * column * (right[1] - left[1])) / factor;
      sum += strokes[floor(y) * width + floor(x)] ?? 0;
    }
    strongest = max(strongest, sum / 21);
  }
  const sure = smoothstep(0.01, 0.02, strongest / skin.light);
  if (sure === 0) return undefined;
  const zone = new Float32Array(window.area.width * window.area.height);
  const ring = places(mesh, glassesRing).map(([x, y]): Point => [x / factor, y / factor]);
  stamp(zone, window.area, coverage(ring, width, height));
  for (let i = 0; i < zone.length; i++) zone[i] = sure * (zone[i] ?? 0);
  return zone;
}
