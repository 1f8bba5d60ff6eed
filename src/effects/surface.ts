import type { Surface } from '../templates/kinds/sticker.ts';
import type { HeadPoint } from './head.ts';

const { cos, PI, sin } = Math;

/** A rigid surface as points on the head with their places in the art (0 to 1), its outer side wound clockwise on the screen. */
export interface SurfaceGrid {
  readonly points: readonly HeadPoint[];
  readonly us: Float32Array;
  readonly vs: Float32Array;
  readonly triangles: Uint16Array;
}

export type RigidSurface = Exclude<Surface, { shape: 'face' }>;

/** Columns and rows. A board is bent by the perspective alone, a band by its own curve. */
const divisions = { plane: [4, 4], band: [24, 1] } as const;

export function surfaceGrid(surface: RigidSurface): SurfaceGrid {
  const [columns, rows] = divisions[surface.shape];
  const count = (columns + 1) * (rows + 1);
  const points: HeadPoint[] = [];
  const us = new Float32Array(count);
  const vs = new Float32Array(count);
  for (let row = 0; row <= rows; row++) {
    for (let column = 0; column <= columns; column++) {
      us[points.length] = column / columns;
      vs[points.length] = row / rows;
      points.push(place(surface, column / columns, row / rows));
    }
  }
  const triangles = new Uint16Array(columns * rows * 6);
  for (let row = 0, to = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, to += 6) {
      const a = row * (columns + 1) + column;
      const c = a + columns + 1;
      triangles.set([a, a + 1, c, a + 1, c + 1, c], to);
    }
  }
  return { points, us, vs, triangles };
}

/** Length of the surface along u, head units. */
export function lengthOf(surface: Surface): number {
  if (surface.shape !== 'band') return surface.size[0];
  return ((surface.radius[0] + surface.radius[1]) / 2) * radians(surface.to - surface.from);
}

function place(surface: RigidSurface, u: number, v: number): HeadPoint {
  const [cx, cy, cz] = surface.center;
  const lean = radians(surface.lean);
  if (surface.shape === 'plane') {
    const turn = radians(surface.turn);
    const x = (u - 0.5) * surface.size[0];
    const y = (v - 0.5) * surface.size[1];
    const z = y * sin(lean);
    return [cx + x * cos(turn) + z * sin(turn), cy + y * cos(lean), cz - x * sin(turn) + z * cos(turn)];
  }
  const angle = radians(surface.from + u * (surface.to - surface.from));
  const wide = 1 + surface.flare * (0.5 - v);
  const x = surface.radius[0] * wide * sin(angle);
  const depth = surface.radius[1] * wide * cos(angle);
  const y = (v - 0.5) * surface.height;
  return [cx + x, cy + y * cos(lean) - depth * sin(lean), cz + depth * cos(lean) + y * sin(lean)];
}

function radians(degrees: number): number {
  return (degrees * PI) / 180;
}
