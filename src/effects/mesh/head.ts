import { leftEyeTriangles, mouthTriangles, rightEyeTriangles, skinTriangles } from '../../faces/mean-face.ts';
import { meshPoint, meshSize } from '../../faces/mesh.ts';
import { chin, faceOval } from '../../faces/topology.ts';
import { quickTurn } from '../raster/angle.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { areaAround, smoothstep } from '../raster/picture.ts';
import { coverage, curve } from '../raster/shapes.ts';
import { soften } from '../raster/soften.ts';
import { stamp } from '../toon/face.ts';
import type { Stage } from './stage.ts';

const { hypot, max, min, round, sqrt } = Math;

/** The form of a head: the face as its mesh says, the rest of it as a smooth continuation of the face's own edge. */
export interface HeadForm {
  /** How far each pixel stands out of the sides of the face, pixels of the stage; 0 where no head is. */
  readonly depth: Float32Array;
  /** 1 inside the face, soft at its edge. */
  readonly inside: Float32Array;
  /** 1 where a head of usual hair and a neck would be, soft at its edge: for what a photo does not show. */
  readonly usual: Float32Array;
  /** 1 where a person can be at all: the head, and everything below the chin. Elsewhere a wall may look like hair. */
  readonly possible: Float32Array;
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
  const form: HeadForm = continued(stage, edgeOf(mesh, values));
  const { depth, inside } = form;
  const area = areaAround(xs, ys, 0.06 * length, width, height);
  const field = rasterizeMesh({ xs, ys, triangles: allTriangles, values, count: 1 }, area);
  const oval = faceOval.map((index) => meshPoint(mesh, index));
  const inner = new Float32Array(area.width * area.height);
  stamp(inner, area, coverage(curve(oval, true), width, height));
  const local = field.data;
  for (let y = 0, i = 0; y < area.height; y++) {
    for (let x = 0, at = (area.y + y) * width + area.x; x < area.width; x++, i++, at++) {
      if (Number.isNaN(local[i] ?? 0)) local[i] = depth[at] ?? 0;
    }
  }
  // Facets of the mesh are not facets of the face.
  soften(local, area.width, area.height, 0.012 * length);
  soften(inner, area.width, area.height, 0.03 * length);
  for (let y = 0, i = 0; y < area.height; y++) {
    for (let x = 0, at = (area.y + y) * width + area.x; x < area.width; x++, i++, at++) {
      const share = smoothstep(0.35, 0.9, inner[i] ?? 0);
      inside[at] = share;
      depth[at] = (depth[at] ?? 0) + share * ((local[i] ?? 0) - (depth[at] ?? 0));
    }
  }
  return form;
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
    const before = values[faceOval[i] ?? 0] ?? 0;
    const after = values[faceOval[(i + 1) % faceOval.length] ?? 0] ?? 0;
    for (let step = 0; step < 12; step++) {
      const t = step / 12;
      const [px, py] = [from[0] + t * (to[0] - from[0]) - x, from[1] + t * (to[1] - from[1]) - y];
      const turn = round(quickTurn(px, py) * turns) % turns;
      radius[turn] = (radius[turn] ?? 0) + hypot(px, py);
      depth[turn] = (depth[turn] ?? 0) + before + t * (after - before);
      weight[turn] = (weight[turn] ?? 0) + 1;
    }
  });
  return { x, y, radius: meansAround(radius, weight), depth: meansAround(depth, weight) };
}

/** Each direction's mean over its own sums and those of its neighbours, which also fills directions that have none. */
function meansAround(sums: Float32Array, weights: Float32Array): Float32Array {
  return sums.map((_, i) => {
    let [sum, weight] = [0, 0];
    for (let k = -4; k <= 4; k++) {
      const turn = (i + k + turns) % turns;
      sum += sums[turn] ?? 0;
      weight += weights[turn] ?? 0;
    }
    return sum / max(1, weight);
  });
}

/** From the edge of the face the head goes on outwards, rounding off to nothing; below the chin there is only a neck, much deeper. */
function continued({ width, height, length, mesh }: Stage, edge: Edge): HeadForm {
  const plane = (): Float32Array => new Float32Array(width * height);
  const form: HeadForm = { depth: plane(), inside: plane(), usual: plane(), possible: plane() };
  const [, neck] = meshPoint(mesh, chin);
  for (let y = 0; y < height; y++) continueRow(form, edge, y, width, length, smoothstep(-0.2, 0.1, (y - neck) / length));
  return form;
}

function continueRow({ depth, usual, possible }: HeadForm, edge: Edge, y: number, width: number, length: number, body: number): void {
  const dy = y + 0.5 - edge.y;
  for (let x = 0, i = y * width; x < width; x++, i++) {
    const dx = x + 0.5 - edge.x;
    const far = sqrt(dx * dx + dy * dy);
    possible[i] = body;
    if (far > 1.6 * length) continue;
    const angle = quickTurn(dx, dy) * turns;
    const turn = (angle | 0) % turns;
    const next = (turn + 1) % turns;
    const t = angle - (angle | 0);
    const radius = (edge.radius[turn] ?? 0) * (1 - t) + (edge.radius[next] ?? 0) * t;
    const level = (edge.depth[turn] ?? 0) * (1 - t) + (edge.depth[next] ?? 0) * t;
    const down = smoothstep(0.3, 0.9, dy / max(1, far));
    const beyond = min(1, max(0, far - radius) / ((0.72 - 0.45 * down) * length));
    depth[i] = level * (1 - smoothstep(0, 1, beyond));
    usual[i] = 1 - smoothstep(0.15, 0.5, beyond);
    possible[i] = max(body, 1 - smoothstep(0.4, 0.8, beyond));
  }
}
