import { smoothstep } from '../raster/picture.ts';
import { spread } from '../raster/spread.ts';
import { at, type Coarse, meshed } from './coarse.ts';
import type { Skin } from './skin.ts';

const { max, round } = Math;

/** Below this a cell shows something else than skin. */
const unlikely = 0.35;
/** Roughness (`Coarse.rough`) from which it is hair, and is surely. */
const rougher = [0.05, 0.14] as const;
/** From here outwards (`Atlas.edge`) something is at the outline. */
const outermost = 0.8;
/** Share of the face that something has to cover where it does not reach the outline: a mole, a bindi, a painted cheek stays. */
const smallest = 0.03;

/**
 * Finds what comes in from the edge of the face and hides it: hair over the forehead, an ear, a hand, background beside a cheek. It is whatever is
 * unlike skin where such things come in, and all that it cuts off from the middle of the face.
 * @param template of a template more is believed: a lock over the eye is to stay, and what is taken for one costs nothing
 * @returns a number for each cell, 0 (the face itself) to 1 (something else), soft at its edge
 */
export function findStray(coarse: Coarse, { likely }: Skin, template = false): Float32Array {
  const { width, height, mesh, rough, cover } = coarse;
  const count = width * height;
  const open = new Uint8Array(count);
  const jaws = bareChin(coarse, likely);
  const zone = template ? at.outer : at.hidden;
  const glasses = wearsGlasses(coarse, likely) ? 1 : 0;
  const hidden = (i: number): number =>
    max(mesh[i * meshed + zone] ?? 0, jaws * (mesh[i * meshed + at.jaw] ?? 0)) * (1 - glasses * max(0, mesh[i * meshed + at.temple] ?? 0));
  let faceSize = 0;
  for (let i = 0; i < count; i++) {
    if ((cover[i] ?? 0) === 0) continue;
    faceSize++;
    const skin = (likely[i] ?? 0) * (1 - smoothstep(rougher[0], rougher[1], rough[i] ?? 0));
    const strange = skin < unlikely && hidden(i) > 0.15 && 0.7 * (mesh[i * meshed + at.feature] ?? 0) <= hidden(i);
    open[i] = strange ? 2 : 1;
  }
  if (template) thinOut(open, coarse);
  // What can be reached from the middle is the face.
  const queue = new Int32Array(count);
  fill(open, 1, 3, middleOf(coarse), width, queue);
  const stray = new Float32Array(count);
  let any = false;
  for (let i = 0; i < count; i++) if (open[i] === 1) open[i] = 2;
  for (let i = 0; i < count; i++) {
    if (open[i] !== 2) continue;
    const size = fill(open, 2, 4, i, width, queue);
    let reaches = size >= smallest * faceSize;
    for (let k = 0; k < size && !reaches; k++) reaches = (mesh[(queue[k] ?? 0) * meshed + at.edge] ?? 0) > outermost;
    if (!reaches) continue;
    any = true;
    for (let k = 0; k < size; k++) stray[queue[k] ?? 0] = 1;
  }
  if (!any) return stray;
  // It takes its dark fringe along.
  const soft = spread(stray, width, height, max(1, round(width / 22)));
  // It fades out towards where nothing comes in, instead of ending there.
  for (let i = 0; i < count; i++) stray[i] = smoothstep(0.02, 0.45, soft[i] ?? 0) * smoothstep(0.15, 0.75, hidden(i));
  return stray;
}

/** A lock over an eye is broad; lashes and a brow that only touch the hair are thin, and are the face's own. */
function thinOut(open: Uint8Array, { width, height, mesh }: Coarse): void {
  const strange = Float32Array.from(open, (mark) => (mark === 2 ? 1 : 0));
  const around = spread(strange, width, height, 2);
  for (let i = 0; i < open.length; i++) {
    const m = i * meshed;
    if (open[i] === 2 && (mesh[m + at.feature] ?? 0) > 0.4 && (mesh[m + at.hidden] ?? 0) < 0.7 && (around[i] ?? 0) < broad) open[i] = 1;
  }
}

/** Share of the cells around that have to be strange too. */
const broad = 0.7;

/** How bare the chin is, 0 to 1: with a beard the sides of the jaw are dark for the same reason. */
function bareChin({ mesh }: Coarse, likely: Float32Array): number {
  let sum = 0;
  let weight = 0;
  for (let i = 0, m = at.jaw; i < likely.length; i++, m += meshed) {
    const chin = max(0, -(mesh[m] ?? 0));
    sum += chin * (likely[i] ?? 0);
    weight += chin;
  }
  return weight === 0 ? 0 : smoothstep(0.5, 0.75, sum / weight);
}

/** Whether something crosses the bridge of the nose: then what is dark beside the eyes is a frame, and belongs to the face. */
function wearsGlasses({ width, height, mesh }: Coarse, likely: Float32Array): boolean {
  for (let y = 0; y < height; y++) {
    let sum = 0;
    let count = 0;
    for (let i = y * width; i < (y + 1) * width; i++) {
      if ((mesh[i * meshed + at.temple] ?? 0) > -0.5) continue;
      sum += likely[i] ?? 0;
      count++;
    }
    if (count >= 3 && sum < 0.5 * count) return true;
  }
  return false;
}

/** A cell of the nose: the most central one that is covered. */
function middleOf({ width, height, cover }: Coarse): number {
  const centre = (height >> 1) * width + (width >> 1);
  for (let away = 0; away < width; away++) {
    if ((cover[centre + away] ?? 0) > 0) return centre + away;
    if ((cover[centre - away] ?? 0) > 0) return centre - away;
  }
  return centre;
}

/** Turns a patch of one mark into another. @returns how many cells, which the queue then holds */
function fill(marks: Uint8Array, from: number, to: number, start: number, width: number, queue: Int32Array): number {
  let end = 0;
  const enter = (i: number): void => {
    if (marks[i] !== from) return;
    marks[i] = to;
    queue[end++] = i;
  };
  enter(start);
  for (let next = 0; next < end; next++) {
    const i = queue[next] ?? 0;
    if (i % width > 0) enter(i - 1);
    if (i % width < width - 1) enter(i + 1);
    if (i >= width) enter(i - width);
    if (i + width < marks.length) enter(i + width);
  }
  return end;
}
