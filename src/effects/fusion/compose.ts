import type { Pixels } from '../../image/pixels.ts';
import { between, mixed, over } from '../raster/packed.ts';
import type { Area, Mask } from '../raster/picture.ts';
import { type Bend, bendCell } from './bend.ts';
import { type Dye, dyed } from './dye.ts';
import type { Layer, Scene } from './scene.ts';

const { max, min } = Math;

/** A face ready to be laid into the scene. */
export interface Laid {
  readonly area: Area;
  /** Packed pixels: straight colours, and how much of the face is laid in place of alpha. */
  readonly data: Int32Array;
  /** 0 to 1: how much of that counts. */
  readonly strength: number;
  /** What drawn skin around the face takes from it; none where the template's skin stays as it is. */
  readonly dye: Dye | undefined;
  /** Where the scene may follow this face. */
  readonly frame: Area;
}

/** Below this, pixels, nothing is seen to move. */
const unmoved = 0.04;

/** What is known of one row of pixels of the frame before it is painted. */
interface Row {
  /** Two floats a node of the bend. */
  readonly ways: Float32Array;
  /** Packed pixels of the faces, shares weighed with their strengths. */
  readonly faces: Int32Array;
  /** Which face that is, counted from 1. */
  readonly owner: Uint8Array;
  /** Whose dye skin takes, counted from 1. */
  readonly dye: Uint8Array;
  /** After painting: 0 where nothing changed, else how much of a face is seen, at least 1. */
  readonly seen: Uint8Array;
}

/**
 * Lays everything in the order of the scene, once for all faces, so that none repaints another's surroundings.
 * @param result the scene, three channels; changed only where it moves or a face is laid
 * @returns for each face a mask: 255 where all of it is seen, 1 where only the scene has moved
 */
export function compose(result: Pixels, scene: Scene, bend: Bend, faces: readonly Laid[]): readonly Mask[] {
  const { frame } = scene;
  const masks = faces.map(({ frame: area }): Mask => ({ area, data: new Uint8Array(area.width * area.height) }));
  const row: Row = {
    ways: new Float32Array(bend.width * 2),
    faces: new Int32Array(frame.width),
    owner: new Uint8Array(frame.width),
    dye: new Uint8Array(frame.width),
    seen: new Uint8Array(frame.width),
  };
  const dyes = faces.map(({ dye }) => dye);
  for (let y = frame.y; y < frame.y + frame.height; y++) {
    const moves = waysOf(bend, y, row.ways);
    const crossed = gather(faces, y, frame, row);
    if (!moves && !crossed) continue;
    row.seen.fill(0);
    paint(result, scene, y, row, dyes);
    for (let f = 0; f < faces.length; f++) note(masks[f], f + 1, row, y, frame.x);
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
    if (way > unmoved || way < -unmoved) any = true;
  }
  return any;
}

/** Fills in the faces that a row crosses, the last on top. @returns whether there is one */
function gather(faces: readonly Laid[], y: number, frame: Area, row: Row): boolean {
  let any = false;
  row.faces.fill(0);
  row.dye.fill(0);
  faces.forEach(({ area, data, strength, dye, frame: own }, f) => {
    if (dye !== undefined && y >= own.y && y < own.y + own.height) row.dye.fill(f + 1, own.x - frame.x, own.x + own.width - frame.x);
    if (y < area.y || y >= area.y + area.height) return;
    any = true;
    const from = (y - area.y) * area.width;
    for (let x = 0, to = area.x - frame.x; x < area.width; x++, to++) {
      const pixel = data[from + x] ?? 0;
      const share = ((pixel >>> 24) * strength + 0.5) | 0;
      if (share === 0) continue;
      row.faces[to] = (pixel & 0xffffff) | (share << 24);
      row.owner[to] = f + 1;
    }
  });
  return any;
}

function paint(
  { width, data: result }: Pixels,
  scene: Scene,
  y: number,
  { ways, faces, dye, seen }: Row,
  dyes: readonly (Dye | undefined)[],
): void {
  const { frame, stillBehind, movingBehind, movingFront, stillFront } = scene;
  for (let node = 0, start = 0; start < frame.width; node++, start += bendCell) {
    const n = 2 * node;
    const ax = ways[n] ?? 0;
    const ay = ways[n + 1] ?? 0;
    const stepX = ((ways[n + 2] ?? 0) - ax) / bendCell;
    const stepY = ((ways[n + 3] ?? 0) - ay) / bendCell;
    const end = min(start + bendCell, frame.width);
    for (let i = start; i < end; i++) {
      const dx = ax + (i - start + 0.5) * stepX;
      const dy = ay + (i - start + 0.5) * stepY;
      const moved = dx > unmoved || dx < -unmoved || dy > unmoved || dy < -unmoved;
      const face = faces[i] ?? 0;
      const share = face >>> 24;
      if (!moved && share === 0) continue;
      const x = frame.x + i;
      const gx = x + dx;
      const gy = y + dy;
      const front = sampled(movingFront, gx, gy);
      const hidden = front >>> 24;
      let pixel = front;
      if (hidden < 255) {
        let under = 0;
        if (share < 255) {
          let behind = sampled(movingBehind, gx, gy);
          const tint = dyes[(dye[i] ?? 0) - 1];
          if (tint !== undefined && behind !== 0) behind = dyed(tint, behind);
          under = over(behind, pixelOf(stillBehind, x, y));
        }
        if (share > 0) under = mixed(under, face, share + (share >> 7));
        pixel = over(front, under);
      }
      const cover = pixelOf(stillFront, x, y);
      pixel = over(cover, pixel);
      const to = 3 * (y * width + x);
      result[to] = pixel & 255;
      result[to + 1] = (pixel >>> 8) & 255;
      result[to + 2] = (pixel >>> 16) & 255;
      seen[i] = max(1, (share * (255 - hidden) * (255 - (cover >>> 24))) / 65025);
    }
  }
}

/** A layer's pixel; clear outside. */
function pixelOf({ area, data }: Layer, x: number, y: number): number {
  const u = x - area.x;
  const v = y - area.y;
  return u < 0 || v < 0 || u >= area.width || v >= area.height ? 0 : (data[v * area.width + u] ?? 0) | 0;
}

/** A layer between its pixels, which lie at whole numbers; clear outside, but where the layer ends with the scene it goes on for a pixel. */
function sampled({ area, data }: Layer, x: number, y: number): number {
  const fx = x - area.x;
  const fy = y - area.y;
  if (!(fx > -1 && fy > -1 && fx < area.width && fy < area.height)) return 0;
  const right = area.width - 1.004;
  const bottom = area.height - 1.004;
  const cx = fx < 0 ? 0 : fx > right ? right : fx;
  const cy = fy < 0 ? 0 : fy > bottom ? bottom : fy;
  const x0 = cx | 0;
  const y0 = cy | 0;
  return between(data, y0 * area.width + x0, area.width, ((cx - x0) * 256) | 0, ((cy - y0) * 256) | 0);
}

/** Copies what was seen of a face in a row into its mask. */
function note(mask: Mask | undefined, face: number, { seen, owner }: Row, y: number, left: number): void {
  if (mask === undefined) return;
  const { area, data } = mask;
  if (y < area.y || y >= area.y + area.height) return;
  const to = (y - area.y) * area.width;
  for (let x = 0, i = area.x - left; x < area.width; x++, i++) {
    const share = seen[i] ?? 0;
    if (share !== 0) data[to + x] = owner[i] === face ? share : 1;
  }
}
