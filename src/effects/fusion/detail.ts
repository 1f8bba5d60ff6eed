import { type Area, smoothstep } from '../raster/picture.ts';
import { spread } from '../raster/spread.ts';
import { at, type Coarse, cell, cellsAcross, meshed } from './coarse.ts';
import { type Plan, plan as places, planned } from './plan.ts';

const { max, min } = Math;

/** How much of what is added bare skin takes: features are what is drawn sharply, skin has only its pores and what a camera made of them. */
const onSkin = 0.35;

/** The face ends softly; over these shares of it detail fades in, so that its edge is not drawn along. */
const within = [0.4, 0.9] as const;

/** What is detail in a rendered face: how far its lightness is from that nearby. Worked out on cells, one float each. */
export interface Detail {
  readonly width: number;
  readonly height: number;
  /** Lightness nearby, 0 to 255. */
  readonly near: Float32Array;
  /** How much of what is added each cell takes, 0 to 1. */
  readonly taking: Float32Array;
}

/** @param data packed pixels of the face over `area`, see `renderFace` */
export function detailOf(data: Int32Array, area: Area, { width, height, data: plan }: Plan, { mesh }: Coarse): Detail {
  const means = new Float32Array(width * height);
  const taking = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      means[i] = meanAt(data, area, x * cell, y * cell, cell);
      const share = plan[i * planned + places.share] ?? 0;
      taking[i] = smoothstep(within[0], within[1], share) * (onSkin + (1 - onSkin) * (mesh[i * meshed + at.feature] ?? 0));
    }
  }
  return { width, height, near: spread(means, width, height, 1), taking };
}

/** Lightness of a square, by four of its pixels. @param x @param y its upper left one */
export function meanAt(data: Int32Array, { width, height }: Area, x: number, y: number, side: number): number {
  const left = min(width - 1, x + (side >> 2));
  const right = min(width - 1, x + ((3 * side) >> 2));
  const upper = min(height - 1, y + (side >> 2)) * width;
  const lower = min(height - 1, y + ((3 * side) >> 2)) * width;
  return (
    (lightnessOf(data[upper + left] ?? 0) +
      lightnessOf(data[upper + right] ?? 0) +
      lightnessOf(data[lower + left] ?? 0) +
      lightnessOf(data[lower + right] ?? 0)) /
    4
  );
}

/** Rec. 601, of a packed pixel. */
export function lightnessOf(pixel: number): number {
  return 0.3 * (pixel & 255) + 0.59 * ((pixel >>> 8) & 255) + 0.11 * ((pixel >>> 16) & 255);
}

/** What a place of that lightness takes for each unit that is added. @param x @param y pixels of the area */
export function takenAt({ width, height, near, taking }: Detail, lightness: number, x: number, y: number): number {
  const fx = min(max(x / cell - 0.5, 0), width - 1.001);
  const fy = min(max(y / cell - 0.5, 0), height - 1.001);
  const i = (fy | 0) * width + (fx | 0);
  const u = fx - (fx | 0);
  const v = fy - (fy | 0);
  return (lightness - blend(near, i, width, u, v)) * blend(taking, i, width, u, v);
}

function blend(cells: Float32Array, i: number, width: number, u: number, v: number): number {
  const a = (cells[i] ?? 0) * (1 - u) + (cells[i + 1] ?? 0) * u;
  const b = (cells[i + width] ?? 0) * (1 - u) + (cells[i + width + 1] ?? 0) * u;
  return a * (1 - v) + b * v;
}

/** Adds detail to lightness, and leaves hue and share as they are. @param amount below 0 takes it away, at most all of it at -1 */
export function addDetail(data: Int32Array, area: Area, { width, height, near, taking }: Detail, amount: number): void {
  const row = new Float32Array(2 * width + 2);
  const { cells, parts } = cellsAcross(area.width);
  for (let y = 0; y < area.height; y++) {
    const fy = min(max((y + 0.5) / cell - 0.5, 0), height - 1);
    const upper = (fy | 0) * width;
    const lower = min(height - 1, (fy | 0) + 1) * width;
    const v = fy - (fy | 0);
    for (let x = 0; x < width; x++) {
      row[2 * x] = (near[upper + x] ?? 0) * (1 - v) + (near[lower + x] ?? 0) * v;
      row[2 * x + 1] = amount * ((taking[upper + x] ?? 0) * (1 - v) + (taking[lower + x] ?? 0) * v);
    }
    // The last cell twice, so that every pixel has two.
    row.copyWithin(2 * width, 2 * width - 2, 2 * width);
    for (let x = 0, i = y * area.width; x < area.width; x++, i++) {
      const pixel = data[i] ?? 0;
      if (pixel === 0) continue;
      const n = 2 * (cells[x] ?? 0);
      const u = parts[x] ?? 0;
      const share = (row[n + 1] ?? 0) + u * ((row[n + 3] ?? 0) - (row[n + 1] ?? 0));
      const lightness = lightnessOf(pixel);
      const change = share * (lightness - (row[n] ?? 0) - u * ((row[n + 2] ?? 0) - (row[n] ?? 0)));
      if (change > -0.5 && change < 0.5) continue;
      const factor = max(0.1, (lightness + change + 1) / (lightness + 1));
      const red = min(255, (pixel & 255) * factor) | 0;
      const green = min(255, ((pixel >>> 8) & 255) * factor) | 0;
      const blue = min(255, ((pixel >>> 16) & 255) * factor) | 0;
      data[i] = (pixel & 0xff000000) | (blue << 16) | (green << 8) | red;
    }
  }
}
