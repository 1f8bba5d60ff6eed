import type { Area } from '../raster/picture.ts';
import { type Coarse, cell as fine, meshed, at as place } from './coarse.ts';
import { follow, type Moves, type Slot } from './slot.ts';

const { abs, ceil, max, min } = Math;

/** Pixels a side of a cell of a bend. */
export const bendCell = 8;

/** From where in the scene at rest each place takes what is there, as a way to go; two floats a node, nodes `bendCell` apart. */
export interface Bend {
  readonly area: Area;
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

export function still(area: Area): Bend {
  const width = ceil(area.width / bendCell) + 1;
  const height = ceil(area.height / bendCell) + 1;
  return { area, width, height, data: new Float32Array(width * height * 2) };
}

/** Lets the scene follow the outline of a face. What several faces do to one place adds up. */
export function addOutline({ area, width, height, data }: Bend, slot: Slot, moves: Moves): void {
  if (moves.x.every((value) => value === 0) && moves.y.every((value) => value === 0)) return;
  const far = slot.reach + slot.radius.reduce((most, each) => max(most, each), 0);
  const [left, right] = [max(0, ((slot.x - far - area.x) / bendCell) | 0), min(width - 1, ceil((slot.x + far - area.x) / bendCell))];
  const [top, bottom] = [max(0, ((slot.y - far - area.y) / bendCell) | 0), min(height - 1, ceil((slot.y + far - area.y) / bendCell))];
  const step = new Float32Array(2);
  for (let v = top; v <= bottom; v++) {
    for (let u = left; u <= right; u++) {
      const x = area.x + u * bendCell;
      const y = area.y + v * bendCell;
      const dx = x - slot.x;
      const dy = y - slot.y;
      if (dx * dx + dy * dy > far * far) continue;
      // Where the place that moves here comes from: a fixed point, because what moves is known there and not here.
      follow(slot, moves, x, y, step);
      if (step[0] === 0 && step[1] === 0) continue;
      for (let round = 0; round < 2; round++) follow(slot, moves, x - (step[0] ?? 0), y - (step[1] ?? 0), step);
      const at = 2 * (v * width + u);
      data[at] = (data[at] ?? 0) - (step[0] ?? 0);
      data[at + 1] = (data[at + 1] ?? 0) - (step[1] ?? 0);
    }
  }
}

/** Inside a face the scene follows its features. @param area of the coarse picture */
export function setFeatures({ area, width, height, data }: Bend, coarse: Coarse, inside: Area): void {
  for (let v = max(0, ceil((inside.y - area.y) / bendCell)); v < height; v++) {
    const row = ((area.y + v * bendCell - inside.y) / fine) | 0;
    if (row >= coarse.height) break;
    for (let u = max(0, ceil((inside.x - area.x) / bendCell)); u < width; u++) {
      const column = ((area.x + u * bendCell - inside.x) / fine) | 0;
      if (column >= coarse.width) break;
      const from = (row * coarse.width + column) * meshed;
      const x = coarse.mesh[from + place.restX] ?? Number.NaN;
      if (Number.isNaN(x)) continue;
      const at = 2 * (v * width + u);
      data[at] = x - (inside.x + (column + 0.5) * fine);
      data[at + 1] = (coarse.mesh[from + place.restY] ?? 0) - (inside.y + (row + 0.5) * fine);
    }
  }
}

/** Farthest way in the bend, pixels. */
export function farthest({ data }: Bend): number {
  let most = 0;
  for (const value of data) most = max(most, abs(value));
  return most;
}
