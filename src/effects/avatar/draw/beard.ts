import type { Point } from '../../../faces/face.ts';
import type { AvatarSpec } from '../spec.ts';
import type { Head } from './head.ts';
import { mirrored, through } from './path.ts';

/** Hair of the face as closed shapes. Stubble has the shape of a full beard and is laid on thinner. */
export function shapeBeard({ beard }: AvatarSpec, head: Head): readonly string[] {
  switch (beard) {
    case 'none':
      return [];
    case 'moustache':
      return [moustache(head)];
    case 'goatee':
      return [moustache(head), goatee(head)];
    case 'stubble':
      return [cheeks(head, 0), moustache(head)];
    case 'full':
      return [cheeks(head, 0.05), moustache(head)];
  }
}

function moustache({ nose, mouth, mouthWidth, chin }: Head): string {
  const gap = mouth - nose;
  const half: Point[] = [
    [mouthWidth * 0.3, nose + gap * 0.3],
    [mouthWidth * 0.85, nose + gap * 0.55],
    [mouthWidth * 1.22, mouth + chin * 0.035],
    [mouthWidth * 0.95, mouth - gap * 0.03],
    [mouthWidth * 0.4, mouth - gap * 0.12],
  ];
  return through([[0, nose + gap * 0.38], ...half, [0, mouth - gap * 0.2], ...mirrored(half).reverse()], true);
}

function goatee({ mouth, mouthWidth, chin }: Head): string {
  const half: Point[] = [
    [mouthWidth * 1.05, mouth + chin * 0.03],
    [mouthWidth * 1.02, mouth + (chin - mouth) * 0.6],
    [mouthWidth * 0.6, chin * 1.035],
  ];
  const inside: Point[] = [
    [mouthWidth * 0.52, mouth + chin * 0.16],
    [mouthWidth * 0.86, mouth + chin * 0.05],
  ];
  return through(
    [...half, [0, chin * 1.07], ...mirrored(half).reverse(), ...mirrored(inside).reverse(), [0, mouth + chin * 0.15], ...inside],
    true,
  );
}

/** Ear to ear along the jaw, below the lower lip. @param grow how far it stands off the jaw, in chins */
function cheeks({ jaw, mouth, mouthWidth, chin, width }: Head, grow: number): string {
  const outer: Point[] = [...jaw].reverse().map(([x, y]) => [x * (1 + grow * (y / chin)), y * (1 + grow * 1.6 * (y / chin))]);
  const half: Point[] = [[width * 0.985, -chin * 0.02], ...outer.slice(0, -1)];
  const inside: Point[] = [
    [mouthWidth * 0.6, mouth + chin * 0.155],
    [mouthWidth * 1.02, mouth + chin * 0.06],
    [mouthWidth * 1.2, mouth - chin * 0.015],
    [width * 0.58, mouth - chin * 0.08],
    [width * 0.82, chin * 0.36],
    [width * 0.9, chin * 0.12],
  ];
  const bottom: Point = outer.at(-1) ?? [0, chin];
  return through(
    [...half, [0, bottom[1]], ...mirrored(half).reverse(), ...mirrored(inside).reverse(), [0, mouth + chin * 0.17], ...inside],
    true,
  );
}
