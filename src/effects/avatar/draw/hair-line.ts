import type { Point } from '../../../faces/face.ts';
import type { AvatarSpec } from '../spec.ts';
import type { Head } from './head.ts';
import { mirrored } from './path.ts';

/** Where hair ends on the face, right to left. */
export function edgeOnFace(fringe: AvatarSpec['hair']['fringe'], head: Head): Point[] {
  const { width: w, crown: c } = head;
  const temple: Point = [w * 0.945, -c * 0.1];
  switch (fringe) {
    case 'back':
      return bareEdge(head);
    case 'centre': {
      const half: Point[] = [temple, [w * 0.89, -c * 0.3], [w * 0.66, -c * 0.55], [w * 0.3, -c * 0.74], [w * 0.02, -c * 0.86]];
      return [...half, ...mirrored(half).reverse()];
    }
    case 'right':
    case 'left': {
      const edge: Point[] = [
        temple,
        [w * 0.92, -c * 0.32],
        [w * 0.76, -c * 0.56],
        [w * 0.46, -c * 0.83],
        [w * 0.1, -c * 0.72],
        [-w * 0.4, -c * 0.6],
        [-w * 0.78, -c * 0.4],
        [-w * 0.93, -c * 0.14],
      ];
      return fringe === 'right' ? edge : mirrored(edge).reverse();
    }
    case 'full': {
      const low = -c * 0.315;
      return [
        temple,
        [w * 0.9, -c * 0.22],
        [w * 0.8, low],
        [w * 0.42, low - c * 0.045],
        [w * 0.1, low - c * 0.02],
        [-w * 0.3, low - c * 0.05],
        [-w * 0.8, low],
        [-w * 0.9, -c * 0.22],
        [-w * 0.945, -c * 0.1],
      ];
    }
  }
}

/** The hair line of a head whose hair is combed back or cropped, right to left. */
function bareEdge({ width, crown }: Head): Point[] {
  const half: Point[] = [
    [width * 0.955, -crown * 0.12],
    [width * 0.9, -crown * 0.34],
    [width * 0.8, -crown * 0.56],
    [width * 0.55, -crown * 0.72],
  ];
  return [...half, [0, -crown * 0.745], ...mirrored(half).reverse()];
}
