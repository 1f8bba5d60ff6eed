import { floats } from '../raster/scratch.ts';

const { max, min } = Math;

/**
 * Brush work on lightness: every pixel takes the mean of whichever of the four squares around it is calmest (Kuwahara et al. 1976), with soft
 * weights instead of a hard choice so that no blocks appear. Edges become crisp, skin becomes flat strokes; an enlarged photo loses its blur. The
 * four squares of a pixel are those around four others, so mean and variance are worked out once for each place.
 * @param light one float a pixel, 0 to 255
 * @param radius pixels; a square is `radius + 1` wide
 * @returns borrowed memory
 */
export function brushed(light: Float32Array, width: number, height: number, radius: number): Float32Array {
  const side = radius + 1;
  const [mean, spread] = squares(light, width, height, side);
  const out = floats('brushed', light.length);
  for (let y = 0; y < height; y++) {
    // Squares begin at their upper left corner.
    const upper = max(0, y - radius) * width;
    const lower = min(y, max(0, height - side)) * width;
    for (let x = 0, i = y * width; x < width; x++, i++) {
      const left = max(0, x - radius);
      const right = min(x, max(0, width - side));
      const wa = spread[upper + left] ?? 0;
      const wb = spread[upper + right] ?? 0;
      const wc = spread[lower + left] ?? 0;
      const wd = spread[lower + right] ?? 0;
      const sum =
        wa * (mean[upper + left] ?? 0) + wb * (mean[upper + right] ?? 0) + wc * (mean[lower + left] ?? 0) + wd * (mean[lower + right] ?? 0);
      out[i] = sum / (wa + wb + wc + wd);
    }
  }
  return out;
}

/** For each place the mean over the square that begins there, and the weight of a square of such a variance. */
function squares(light: Float32Array, width: number, height: number, side: number): readonly [Float32Array, Float32Array] {
  const mean = floats('brush mean', light.length);
  const weight = floats('brush weight', light.length);
  // One more that stays 0, so that a square at the end of a row has one to go on to: a read beyond an array costs an object each time.
  const columns = new Float32Array(width + 1);
  const columnsSquared = new Float32Array(width + 1);
  const share = 1 / (side * side);
  for (let y = 0; y < min(side, height); y++) shift(light, -1, y * width, columns, columnsSquared);
  for (let y = 0; y + side <= height; y++) {
    let sum = 0;
    let squared = 0;
    for (let x = 0; x < min(side, width); x++) {
      sum += columns[x] ?? 0;
      squared += columnsSquared[x] ?? 0;
    }
    const row = y * width;
    for (let x = 0; x + side <= width; x++) {
      const m = sum * share;
      const variance = max(0, squared * share - m * m) + 2;
      mean[row + x] = m;
      weight[row + x] = 1 / (variance * variance);
      sum += (columns[x + side] ?? 0) - (columns[x] ?? 0);
      squared += (columnsSquared[x + side] ?? 0) - (columnsSquared[x] ?? 0);
    }
    if (y + side < height) shift(light, row, row + side * width, columns, columnsSquared);
  }
  return [mean, weight];
}

/** Takes a row out of the sums over columns, if there is one (not -1), and adds another. */
function shift(light: Float32Array, out: number, into: number, columns: Float32Array, columnsSquared: Float32Array): void {
  for (let x = 0; x < columns.length - 1; x++) {
    const gone = out < 0 ? 0 : (light[out + x] ?? 0);
    const come = light[into + x] ?? 0;
    columns[x] = (columns[x] ?? 0) + come - gone;
    columnsSquared[x] = (columnsSquared[x] ?? 0) + come * come - gone * gone;
  }
}
