import { skinTriangles } from '../faces/mean-face.ts';
import type { Head, HeadPoint } from './head.ts';
import { addDepth, type DepthMap, emptyDepth, type Solid } from './raster/depth.ts';
import type { Area } from './raster/picture.ts';
import { skinOf } from './skin.ts';

const { cos, PI, sin } = Math;

/**
 * The head without its hair as an ellipsoid, head units: 152 mm wide, 195 mm from brow to nape, the crown 118 mm above the eyes (means of
 * adults after NASA-STD-3000, with 63 mm between the pupils).
 */
const centre: HeadPoint = [0, -0.45, -1.32];
const half: HeadPoint = [1.2, 1.42, 1.52];

const columns = 24;
const rows = 12;

const ball: readonly HeadPoint[] = Array.from({ length: (columns + 1) * (rows + 1) }, (_, i) => {
  const around = ((i % (columns + 1)) / columns) * 2 * PI;
  const down = (Math.floor(i / (columns + 1)) / rows) * PI;
  return [centre[0] + half[0] * sin(down) * sin(around), centre[1] - half[1] * cos(down), centre[2] + half[2] * sin(down) * cos(around)];
});

const ballTriangles: Uint16Array = Uint16Array.from(
  Array.from({ length: columns * rows }, (_, i) => {
    const a = Math.floor(i / columns) * (columns + 1) + (i % columns);
    const c = a + columns + 1;
    return [a, a + 1, c, a + 1, c + 1, c];
  }).flat(),
);

/** Points all over the skull, in the picture. @param size 1 is the skull itself, more is what grows on it */
export function skullPoints(head: Head, size: number): readonly HeadPoint[] {
  const grown = (k: 0 | 1 | 2, point: HeadPoint): number => centre[k] + size * (point[k] - centre[k]);
  return ball.map((point) => head.project([grown(0, point), grown(1, point), grown(2, point)]));
}

/** What of a head can hide things: the skull and the face. @param step pixels to a cell */
export function headDepth(mesh: Float32Array, head: Head, area: Area, step: number): DepthMap {
  const map = emptyDepth(area, step);
  addDepth(map, projected(ball, ballTriangles, head));
  addDepth(map, { ...skinOf(mesh, head, -0.04), triangles: skinTriangles });
  return map;
}

function projected(points: readonly HeadPoint[], triangles: Uint16Array, head: Head): Solid {
  const xs = new Float32Array(points.length);
  const ys = new Float32Array(points.length);
  const zs = new Float32Array(points.length);
  points.forEach((point, i) => {
    const [x, y, z] = head.project(point);
    xs[i] = x;
    ys[i] = y;
    zs[i] = z;
  });
  return { xs, ys, zs, triangles };
}
