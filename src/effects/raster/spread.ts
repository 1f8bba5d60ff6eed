const { max, min } = Math;

/**
 * The mean over a square around every pixel, by rows and then by columns; the cost does not depend on the radius. Both passes run along the
 * rows, because memory is read that way.
 * @param data one float a pixel
 */
export function spread(data: Float32Array, width: number, height: number, radius: number): Float32Array {
  return alongColumns(alongRows(data, width, height, radius), width, height, radius);
}

function alongRows(data: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < min(radius, width); x++) sum += data[start + x] ?? 0;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[start + x + radius] ?? 0;
      if (x > radius) sum -= data[start + x - radius - 1] ?? 0;
      out[start + x] = sum / (min(width - 1, x + radius) - max(0, x - radius) + 1);
    }
  }
  return out;
}

function alongColumns(data: Float32Array, width: number, height: number, radius: number): Float32Array {
  const out = new Float32Array(data.length);
  const sums = new Float64Array(width);
  for (let y = 0; y < min(radius, height); y++) {
    for (let x = 0, at = y * width; x < width; x++, at++) sums[x] = (sums[x] ?? 0) + (data[at] ?? 0);
  }
  for (let y = 0; y < height; y++) {
    const add = (y + radius) * width;
    const remove = (y - radius - 1) * width;
    if (y + radius < height) for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + (data[add + x] ?? 0);
    if (remove >= 0) for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) - (data[remove + x] ?? 0);
    const share = 1 / (min(height - 1, y + radius) - max(0, y - radius) + 1);
    for (let x = 0, at = y * width; x < width; x++, at++) out[at] = (sums[x] ?? 0) * share;
  }
  return out;
}
