import type { Face } from '../../faces/face.ts';
import type { Pixels } from '../../image/pixels.ts';
import { Problem } from '../../problems.ts';
import type { FusionTemplate } from '../../templates/template.ts';
import { type Field, rasterizeMesh } from '../raster/mesh.ts';
import { areaAround, smoothstep } from '../raster/picture.ts';
import { cutPatch, type Patch, samplePatch } from '../raster/reduce.ts';
import { sampleArt } from '../raster/sample.ts';
import { faceVertices, type Vertices } from './points.ts';
import { renderFace } from './render.ts';
import type { Scene } from './scene.ts';
import { targetVertices } from './target.ts';
import { ringRoot, type Topology } from './topology.ts';

/** Numbers the mesh carries: place in the scene at rest, place in the photo, edge. */
const carried = 5;

/**
 * Fuses one face into one slot. The mesh says for every pixel where it comes from in the scene at rest and where in the photo; layers that
 * move are drawn through the first, the face through the second, in the order of the scene.
 * @param result premultiplied floats of the scene; changed only within reach of the face
 * @param strength @param shape 0 to 1
 */
export function fuse(
  result: Float32Array,
  scene: Scene,
  template: FusionTemplate,
  slot: number,
  photo: Pixels,
  face: Face,
  strength: number,
  shape: number,
): void {
  const here = scene.slots[slot];
  const rendering = template.faces[slot]?.rendering;
  if (here === undefined || rendering === undefined) throw new Problem('invalid-params', 'The template has no such slot');
  const { topology, light } = here;
  const { width, height } = template.size;
  const user = faceVertices(face.landmarks);
  const target = targetVertices(topology, user, strength, shape);
  const area = areaAround(target.xs, target.ys, 1, width, height);
  const field = rasterizeMesh({ ...target, triangles: topology.triangles, values: carriedValues(topology, user), count: carried }, area);
  const patch = photoPatch(photo, user, target);
  const sheet = warpFace(field, patch);
  renderFace(sheet, shifted(target, area.x, area.y), warpLight(field, light, width, height), rendering);
  compose(result, scene, field, sheet.data, width, strength);
}

function carriedValues({ rest, edge }: Topology, user: Vertices): Float32Array {
  const count = rest.xs.length;
  const values = new Float32Array(count * carried);
  for (let i = 0; i < count; i++) {
    const root = ringRoot(i);
    values.set([rest.xs[i] ?? 0, rest.ys[i] ?? 0, user.xs[root] ?? 0, user.ys[root] ?? 0, edge[i] ?? 0], i * carried);
  }
  return values;
}

/** The part of the photo with the face, reduced so that the warp never shrinks it by more than half. */
function photoPatch(photo: Pixels, user: Vertices, target: Vertices): Patch {
  const span = (v: Vertices): number => Math.hypot((v.xs[16] ?? 0) - (v.xs[0] ?? 0), (v.ys[8] ?? 0) - (v.ys[27] ?? 0));
  const factor = Math.max(1, Math.round(span(user) / span(target)));
  return cutPatch(photo, areaAround(user.xs, user.ys, 2 * factor + 2, photo.width, photo.height), factor);
}

function warpFace({ area, data }: Field, patch: Patch) {
  const { width, height } = area;
  const colours = new Float32Array(width * height * 3);
  const edge = new Float32Array(width * height).fill(2);
  for (let i = 0; i < edge.length; i++) {
    const out = data[i * carried + 4] ?? Number.NaN;
    if (Number.isNaN(out)) continue;
    edge[i] = out;
    samplePatch(patch, data[i * carried + 2] ?? 0, data[i * carried + 3] ?? 0, colours, i * 3);
  }
  return { width, height, data: colours, edge };
}

/** The light of the scene follows the face. */
function warpLight({ area, data }: Field, light: Float32Array, width: number, height: number): Float32Array {
  const out = new Float32Array(area.width * area.height * 3).fill(1);
  for (let i = 0; i < area.width * area.height; i++) {
    const tx = data[i * carried] ?? Number.NaN;
    if (Number.isNaN(tx)) continue;
    const x = Math.min(width - 1, Math.max(0, Math.floor(tx)));
    const y = Math.min(height - 1, Math.max(0, Math.floor(data[i * carried + 1] ?? 0)));
    const from = (y * width + x) * 3;
    for (let k = 0; k < 3; k++) out[i * 3 + k] = light[from + k] ?? 1;
  }
  return out;
}

function compose(result: Float32Array, scene: Scene, { area, data }: Field, face: Float32Array, width: number, strength: number): void {
  const layer = new Float32Array(4);
  for (let y = 0, i = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++, i++) {
      const tx = data[i * carried] ?? Number.NaN;
      if (Number.isNaN(tx)) continue;
      const ty = data[i * carried + 1] ?? 0;
      const to = ((area.y + y) * width + area.x + x) * 4;
      for (let k = 0; k < 3; k++) result[to + k] = scene.stillBehind.data[to + k] ?? 0;
      sampleArt(scene.movingBehind, tx, ty, layer);
      over(result, to, layer, 0);
      const share = strength * (1 - smoothstep(0.97, 1.02, data[i * carried + 4] ?? 2));
      if (share > 0) for (let k = 0; k < 3; k++) result[to + k] = (result[to + k] ?? 0) * (1 - share) + (face[i * 3 + k] ?? 0) * share;
      sampleArt(scene.movingFront, tx, ty, layer);
      over(result, to, layer, 0);
      over(result, to, scene.stillFront.data, to);
    }
  }
}

function over(result: Float32Array, to: number, layer: Float32Array, from: number): void {
  const rest = 1 - (layer[from + 3] ?? 0);
  if (rest === 1) return;
  for (let k = 0; k < 3; k++) result[to + k] = (layer[from + k] ?? 0) + (result[to + k] ?? 0) * rest;
}

function shifted({ xs, ys }: Vertices, dx: number, dy: number): Vertices {
  return { xs: xs.map((x) => x - dx), ys: ys.map((y) => y - dy) };
}
