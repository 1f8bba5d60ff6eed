import type { Point } from '../../../faces/face.ts';
import { faceOval } from '../../../faces/topology.ts';
import type { FacePoints } from './points.ts';

const { abs, atan2, cos, floor, max, min, PI, sin, sqrt } = Math;

/** The edge of the face seen from its middle. Units of the face. */
export interface FaceEdge {
  readonly middle: Point;
  readonly halfWidth: number;
  readonly chin: number;
  /** How far the edge lies from the middle. @param angle radians, 0 to the right of the picture, -π/2 up */
  radius(angle: number): number;
  /** How far a place lies outside the edge; less than 0: inside. */
  outside(x: number, y: number): number;
  /** How far up the direction of a place points, 0 to 1. */
  up(x: number, y: number): number;
  /** The edge at a height, right (1) or left (-1) of the picture; below the jaw that of the neck. */
  side(y: number, which: 1 | -1): number;
}

const directions = 60;

export function faceEdge(points: FacePoints): FaceEdge {
  const oval = faceOval.map((index) => points(index));
  const cx = oval.reduce((sum, [x]) => sum + x, 0) / oval.length;
  const cy = oval.reduce((sum, [, y]) => sum + y, 0) / oval.length;
  const radii = Float64Array.from({ length: directions }, (_, k) => crossing(oval, cx, cy, (k / directions) * 2 * PI - PI));
  const radius = (angle: number): number => {
    const at = ((angle + PI) / (2 * PI)) * directions;
    const low = floor(at);
    const [a, b] = [radii[low % directions] ?? 0, radii[(low + 1) % directions] ?? 0];
    return a + (b - a) * (at - low);
  };
  const away = (x: number, y: number): number => sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy));
  const halfWidth = (radius(0) + radius(-PI)) / 2;
  const chin = max(...oval.map(([, y]) => y));
  return {
    middle: [cx, cy],
    halfWidth,
    chin,
    radius,
    outside: (x, y) => away(x, y) - radius(atan2(y - cy, x - cx)),
    up: (x, y) => max(0, (cy - y) / (away(x, y) || 1)),
    side(y, which) {
      const height = min(y, chin * 0.8);
      let edge = cx + which * halfWidth * 0.6;
      oval.forEach(([x0, y0], i) => {
        const [x1, y1] = oval[(i + 1) % oval.length] ?? [x0, y0];
        if (y0 > height === y1 > height) return;
        const x = x0 + ((height - y0) * (x1 - x0)) / (y1 - y0);
        if ((x - cx) * which > 0) edge = x;
      });
      return edge;
    },
  };
}

/** How far from the middle a ray leaves the oval. */
function crossing(oval: readonly Point[], cx: number, cy: number, angle: number): number {
  const [dx, dy] = [cos(angle), sin(angle)];
  let far = 0;
  oval.forEach(([x0, y0], i) => {
    const [x1, y1] = oval[(i + 1) % oval.length] ?? [x0, y0];
    const [ex, ey] = [x1 - x0, y1 - y0];
    const d = dx * ey - dy * ex;
    if (abs(d) < 1e-9) return;
    const t = ((x0 - cx) * ey - (y0 - cy) * ex) / d;
    const s = ((x0 - cx) * dy - (y0 - cy) * dx) / d;
    if (s >= 0 && s <= 1 && t > far) far = t;
  });
  return far;
}
