import type { Face } from '../../faces/face.ts';
import type { Pixels } from '../../image/pixels.ts';
import { Problem } from '../../problems.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { type Field, rasterizeMesh } from '../raster/mesh.ts';
import { areaAround, clamp, smoothstep } from '../raster/picture.ts';
import { cutPatch, type Patch, samplePatch } from '../raster/reduce.ts';
import { sampleArt } from '../raster/sample.ts';
import { faceVertices, shifted, type Vertices } from './points.ts';
import { renderFace } from './render.ts';
import type { Scene, SlotLight } from './scene.ts';
import type { FaceSheet } from './skin.ts';
import { targetOf } from './target.ts';

const { floor, hypot, max, round } = Math;
const { isNaN: missing } = Number;

/** Numbers the mesh of the face carries: place in the scene at rest, place in the photo, edge. */
const carried = 5;

/**
 * Fuses one face into one slot. The mesh of the face says for every pixel where it comes from in the photo and on the drawn face, the mesh of
 * the frame where it comes from in the layers that move; all is laid in the order of the scene.
 * @param result the scene, three channels; changed only within reach of the face
 * @param strength @param shape 0 to 1
 */
export function fuse(
  result: Pixels,
  scene: Scene,
  template: TemplateOf<'fusion'>,
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
  const target = targetOf(topology, user, strength, shape);
  const inner = areaAround(target.face.xs, target.face.ys, 2, width, height);
  const values = interleave([topology.face.rest.xs, topology.face.rest.ys, user.xs, user.ys, topology.edge]);
  const field = rasterizeMesh({ ...target.face, triangles: topology.face.triangles, values, count: carried }, inner);
  const sheet = warpFace(field, photoPatch(photo, user, target.face));
  renderFace(sheet, shifted(target.face, inner.x, inner.y), warpLight(field, light), rendering);
  const { rest, triangles } = topology.frame;
  const outer = areaAround(target.frame.xs, target.frame.ys, 1, width, height);
  const frame = rasterizeMesh({ ...target.frame, triangles, values: interleave([rest.xs, rest.ys]), count: 2 }, outer);
  compose(result, scene, frame, field, sheet.data, strength);
}

function interleave(columns: readonly Float32Array[]): Float32Array {
  const count = columns.length;
  const out = new Float32Array((columns[0]?.length ?? 0) * count);
  columns.forEach((column, k) => {
    for (let i = 0; i < column.length; i++) out[i * count + k] = column[i] ?? 0;
  });
  return out;
}

/** The part of the photo with the face, reduced so that the warp never shrinks it by more than half. */
function photoPatch(photo: Pixels, user: Vertices, target: Vertices): Patch {
  const span = (v: Vertices): number => hypot((v.xs[16] ?? 0) - (v.xs[0] ?? 0), (v.ys[8] ?? 0) - (v.ys[27] ?? 0));
  const factor = max(1, round(span(user) / span(target)));
  return cutPatch(photo, areaAround(user.xs, user.ys, 2 * factor + 2, photo.width, photo.height), factor);
}

function warpFace({ area, data }: Field, patch: Patch): FaceSheet {
  const { width, height } = area;
  const colours = new Float32Array(width * height * 3);
  const edge = new Float32Array(width * height).fill(2);
  for (let i = 0, from = 0; i < edge.length; i++, from += carried) {
    const out = data[from + 4] ?? Number.NaN;
    if (missing(out)) continue;
    edge[i] = out;
    samplePatch(patch, data[from + 2] ?? 0, data[from + 3] ?? 0, colours, i * 3);
  }
  return { width, height, data: colours, edge };
}

/** The light of the scene follows the face. */
function warpLight(field: Field, { area, factors }: SlotLight): Float32Array {
  const count = field.area.width * field.area.height;
  const out = new Float32Array(count * 3).fill(1);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += carried, to += 3) {
    const tx = field.data[from] ?? Number.NaN;
    if (missing(tx)) continue;
    const u = clamp(floor(tx) - area.x, 0, area.width - 1);
    const v = clamp(floor(field.data[from + 1] ?? 0) - area.y, 0, area.height - 1);
    const at = (v * area.width + u) * 3;
    for (let k = 0; k < 3; k++) out[to + k] = factors[at + k] ?? 1;
  }
  return out;
}

function compose({ width, data: result }: Pixels, scene: Scene, frame: Field, inner: Field, face: Float32Array, strength: number): void {
  const { area } = frame;
  const pixel = new Float32Array(3);
  const layer = new Float32Array(4);
  for (let y = area.y, from = 0; y < area.y + area.height; y++) {
    const row = (y - inner.area.y) * inner.area.width - inner.area.x;
    const crosses = y >= inner.area.y && y < inner.area.y + inner.area.height;
    for (let x = area.x; x < area.x + area.width; x++, from += 2) {
      const tx = frame.data[from] ?? Number.NaN;
      if (missing(tx)) continue;
      const ty = frame.data[from + 1] ?? 0;
      const still = (y * width + x) * 4;
      const at = crosses && x >= inner.area.x && x < inner.area.x + inner.area.width ? row + x : -1;
      const edge = at < 0 ? Number.NaN : (inner.data[at * carried + 4] ?? Number.NaN);
      const within = !missing(edge);
      const share = within ? strength * (1 - smoothstep(0.95, 1, edge)) : 0;
      if (share < 1) {
        lay(pixel, scene.stillBehind.data, still);
        if (within) sampleArt(scene.movingBehind, inner.data[at * carried] ?? 0, inner.data[at * carried + 1] ?? 0, layer);
        else sampleArt(scene.movingBehind, tx, ty, layer);
        lay(pixel, layer, 0);
      }
      if (share > 0) for (let k = 0; k < 3; k++) pixel[k] = (pixel[k] ?? 0) * (1 - share) + (face[at * 3 + k] ?? 0) * share;
      sampleArt(scene.movingFront, tx, ty, layer);
      lay(pixel, layer, 0);
      lay(pixel, scene.stillFront.data, still);
      const to = (y * width + x) * 3;
      result[to] = pixel[0] ?? 0;
      result[to + 1] = pixel[1] ?? 0;
      result[to + 2] = pixel[2] ?? 0;
    }
  }
}

/** Lays a premultiplied colour over a pixel. */
function lay(pixel: Float32Array, layer: Float32Array | Uint8ClampedArray, from: number): void {
  const alpha = layer[from + 3] ?? 0;
  if (alpha === 0) return;
  const rest = 1 - alpha / 255;
  pixel[0] = (layer[from] ?? 0) + (pixel[0] ?? 0) * rest;
  pixel[1] = (layer[from + 1] ?? 0) + (pixel[1] ?? 0) * rest;
  pixel[2] = (layer[from + 2] ?? 0) + (pixel[2] ?? 0) * rest;
}
