import type { Face, Point } from '../faces/face.ts';
import { meshOf } from '../faces/mesh.ts';
import { headOf } from './head.ts';
import type { Frame } from './raster/mosaic.ts';
import { skullPoints } from './skull.ts';

const { atan2, cos, hypot, max, min, sin } = Math;

/** The whole head, hair and ears included, as an ellipse that follows the roll. */
export interface HeadEllipse extends Frame {
  /** From half axes, upright with the head, to the picture. */
  toPicture(x: number, y: number): Point;
}

/** Hair over the skull, in parts of the skull. */
const hair = 1.14;

/** What is left between the ellipse and the outermost point of the head. */
const margin = 1.04;

/**
 * A generous ellipse around a head however it is turned: the skull with its hair, the face, and the box of the detector, which holds where the mesh
 * of a bad photo goes wrong.
 */
export function headEllipse(face: Face): HeadEllipse {
  const mesh = meshOf(face);
  const head = headOf(mesh);
  const roll = atan2(head.turn[1][0], head.turn[0][0]);
  const [c, s] = [cos(roll), sin(roll)];
  const points: Point[] = skullPoints(head, hair).map(([x, y]): Point => [x, y]);
  for (let i = 0; i < mesh.length; i += 3) points.push([mesh[i] ?? 0, mesh[i + 1] ?? 0]);
  const { x, y, width, height } = face.box;
  points.push(...face.landmarks, [x, y + height / 2], [x + width, y + height / 2], [x + width / 2, y], [x + width / 2, y + height]);
  const upright = points.map(([px, py]): Point => [px * c + py * s, py * c - px * s]);
  let left = Infinity;
  let top = Infinity;
  let right = -Infinity;
  let bottom = -Infinity;
  for (const [u, v] of upright) {
    left = min(left, u);
    right = max(right, u);
    top = min(top, v);
    bottom = max(bottom, v);
  }
  const [cu, cv] = [(left + right) / 2, (top + bottom) / 2];
  const [halfU, halfV] = [max(1, (right - left) / 2), max(1, (bottom - top) / 2)];
  // The box's half axes hold the outermost points of its sides but not those near its corners: both grow until all are inside.
  const grown = margin * upright.reduce((most, [u, v]) => max(most, hypot((u - cu) / halfU, (v - cv) / halfV)), 1);
  const [cx, cy] = [cu * c - cv * s, cu * s + cv * c];
  const [halfWidth, halfHeight] = [halfU * grown, halfV * grown];
  return {
    x: cx,
    y: cy,
    halfWidth,
    halfHeight,
    cos: c,
    sin: s,
    toPicture: (u, v) => [cx + c * u * halfWidth - s * v * halfHeight, cy + s * u * halfWidth + c * v * halfHeight],
  };
}

/** The smallest circle of the same kind around an ellipse: for a cover that is round. */
export function roundHead(head: HeadEllipse): HeadEllipse {
  const half = max(head.halfWidth, head.halfHeight);
  const { x, y, cos: c, sin: s } = head;
  return { ...head, halfWidth: half, halfHeight: half, toPicture: (u, v) => [x + half * (c * u - s * v), y + half * (s * u + c * v)] };
}
