import type { Pixels } from '../../image/pixels.ts';
import { crop, type Frame } from '../crop.ts';
import type { Network } from './network.ts';

/** Puts what a frame shows into a network's input, one colour after the other, in the values that it knows. */
export function place(picture: Pixels, frame: Frame, { input, side, range: [black, white] }: Network): void {
  const square = new Float32Array(input.length);
  crop(picture, frame, side, square);
  const scale = (white - black) / 255;
  const size = side * side;
  for (let i = 0; i < size; i += 1) {
    for (let colour = 0; colour < 3; colour += 1) input[colour * size + i] = (square[3 * i + colour] ?? 0) * scale + black;
  }
  square.fill(0);
}
