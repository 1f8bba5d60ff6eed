import type { Head } from '../head.ts';
import { smoothstep } from '../raster/picture.ts';

const { hypot } = Math;

/** Half axes of a face and its middle on the upright head, head units. */
const half = [1.15, 1.4] as const;
const middle = [0, 0.4, 0.1] as const;

/**
 * Whose a place in the picture is where two people stand close: 1 where it belongs to this face, 0 where to another one's, smooth between. Two
 * neighbours never warp the same pixel.
 */
export function apart(own: Head, others: readonly Head[]): (x: number, y: number) => number {
  if (others.length === 0) return () => 1;
  const mine = distanceFrom(own);
  const theirs = others.map(distanceFrom);
  return (x, y) => {
    const here = mine(x, y);
    let share = 1;
    for (const distance of theirs) share *= smoothstep(0, 0.6, distance(x, y) - here);
    return share;
  };
}

/** Distance from the middle of a face, 1 at its edge. */
function distanceFrom({ scale, turn, project }: Head): (x: number, y: number) => number {
  const [cx, cy] = project(middle);
  const length = hypot(turn[0][0], turn[1][0]) || 1;
  const [cos, sin] = [turn[0][0] / length, turn[1][0] / length];
  return (x, y) => {
    const [u, v] = [(x - cx) / scale, (y - cy) / scale];
    return hypot((u * cos + v * sin) / half[0], (v * cos - u * sin) / half[1]);
  };
}
