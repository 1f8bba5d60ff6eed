import type { Pixels } from '../../image/pixels.ts';
import { over } from '../raster/packed.ts';
import type { Area } from '../raster/picture.ts';
import { at, type Coarse, cell, meshed } from './coarse.ts';
import { lightnessOf } from './detail.ts';
import { type Plan, plan as places, planned } from './plan.ts';
import type { Layer, Scene } from './scene.ts';

const { floor, max, min } = Math;

/** What the template shows where a face is laid, in squares; one float a square each. */
export interface Backdrop {
  readonly width: number;
  readonly height: number;
  /** Pixels a side of a square. */
  readonly step: number;
  /** How much of the face is laid, 0 to 1; 0 too where the mesh does not say what of the template lies there. */
  readonly share: Float32Array;
  /** Lightness, 0 to 255. */
  readonly light: Float32Array;
  /** How much of that the front layers add, and how much of what is behind them they let be seen, 0 to 1. */
  readonly cover: Float32Array;
  readonly open: Float32Array;
}

/** @param area of the face @param step see `Backdrop` */
export function backdropOf(area: Area, plan: Plan, { mesh }: Coarse, scene: Scene, step: number): Backdrop {
  const width = floor(area.width / step);
  const height = floor(area.height / step);
  const floats = (): Float32Array => new Float32Array(width * height);
  const backdrop = { width, height, step, share: floats(), light: floats(), cover: floats(), open: floats() };
  for (let v = 0, i = 0; v < height; v++) {
    const y = (v + 0.5) * step;
    const row = min(plan.height - 1, (y / cell) | 0);
    for (let u = 0; u < width; u++, i++) {
      const x = (u + 0.5) * step;
      const column = min(plan.width - 1, (x / cell) | 0);
      const of = row * plan.width + column;
      const share = plan.data[of * planned + places.share] ?? 0;
      const restX = (mesh[of * meshed + at.restX] ?? Number.NaN) + x - (column + 0.5) * cell;
      if (share <= 0 || Number.isNaN(restX)) continue;
      const restY = (mesh[of * meshed + at.restY] ?? 0) + y - (row + 0.5) * cell;
      backdrop.share[i] = share;
      look(scene, restX, restY, step / 4, backdrop, i);
    }
  }
  return backdrop;
}

/** Looks at the scene at rest, by four pixels around a place. */
function look({ whole, movingFront, stillFront }: Scene, x: number, y: number, distance: number, to: Backdrop, i: number): void {
  let light = 0;
  let cover = 0;
  let hidden = 0;
  for (let k = 0; k < 4; k++) {
    const u = (x + (k & 1 ? distance : -distance)) | 0;
    const v = (y + (k & 2 ? distance : -distance)) | 0;
    light += lightIn(whole, u, v);
    const front = over(pixelIn(stillFront, u, v), pixelIn(movingFront, u, v));
    if (front === 0) continue;
    hidden += front >>> 24;
    cover += lightnessOf(front);
  }
  to.light[i] = light / 4;
  to.cover[i] = cover / 4;
  to.open[i] = 1 - hidden / 1020;
}

function lightIn({ width, height, data }: Pixels, x: number, y: number): number {
  const k = 3 * (min(max(y, 0), height - 1) * width + min(max(x, 0), width - 1));
  return 0.3 * (data[k] ?? 0) + 0.59 * (data[k + 1] ?? 0) + 0.11 * (data[k + 2] ?? 0);
}

function pixelIn({ area, data }: Layer, x: number, y: number): number {
  const u = x - area.x;
  const v = y - area.y;
  return u < 0 || v < 0 || u >= area.width || v >= area.height ? 0 : (data[v * area.width + u] ?? 0);
}
