import type { Pixels } from '../../image/pixels.ts';
import type { Grid } from './field.ts';

/** The mean colour of each square of a grid: three floats a node, 0 to 255. The squares of a grid lie inside the picture. */
export function means({ width, channels, data }: Pixels, { area, step, width: columns, height: rows }: Grid): Float32Array {
  const out = new Float32Array(columns * rows * 3);
  const share = 1 / (step * step);
  for (let j = 0, to = 0; j < rows; j++) {
    for (let i = 0; i < columns; i++, to += 3) {
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let y = 0; y < step; y++) {
        let from = ((area.y + j * step + y) * width + area.x + i * step) * channels;
        for (let x = 0; x < step; x++, from += channels) {
          red += data[from] ?? 0;
          green += data[from + 1] ?? 0;
          blue += data[from + 2] ?? 0;
        }
      }
      out[to] = red * share;
      out[to + 1] = green * share;
      out[to + 2] = blue * share;
    }
  }
  return out;
}
