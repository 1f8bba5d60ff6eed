import { meshMirrored } from '../../faces/mean-face.ts';
import type { Pixels } from '../../image/pixels.ts';
import { areaAround, clamp, smoothstep } from '../raster/picture.ts';
import { doubled, reduced, type Swatch } from '../raster/swatch.ts';
import { triangles } from './atlas.ts';
import { columns } from './slot.ts';

const { floor, hypot, max, sqrt } = Math;

/** What a face is taken from: the part of the photo with it, at about the size it is wanted at, and where in it every point of the mesh lies. */
export interface Source {
  readonly swatch: Swatch;
  /** Pixels of the swatch, clamped into it. */
  readonly us: Float32Array;
  readonly vs: Float32Array;
  /** How far each point is taken from its own place; the rest comes from the other side of the face, which is seen better. */
  readonly own: Float32Array;
  /** 1 where the one or the other lies in the photo, else 0. */
  readonly inside: Float32Array;
}

/** How far skin may be turned away from the camera: cosines at which it counts as hidden and as seen. */
const grazing = [0.1, 0.32] as const;

/**
 * @param mesh the face in the photo
 * @param aim the same mesh where it comes to lie: says how large the face is wanted
 */
export function sourceOf(photo: Pixels, mesh: Float32Array, aim: Float32Array): Source {
  const { xs, ys } = columns(mesh);
  const scale = sqrt(extent(mesh) / max(1, extent(aim)));
  const area = areaAround(xs, ys, 4 * max(1, scale), photo.width, photo.height);
  const factor = max(1, floor(scale * 1.2));
  const own = reduced(photo, area, factor);
  const swatch = scale < 0.6 ? doubled(own) : own;
  const size = swatch === own ? 1 / factor : 2;
  const seen = facing(mesh);
  const inside = new Float32Array(xs.length);
  const us = new Float32Array(xs.length);
  const vs = new Float32Array(xs.length);
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] ?? 0;
    const y = ys[i] ?? 0;
    inside[i] = x < 0 || y < 0 || x > photo.width || y > photo.height ? 0 : 1;
    us[i] = clamp((x - area.x) * size, 0.5, swatch.width - 1.501);
    vs[i] = clamp((y - area.y) * size, 0.5, swatch.height - 1.501);
  }
  return {
    swatch,
    us,
    vs,
    own: seen.map((_, i) => ownShare(i, seen, inside)),
    inside: inside.map((value, i) => max(value, inside[mirrored[i] ?? i] ?? 0)),
  };
}

function ownShare(i: number, seen: Float32Array, inside: Float32Array): number {
  const other = mirrored[i] ?? i;
  if (inside[i] === 0) return (inside[other] ?? 0) ? 0 : 1;
  const here = seen[i] ?? 0;
  const there = (seen[other] ?? 0) * (inside[other] ?? 0);
  return here >= there ? 1 : here / there;
}

/** For each point, which one shows the same skin on the other side of the face: the one to take where the photo does not show the first. */
export const mirrored = meshMirrored;

/** Mean square distance of the points from their middle. */
function extent(mesh: Float32Array): number {
  let x = 0;
  let y = 0;
  let square = 0;
  const count = mesh.length / 3;
  for (let i = 0; i < mesh.length; i += 3) {
    x += (mesh[i] ?? 0) / count;
    y += (mesh[i + 1] ?? 0) / count;
    square += ((mesh[i] ?? 0) ** 2 + (mesh[i + 1] ?? 0) ** 2) / count;
  }
  return square - x * x - y * y;
}

/** How much each point faces the camera, by the mean normal of its triangles. */
function facing(mesh: Float32Array): Float32Array {
  const normals = new Float32Array(mesh.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * (triangles[t] ?? 0), 3 * (triangles[t + 1] ?? 0), 3 * (triangles[t + 2] ?? 0)];
    const ux = (mesh[b] ?? 0) - (mesh[a] ?? 0);
    const uy = (mesh[b + 1] ?? 0) - (mesh[a + 1] ?? 0);
    const uz = (mesh[b + 2] ?? 0) - (mesh[a + 2] ?? 0);
    const vx = (mesh[c] ?? 0) - (mesh[a] ?? 0);
    const vy = (mesh[c + 1] ?? 0) - (mesh[a + 1] ?? 0);
    const vz = (mesh[c + 2] ?? 0) - (mesh[a + 2] ?? 0);
    for (const i of [a, b, c]) {
      normals[i] = (normals[i] ?? 0) + uy * vz - uz * vy;
      normals[i + 1] = (normals[i + 1] ?? 0) + uz * vx - ux * vz;
      normals[i + 2] = (normals[i + 2] ?? 0) + ux * vy - uy * vx;
    }
  }
  const seen = new Float32Array(mesh.length / 3);
  for (let i = 0; i < seen.length; i++) {
    const z = normals[3 * i + 2] ?? 0;
    seen[i] = smoothstep(grazing[0], grazing[1], z / max(1e-9, hypot(normals[3 * i] ?? 0, normals[3 * i + 1] ?? 0, z)));
  }
  return seen;
}
