import type { Surface } from '../templates/kinds/sticker.ts';
import type { HeadPoint } from './head.ts';

/** A surface as a grid of points on the head with their places in the art (0 to 1), its outer side wound clockwise on the screen. */
export interface SurfaceGrid {
  readonly points: readonly HeadPoint[];
  readonly uvs: readonly (readonly [u: number, v: number])[];
  readonly triangles: Uint16Array;
  /** Length along u, head units. */
  readonly width: number;
}

const columns = 32;
const rows = 6;

/** @param size factor on the whole sticker, about the point between the eyes for planes and about its own middle for bands */
export function surfaceGrid(surface: Surface, size: number): SurfaceGrid {
  const points: HeadPoint[] = [];
  const uvs: [number, number][] = [];
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      const u = column / columns;
      const v = row / rows;
      uvs.push([u, v]);
      points.push(place(surface, u, v, size));
    }
  }
  const triangles: number[] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const a = row * (columns + 1) + column;
      const c = a + columns + 1;
      triangles.push(a, a + 1, c, a + 1, c + 1, c);
    }
  }
  return { points, uvs, triangles: Uint16Array.from(triangles), width: lengthOf(surface) };
}

function place(surface: Surface, u: number, v: number, size: number): HeadPoint {
  const [cx, cy, cz] = surface.center;
  const lean = (surface.lean * Math.PI) / 180;
  if (surface.shape === 'plane') {
    const turn = (surface.turn * Math.PI) / 180;
    const x = (u - 0.5) * surface.size[0] * size;
    const y = (v - 0.5) * surface.size[1] * size;
    const z = y * Math.sin(lean);
    const height = y * Math.cos(lean);
    return [cx * size + x * Math.cos(turn) + z * Math.sin(turn), cy * size + height, cz * size - x * Math.sin(turn) + z * Math.cos(turn)];
  }
  const angle = ((surface.from + u * (surface.to - surface.from)) * Math.PI) / 180;
  const x = surface.radius[0] * Math.sin(angle) * size;
  const depth = surface.radius[1] * Math.cos(angle) * size;
  const y = (v - 0.5) * surface.height * size;
  return [cx + x, cy + y * Math.cos(lean) - depth * Math.sin(lean), cz + depth * Math.cos(lean) + y * Math.sin(lean)];
}

function lengthOf(surface: Surface): number {
  if (surface.shape === 'plane') return surface.size[0];
  const angle = ((surface.to - surface.from) * Math.PI) / 180;
  return ((surface.radius[0] + surface.radius[1]) / 2) * angle;
}
