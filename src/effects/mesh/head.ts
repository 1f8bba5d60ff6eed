import { leftEyeTriangles, mouthTriangles, rightEyeTriangles, skinTriangles } from '../../faces/mean-face.ts';
import { meshPoint, meshSize } from '../../faces/mesh.ts';
import { faceOval } from '../../faces/topology.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { areaAround, smoothstep } from '../raster/picture.ts';
import { coverage, curve } from '../raster/shapes.ts';
import { soften } from '../raster/soften.ts';
import type { Stage } from './stage.ts';

const { atan2, cos, hypot, max, min, PI, round } = Math;

/** The form of a head: the face as its mesh says, the rest of it as a smooth continuation of the face's own edge. */
export interface HeadForm {
  /** How far each pixel stands out of the sides of the face, pixels of the stage; 0 where no head is. */
  readonly depth: Float32Array;
  /** 1 inside the face, soft at its edge. */
  readonly inside: Float32Array;
  /** 1 where a head of usual hair and a neck would be, soft at its edge: for what a photo does not show. */
  readonly usual: Float32Array;
}

const allTriangles = Uint16Array.of(...skinTriangles, ...mouthTriangles, ...leftEyeTriangles, ...rightEyeTriangles);

/** Directions in which the edge of the face is known. */
const turns = 128;

export function headForm(stage: Stage): HeadForm {
  const { width, height, mesh, length } = stage;
  const xs = Float32Array.from({ length: meshSize }, (_, i) => mesh[3 * i] ?? 0);
  const ys = Float32Array.from({ length: meshSize }, (_, i) => mesh[3 * i + 1] ?? 0);
  // The sides of the face, by the ears, lie deepest; everything is measured from there.
  const deepest = max(...faceOval.map((index) => mesh[3 * index + 2] ?? 0));
  const values = Float32Array.from({ length: meshSize }, (_, i) => deepest - (mesh[3 * i + 2] ?? 0));
  const edge = edgeOf(mesh, values);
  const { depth, usual } = continued(stage, edge);
  const area = areaAround(xs, ys, 0.06 * length, width, height);
  const field = rasterizeMesh({ xs, ys, triangles: allTriangles, values, count: 1 }, area);
  const inner = new Float32Array(area.width * area.height);
  const local = new Float32Array(inner.length);
  const rim = coverage(
    curve(
      faceOval.map((index) => meshPoint(mesh, index)),
      true,
    ),
    width,
    height,
  );
  for (let y = 0; y < rim.area.height; y++) {
    const row = (rim.area.y + y - area.y) * area.width + rim.area.x - area.x;
    for (let x = 0; x < rim.area.width; x++) inner[row + x] = (rim.data[y * rim.area.width + x] ?? 0) / 255;
  }
  for (let y = 0, i = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++, i++) {
      const found = field.data[i] ?? Number.NaN;
      local[i] = Number.isNaN(found) ? (depth[(area.y + y) * width + area.x + x] ?? 0) : found;
    }
  }
  // Facets of the mesh are not facets of the face.
  soften(local, area.width, area.height, 0.012 * length);
  soften(inner, area.width, area.height, 0.03 * length);
  const inside = new Float32Array(width * height);
  for (let y = 0, i = 0; y < area.height; y++) {
    const row = (area.y + y) * width + area.x;
    for (let x = 0; x < area.width; x++, i++) {
      const share = smoothstep(0.35, 0.9, inner[i] ?? 0);
      inside[row + x] = share;
      depth[row + x] = (depth[row + x] ?? 0) + share * ((local[i] ?? 0) - (depth[row + x] ?? 0));
    }
  }
  return { depth, inside, usual };
}

interface Edge {
  readonly x: number;
  readonly y: number;
  /** Distance from the middle and depth of the edge, for each direction. */
  readonly radius: Float32Array;
  readonly depth: Float32Array;
}

/** The edge of the face as seen from its middle. */
function edgeOf(mesh: Float32Array, values: Float32Array): Edge {
  const points = faceOval.map((index) => meshPoint(mesh, index));
  const x = points.reduce((sum, point) => sum + point[0], 0) / points.length;
  const y = points.reduce((sum, point) => sum + point[1], 0) / points.length;
  const radius = new Float32Array(turns);
  const depth = new Float32Array(turns);
  const weight = new Float32Array(turns);
  points.forEach((from, i) => {
    const to = points[(i + 1) % points.length] ?? from;
    const [za, zb] = [values[faceOval[i] ?? 0] ?? 0, values[faceOval[(i + 1) % faceOval.length] ?? 0] ?? 0];
    for (let step = 0; step < 12; step++) {
      const t = step / 12;
      const [px, py] = [from[0] + t * (to[0] - from[0]) - x, from[1] + t * (to[1] - from[1]) - y];
      const turn = (round((atan2(py, px) / (2 * PI)) * turns) + turns) % turns;
      radius[turn] = (radius[turn] ?? 0) + hypot(px, py);
      depth[turn] = (depth[turn] ?? 0) + za + t * (zb - za);
      weight[turn] = (weight[turn] ?? 0) + 1;
    }
  });
  for (let i = 0, last = 0; i < 2 * turns; i++) {
    const turn = i % turns;
    if (i < turns && (weight[turn] ?? 0) > 0) {
      radius[turn] = (radius[turn] ?? 0) / (weight[turn] ?? 1);
      depth[turn] = (depth[turn] ?? 0) / (weight[turn] ?? 1);
      weight[turn] = 1;
    }
    if ((weight[turn] ?? 0) > 0) last = turn;
    else [radius[turn], depth[turn]] = [radius[last] ?? 0, depth[last] ?? 0];
  }
  return { x, y, radius: rounded(radius), depth: rounded(depth) };
}

/** Each direction's mean with its neighbours. */
function rounded(ring: Float32Array): Float32Array {
  return ring.map((_, i) => {
    let sum = 0;
    for (let k = -4; k <= 4; k++) sum += ring[(i + k + turns) % turns] ?? 0;
    return sum / 9;
  });
}

/** From the edge of the face the head goes on outwards, rounding off to nothing; below the chin there is only a neck, much deeper. */
function continued({ width, height, length }: Stage, edge: Edge): { depth: Float32Array; usual: Float32Array } {
  const out = new Float32Array(width * height);
  const usual = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [dx, dy] = [x + 0.5 - edge.x, y + 0.5 - edge.y];
      const angle = (atan2(dy, dx) / (2 * PI)) * turns + turns;
      const turn = (angle | 0) % turns;
      const next = (turn + 1) % turns;
      const t = angle - (angle | 0);
      const radius = (edge.radius[turn] ?? 0) * (1 - t) + (edge.radius[next] ?? 0) * t;
      const depth = (edge.depth[turn] ?? 0) * (1 - t) + (edge.depth[next] ?? 0) * t;
      const far = hypot(dx, dy);
      const down = smoothstep(0.3, 0.9, dy / max(1, far));
      const beyond = min(1, max(0, far - radius) / ((0.72 - 0.45 * down) * length));
      out[i] = depth * (0.5 + 0.5 * cos(PI * beyond));
      usual[i] = 1 - smoothstep(0.15, 0.5, beyond);
    }
  }
  return { depth: out, usual };
}
