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
  /** After painting: 0 where nothing changed, else how much of a face is seen, at most its strength, at least 1. */
  readonly seen: Uint8Array;
}

/**
 * Lays everything in the order of the scene, once for all faces, so that none repaints another's surroundings.
 * @param result the scene, three channels; changed only where it moves or a face is laid
 * @returns for each face a mask: 255 where nothing hides it, however strong it is, 1 where only the scene has moved
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
    for (const [f, { strength }] of faces.entries()) note(masks[f], f + 1, strength, row, y, frame.x);
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

/**
 * Paints what moved and what lies under a face, front to back as far as anything is to be seen. This is where most of a fusion's time goes: places are
 * reckoned once for all layers, and a layer is asked where it lies only once a row.
 */
function paint(
  { width, data: result }: Pixels,
  scene: Scene,
  y: number,
  { ways, faces, dye, seen }: Row,
  dyes: readonly (Dye | undefined)[],
): void {
  const { frame, movingBehind, movingFront } = scene;
  const behindRow = rowOf(scene.stillBehind, y);
  const frontRow = rowOf(scene.stillFront, y);
  const behindData = scene.stillBehind.data;
  const frontData = scene.stillFront.data;
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
      // Where something that stays is in front of all, nothing has changed.
      const cover = x >= frontRow.from && x < frontRow.to ? (frontData[frontRow.start + x] ?? 0) : 0;
      if (cover >>> 24 === 255) continue;
      // Places in 256ths of a pixel; layers lie at whole ones, so the parts are the same for all.
      const gx = ((x + dx) * 256 + 0.5) | 0;
      const gy = ((y + dy) * 256 + 0.5) | 0;
      const front = sampled(movingFront, gx, gy);
      const hidden = front >>> 24;
      let pixel = front;
      if (hidden < 255) {
        let under = 0;
        if (share < 255) {
          let behind = sampled(movingBehind, gx, gy);
          if (behind !== 0 && dye[i] !== 0) {
            const tint = dyes[(dye[i] ?? 0) - 1];
            if (tint !== undefined)
              behind = share === 0 ? dyed(tint, behind) : mixed(behind, dyed(tint, behind), dyedBelow(tint.strength, share));
          }
          if (behind >>> 24 < 255 && x >= behindRow.from && x < behindRow.to) under = behindData[behindRow.start + x] ?? 0;
          under = over(behind, under);
        }
        if (share > 0) under = mixed(under, face, share + (share >> 7));
        pixel = over(front, under);
      }
      if (cover !== 0) pixel = over(cover, pixel);
      const to = 3 * (y * width + x);
      result[to] = pixel & 255;
      result[to + 1] = (pixel >>> 8) & 255;
      result[to + 2] = (pixel >>> 16) & 255;
      seen[i] = share === 0 ? 1 : max(1, (share * (255 - hidden) * (255 - (cover >>> 24))) / 65025);
    }
  }
}

/**
 * How much of its dye the skin below a face keeps: face and skin together are to be as much the user's as the skin beside them is, which is the
 * strength of both.
 * @param share of the face that is laid, 1 to 255
 * @returns 0 to 256
 */
function dyedBelow(strength: number, share: number): number {
  return strength === 1 ? 256 : (256 * max(0, 255 - share / strength)) / (255 - share);
}

/** Where a layer crosses a row of the scene: from one pixel to before another, and where its pixel of x = 0 would be in its data. */
function rowOf({ area }: Layer, y: number): { readonly from: number; readonly to: number; readonly start: number } {
  const within = y >= area.y && y < area.y + area.height;
  return { from: area.x, to: within ? area.x + area.width : area.x, start: (y - area.y) * area.width - area.x };
}

/**
 * A layer between its pixels; clear outside, but where the layer ends with the scene it goes on for a pixel.
 * @param gx @param gy place in the scene, 256ths of a pixel
 */
function sampled({ area, data }: Layer, gx: number, gy: number): number {
  const x = (gx >> 8) - area.x;
  const y = (gy >> 8) - area.y;
  if (x >= 0 && y >= 0 && x < area.width - 1 && y < area.height - 1) {
    return between(data, y * area.width + x, area.width, gx & 255, gy & 255);
  }
  if (x < -1 || y < -1 || x >= area.width || y >= area.height || area.width < 2 || area.height < 2) return 0;
  const left = min(max(x, 0), area.width - 2);
  const top = min(max(y, 0), area.height - 2);
  const u = x < 0 ? 0 : x > left ? 256 : gx & 255;
  const v = y < 0 ? 0 : y > top ? 256 : gy & 255;
  return between(data, top * area.width + left, area.width, u, v);
}

/** Copies what was seen of a face in a row into its mask, as it would be at full strength: how much of a face is laid does not change where. */
function note(mask: Mask | undefined, face: number, strength: number, { seen, owner }: Row, y: number, left: number): void {
  if (mask === undefined) return;
  const { area, data } = mask;
  if (y < area.y || y >= area.y + area.height) return;
  const to = (y - area.y) * area.width;
  for (let x = 0, i = area.x - left; x < area.width; x++, i++) {
    const share = seen[i] ?? 0;
    if (share !== 0) data[to + x] = share > 1 && owner[i] === face ? min(255, share / strength) : 1;
  }
}
