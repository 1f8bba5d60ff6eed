import type { Face } from '../../faces/face.ts';
import { skinTriangles } from '../../faces/mean-face.ts';
import { meshOf, meshSize } from '../../faces/mesh.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Facets } from '../../templates/kinds/mesh.ts';
import { fromHex } from '../raster/colour.ts';
import { delaunay } from '../raster/delaunay.ts';
import { flatten } from '../raster/flatten.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { patchwork } from '../raster/patchwork.ts';
import { areaAround, clamp, smoothstep } from '../raster/picture.ts';
import { type Planes, reduce } from '../raster/planes.ts';
import { findSubject, matteOn } from '../subject.ts';
import { unitOf } from '../toon/face.ts';
import { addEdges, addFace, addFrame, type Corners, openField } from './corners.ts';

const { abs, ceil, floor, hypot, max, min, PI, round, sin } = Math;
const { isNaN: missing } = Number;

/** The photo as a poster of flat facets: its own edges and the mesh of its face are their corners, its colours are theirs. */
export function drawFacets(picture: Pixels, faces: readonly Face[], face: Face, look: Facets): Pixels {
  const { width, height } = picture;
  const meshes = faces.map(meshOf);
  // In a close-up facets grow no further: their number is what makes a likeness.
  const unit = min(unitOf(meshOf(face)), 0.2 * max(width, height));
  const raw = reduce(picture, clamp(round(unit / 70), 2, 5));
  const matte = matteOn(findSubject(raw, faces), raw);
  const planes = flatten(raw, (0.12 * unit) / raw.factor, 60, new Float32Array(matte.length).fill(1));
  const field = openField(width, height);
  addFrame(field, width, height, look.coarse * unit);
  for (const mesh of meshes) addFace(field, mesh, min(unit, unitOf(mesh)), look.fine);
  const spacing = new Float32Array(matte.length);
  for (let i = 0; i < spacing.length; i++)
    spacing[i] = unit * (look.coarse + (look.fine - look.coarse) * smoothstep(0, 0.5, matte[i] ?? 0));
  addEdges(field, planes, spacing);
  const triangles = delaunay(field.xs, field.ys);
  const colours = coloursOf(raw, matte, field, triangles, look);
  for (const mesh of meshes) lightFace(colours, field, triangles, mesh, raw, look);
  return patchwork(width, height, field.xs, field.ys, triangles, colours);
}

/** The mean colour under each facet, made vivid; far from people it turns into the backdrop. */
function coloursOf(planes: Planes, matte: Float32Array, { xs, ys }: Corners, triangles: Uint16Array, look: Facets): Float32Array {
  const colours = new Float32Array(triangles.length);
  const [top, bottom] = [fromHex(look.backdrop.top), fromHex(look.backdrop.bottom)];
  const rows = planes.height * planes.factor;
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t] ?? 0, triangles[t + 1] ?? 0, triangles[t + 2] ?? 0];
    const found = meanUnder(planes, matte, xs[a] ?? 0, ys[a] ?? 0, xs[b] ?? 0, ys[b] ?? 0, xs[c] ?? 0, ys[c] ?? 0);
    const level = contrasted(found.light);
    const far = look.backdrop.share * (1 - smoothstep(0.05, 0.5, found.matte));
    const down = ((ys[a] ?? 0) + (ys[b] ?? 0) + (ys[c] ?? 0)) / 3 / rows;
    // The same facet has the same little difference each time: paper is never folded evenly.
    const fold = 1 + (0.03 + 0.09 * far) * (((t * 0.6180339887) % 1) - 0.5);
    const strength = 1 + (look.vivid - 1) * max(0, 1 - (abs(found.red) + abs(found.blue)) / 120);
    const red = level + strength * found.red;
    const blue = level + strength * found.blue;
    const green = (level - 0.299 * red - 0.114 * blue) / 0.587;
    const own = [red, green, blue];
    for (let k = 0; k < 3; k++) {
      const back = ((top[k] ?? 0) + ((bottom[k] ?? 0) - (top[k] ?? 0)) * down) * (0.72 + (0.4 * found.light) / 255);
      colours[t + k] = fold * ((own[k] ?? 0) + far * (back - (own[k] ?? 0)));
    }
  }
  return colours;
}

/** Means are paler than what they were taken from: darks a little darker, lights a little lighter. */
function contrasted(light: number): number {
  return light + 14 * sin((2 * PI * (light - 128)) / 256) * (light < 128 ? 0.6 : 1);
}

interface Mean {
  readonly light: number;
  readonly red: number;
  readonly blue: number;
  readonly matte: number;
}

/** The means of the pixels whose middles lie in a triangle, or of the one nearest to its middle where it holds none. */
function meanUnder(
  { width, height, factor, light, red, blue }: Planes,
  matte: Float32Array,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): Mean {
  const share = 1 / factor;
  const ax = x0 * share - 0.5;
  const ay = y0 * share - 0.5;
  const bx = x1 * share - 0.5;
  const by = y1 * share - 0.5;
  const cx = x2 * share - 0.5;
  const cy = y2 * share - 0.5;
  let l = 0;
  let r = 0;
  let b = 0;
  let m = 0;
  let count = 0;
  const left = max(0, ceil(min(ax, bx, cx)));
  const right = min(width - 1, max(ax, bx, cx));
  const bottom = min(height - 1, max(ay, by, cy));
  for (let y = max(0, ceil(min(ay, by, cy))); y <= bottom; y++) {
    const ab = (bx - ax) * (y - ay);
    const bc = (cx - bx) * (y - by);
    const ca = (ax - cx) * (y - cy);
    const before = count;
    for (let x = left, i = y * width + left; x <= right; x++, i++) {
      if (ab < (x - ax) * (by - ay) || bc < (x - bx) * (cy - by) || ca < (x - cx) * (ay - cy)) {
        if (count > before) break;
        continue;
      }
      l += light[i] ?? 0;
      r += red[i] ?? 0;
      b += blue[i] ?? 0;
      m += matte[i] ?? 0;
      count++;
    }
  }
  if (count > 0) return { light: l / count, red: r / count, blue: b / count, matte: m / count };
  const i = clamp(round((ay + by + cy) / 3), 0, height - 1) * width + clamp(round((ax + bx + cx) / 3), 0, width - 1);
  return { light: light[i] ?? 0, red: red[i] ?? 0, blue: blue[i] ?? 0, matte: matte[i] ?? 0 };
}

/** The template's light on the facets of a face: what is turned to it gets lighter. */
function lightFace(
  colours: Float32Array,
  { xs, ys }: Corners,
  triangles: Uint16Array,
  mesh: Float32Array,
  planes: Planes,
  look: Facets,
): void {
  const depth = depthOf(mesh, planes);
  const [lx, ly, lz] = look.light;
  const length = hypot(lx, ly, lz);
  const step = 0.06 * unitOf(mesh);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [triangles[t] ?? 0, triangles[t + 1] ?? 0, triangles[t + 2] ?? 0];
    const x = ((xs[a] ?? 0) + (xs[b] ?? 0) + (xs[c] ?? 0)) / 3;
    const y = ((ys[a] ?? 0) + (ys[b] ?? 0) + (ys[c] ?? 0)) / 3;
    // Over a distance longer than most facets, or the mesh's own noise would show.
    const nx = (depth(x - step, y) - depth(x + step, y)) / (2 * step);
    const ny = (depth(x, y - step) - depth(x, y + step)) / (2 * step);
    const turned = (nx * lx + ny * ly + lz) / hypot(nx, ny, 1) / length;
    if (missing(turned)) continue;
    const share = 1 + look.relief * (turned - lz / length);
    for (let k = 0; k < 3; k++) colours[t + k] = (colours[t + k] ?? 0) * share;
  }
}

/** Depth of the face at a place of the picture, growing towards the viewer; NaN beside it. */
function depthOf(mesh: Float32Array, { width, height, factor }: Planes): (x: number, y: number) => number {
  const xs = Float32Array.from({ length: meshSize }, (_, i) => (mesh[3 * i] ?? 0) / factor);
  const ys = Float32Array.from({ length: meshSize }, (_, i) => (mesh[3 * i + 1] ?? 0) / factor);
  const values = Float32Array.from({ length: meshSize }, (_, i) => -(mesh[3 * i + 2] ?? 0));
  const area = areaAround(xs, ys, 1, width, height);
  const { data } = rasterizeMesh({ xs, ys, triangles: skinTriangles, values, count: 1 }, area);
  return (x, y) => {
    const column = floor(clamp(x / factor, 0, width - 1)) - area.x;
    const row = floor(clamp(y / factor, 0, height - 1)) - area.y;
    return column < 0 || column >= area.width ? Number.NaN : (data[row * area.width + column] ?? Number.NaN);
  };
}
