import type { Pixels } from '../../image/pixels.ts';
import type { Rgb } from '../raster/colour.ts';
import { type Area, type Mask, smoothstep } from '../raster/picture.ts';
import { type Bend, bendCell } from './bend.ts';
import type { Layer, Scene } from './scene.ts';

const { max, min } = Math;

/** A face ready to be laid into the scene. */
export interface Laid {
  readonly area: Area;
  /** Four bytes a pixel: straight colours, share. */
  readonly data: Uint8ClampedArray;
  /** 0 to 1: how much of the share counts. */
  readonly strength: number;
  /** Factors on drawn skin around the face, so that it is of one colour with it; none where the template's skin stays as it is. */
  readonly tint: Rgb | undefined;
  /** Saturation of the drawn skin: (red - blue) / red. */
  readonly warmth: number;
  /** Where the scene may follow this face. */
  readonly frame: Area;
}

/** Below this, pixels, nothing is seen to move. */
const unmoved = 0.04;

/**
 * Lays everything in the order of the scene, once for all faces, so that none repaints another's surroundings.
 * @param result the scene, three channels; changed only where it moves or a face is laid
 * @returns for each face a mask: 255 where all of it is seen, 1 where only the scene has moved
 */
export function compose({ width, data: result }: Pixels, scene: Scene, bend: Bend, faces: readonly Laid[]): readonly Mask[] {
  const { frame } = scene;
  const masks = faces.map(({ frame: area }): Mask => ({ area, data: new Uint8Array(area.width * area.height) }));
  const { stillBehind, movingBehind, movingFront, stillFront } = scene;
  const pixel = new Float32Array(4);
  const ways = new Float32Array(bend.width * 2);
  const layer = new Float32Array(4);
  for (let y = frame.y; y < frame.y + frame.height; y++) {
    if (!waysOf(bend, y, ways) && !faces.some(({ area }) => y >= area.y && y < area.y + area.height)) continue;
    for (let x = frame.x; x < frame.x + frame.width; x++) {
      const fx = (x + 0.5 - frame.x) / bendCell;
      const node = fx | 0;
      const u = fx - node;
      const n = 2 * node;
      const dx = (ways[n] ?? 0) * (1 - u) + (ways[n + 2] ?? 0) * u;
      const dy = (ways[n + 1] ?? 0) * (1 - u) + (ways[n + 3] ?? 0) * u;
      const moves = dx > unmoved || dx < -unmoved || dy > unmoved || dy < -unmoved;
      const top = topmost(faces, x, y);
      const face = faces[top];
      const at = face === undefined ? 0 : 4 * ((y - face.area.y) * face.area.width + x - face.area.x);
      const share = face === undefined ? 0 : ((face.data[at + 3] ?? 0) / 255) * face.strength;
      if (!moves && share === 0) continue;
      const to = 3 * (y * width + x);
      sample(movingFront, x + dx, y + dy, layer);
      const front = layer[3] ?? 0;
      const [fr, fg, fb] = [layer[0] ?? 0, layer[1] ?? 0, layer[2] ?? 0];
      pixel[0] = pixel[1] = pixel[2] = 0;
      if (front < 254.5) {
        if (share < 1) {
          lay(stillBehind, x, y, pixel);
          sample(movingBehind, x + dx, y + dy, layer);
          for (const one of faces) if (one.tint !== undefined && near(one.frame, x, y)) recolour(layer, one.tint, one.warmth);
          over(layer, pixel);
        }
        if (face !== undefined && share > 0) {
          pixel[0] = (pixel[0] ?? 0) * (1 - share) + (face.data[at] ?? 0) * share;
          pixel[1] = (pixel[1] ?? 0) * (1 - share) + (face.data[at + 1] ?? 0) * share;
          pixel[2] = (pixel[2] ?? 0) * (1 - share) + (face.data[at + 2] ?? 0) * share;
        }
      }
      const rest = 1 - front / 255;
      pixel[0] = (pixel[0] ?? 0) * rest + fr;
      pixel[1] = (pixel[1] ?? 0) * rest + fg;
      pixel[2] = (pixel[2] ?? 0) * rest + fb;
      const cover = lay(stillFront, x, y, pixel);
      result[to] = pixel[0] ?? 0;
      result[to + 1] = pixel[1] ?? 0;
      result[to + 2] = pixel[2] ?? 0;
      const seen = 255 * share * rest * (1 - cover / 255);
      for (let f = 0; f < masks.length; f++) {
        const mask = masks[f];
        if (mask === undefined) continue;
        const { area } = mask;
        if (x < area.x || y < area.y || x >= area.x + area.width || y >= area.y + area.height) continue;
        mask.data[(y - area.y) * area.width + x - area.x] = max(1, f === top ? seen : 0);
      }
    }
  }
  return masks;
}

/** The ways of a row of pixels. @returns false where none moves */
function waysOf({ area, width, height, data }: Bend, y: number, out: Float32Array): boolean {
  const fy = min((y + 0.5 - area.y) / bendCell, height - 1.001);
  const upper = fy | 0;
  const v = fy - upper;
  const a = 2 * upper * width;
  const b = a + 2 * width;
  let any = false;
  for (let i = 0; i < out.length; i++) {
    const way = (data[a + i] ?? 0) * (1 - v) + (data[b + i] ?? 0) * v;
    out[i] = way;
    if (way !== 0) any = true;
  }
  return any;
}

/** The last of the faces that lie on a pixel, or -1. */
function topmost(faces: readonly Laid[], x: number, y: number): number {
  for (let f = faces.length - 1; f >= 0; f--) {
    const face = faces[f];
    if (face === undefined) continue;
    const { area, data } = face;
    const [u, v] = [x - area.x, y - area.y];
    if (u >= 0 && v >= 0 && u < area.width && v < area.height && data[4 * (v * area.width + u) + 3] !== 0) return f;
  }
  return -1;
}

/** Lays a layer's pixel over a colour. @returns its alpha, 0 to 255 */
function lay({ area, data }: Layer, x: number, y: number, pixel: Float32Array): number {
  const u = x - area.x;
  const v = y - area.y;
  if (u < 0 || v < 0 || u >= area.width || v >= area.height) return 0;
  const at = 4 * (v * area.width + u);
  const alpha = data[at + 3] ?? 0;
  if (alpha === 0) return 0;
  const rest = 1 - alpha / 255;
  pixel[0] = (pixel[0] ?? 0) * rest + (data[at] ?? 0);
  pixel[1] = (pixel[1] ?? 0) * rest + (data[at + 1] ?? 0);
  pixel[2] = (pixel[2] ?? 0) * rest + (data[at + 2] ?? 0);
  return alpha;
}

function near({ x: left, y: top, width, height }: Area, x: number, y: number): boolean {
  return x >= left && y >= top && x < left + width && y < top + height;
}

/** Skin takes the factors; what has less of skin's red in it (the white of an eye, a collar) takes less of them. */
function recolour(layer: Float32Array, tint: Rgb, warmth: number): void {
  const share = smoothstep(0.25, 0.75, ((layer[0] ?? 0) - (layer[2] ?? 0)) / ((layer[0] ?? 0) + 1) / warmth);
  for (let k = 0; k < 3; k++) layer[k] = (layer[k] ?? 0) * (1 + share * ((tint[k] ?? 1) - 1));
}

function over(layer: Float32Array, pixel: Float32Array): void {
  const rest = 1 - (layer[3] ?? 0) / 255;
  for (let k = 0; k < 3; k++) pixel[k] = (pixel[k] ?? 0) * rest + (layer[k] ?? 0);
}

/** Bilinear sample of a layer: `x` and `y` are the pixel's own place when nothing moves. Clear outside. */
function sample({ area, data }: Layer, x: number, y: number, out: Float32Array): void {
  const fx = x - area.x;
  const fy = y - area.y;
  if (!(fx > -1 && fy > -1 && fx < area.width && fy < area.height)) {
    out[0] = out[1] = out[2] = out[3] = 0;
    return;
  }
  const x0 = max(0, min(fx | 0, area.width - 2));
  const y0 = max(0, min(fy | 0, area.height - 2));
  const u = max(0, min(1, fx - x0));
  const v = max(0, min(1, fy - y0));
  const a = 4 * (y0 * area.width + x0);
  const c = a + 4 * area.width;
  const wd = u * v;
  const wb = u - wd;
  const wc = v - wd;
  const wa = 1 - u - wc;
  out[0] = wa * (data[a] ?? 0) + wb * (data[a + 4] ?? 0) + wc * (data[c] ?? 0) + wd * (data[c + 4] ?? 0);
  out[1] = wa * (data[a + 1] ?? 0) + wb * (data[a + 5] ?? 0) + wc * (data[c + 1] ?? 0) + wd * (data[c + 5] ?? 0);
  out[2] = wa * (data[a + 2] ?? 0) + wb * (data[a + 6] ?? 0) + wc * (data[c + 2] ?? 0) + wd * (data[c + 6] ?? 0);
  out[3] = wa * (data[a + 3] ?? 0) + wb * (data[a + 7] ?? 0) + wc * (data[c + 3] ?? 0) + wd * (data[c + 7] ?? 0);
}
