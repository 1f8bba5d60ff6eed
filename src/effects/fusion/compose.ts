import type { Pixels } from '../../image/pixels.ts';
import { mixed, over } from '../raster/packed.ts';
import type { Area, Mask } from '../raster/picture.ts';
import type { Bend } from './bend.ts';
import { type Dye, dyed, keptBelow } from './dye.ts';
import { findSpots, type Moving, movingIn, readWays, sampleBehind, sampleFront } from './moving.ts';
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

/** What is laid in one row of pixels of the frame. */
interface Row {
  /** Packed pixels of the faces, shares weighed with their strengths. */
  readonly faces: Int32Array;
  /** Which face that is, counted from 1. */
  readonly owner: Uint8Array;
  /** Whose dye skin takes, counted from 1. */
  readonly dye: Uint8Array;
  /** After painting: 0 where nothing changed, else how much of a face is seen, at most its strength, at least 1. */
  readonly seen: Uint8Array;
}

/** What skin around a face takes, and how much of it below the face, see `keptBelow`. */
interface Dyeing {
  readonly dye: Dye | undefined;
  readonly below: Uint16Array;
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
    faces: new Int32Array(frame.width),
    owner: new Uint8Array(frame.width),
    dye: new Uint8Array(frame.width),
    seen: new Uint8Array(frame.width),
  };
  const moving = movingIn(bend, frame);
  const dyes = faces.map(({ dye }) => ({ dye, below: keptBelow(dye?.strength ?? 1) }));
  for (let y = frame.y; y < frame.y + frame.height; y++) {
    const moves = readWays(bend, y, moving);
    const crossed = gather(faces, y, frame, row);
    if (!moves && !crossed) continue;
    row.seen.fill(0);
    const count = findSpots(moving, row.faces, frame, y);
    sampleFront(scene.movingFront, moving, count);
    sampleBehind(scene.movingBehind, moving, row.faces, count);
    paint(result, scene, y, row, moving, count, dyes);
    for (const [f, { strength }] of faces.entries()) note(masks[f], f + 1, strength, row, y, frame.x);
  }
  return masks;
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

/** Lays everything over each other at the places that change, as far as anything is to be seen. */
function paint(
  { width, data: result }: Pixels,
  scene: Scene,
  y: number,
  { faces, dye, seen }: Row,
  { spots, front: fronts, behind: behinds }: Moving,
  count: number,
  dyes: readonly Dyeing[],
): void {
  const left = scene.frame.x | 0;
  const line = (y * width) | 0;
  const { from: behindFrom, to: behindTo, start: behindStart } = rowOf(scene.stillBehind, y);
  const { from: coverFrom, to: coverTo, start: coverStart } = rowOf(scene.stillFront, y);
  const behindData = scene.stillBehind.data;
  const coverData = scene.stillFront.data;
  for (let n = 0; n < count; n++) {
    const i = spots[n] ?? 0;
    const x = left + i;
    // Where something that stays is in front of all, nothing has changed.
    const cover = x >= coverFrom && x < coverTo ? (coverData[coverStart + x] ?? 0) : 0;
    if (cover >>> 24 === 255) continue;
    const face = faces[i] ?? 0;
    const share = face >>> 24;
    const front = fronts[n] ?? 0;
    const hidden = front >>> 24;
    let pixel = front;
    if (hidden < 255) {
      let under = face;
      if (share < 255) {
        let behind = behinds[n] ?? 0;
        if (behind !== 0 && dye[i] !== 0) {
          const dyeing = dyes[(dye[i] ?? 0) - 1];
          if (dyeing?.dye !== undefined) behind = mixed(behind, dyed(dyeing.dye, behind), dyeing.below[share] ?? 0);
        }
        under = behind >>> 24 < 255 && x >= behindFrom && x < behindTo ? over(behind, behindData[behindStart + x] ?? 0) : behind;
        if (share > 0) under = mixed(under, face, share + (share >> 7));
      }
      pixel = front === 0 ? under : over(front, under);
    }
    if (cover !== 0) pixel = over(cover, pixel);
    const to = 3 * (line + x);
    result[to] = pixel & 255;
    result[to + 1] = (pixel >>> 8) & 255;
    result[to + 2] = (pixel >>> 16) & 255;
    seen[i] = share === 0 ? 1 : max(1, (share * (255 - hidden) * (255 - (cover >>> 24))) / 65025);
  }
}

/** Where a layer crosses a row of the scene: from one pixel to before another, and where its pixel of x = 0 would be in its data. */
function rowOf({ area }: Layer, y: number): { readonly from: number; readonly to: number; readonly start: number } {
  const within = y >= area.y && y < area.y + area.height;
  return { from: area.x | 0, to: (within ? area.x + area.width : area.x) | 0, start: ((y - area.y) * area.width - area.x) | 0 };
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
