const { max, min } = Math;

/**
 * The mean over a square around every pixel, by rows and then by columns; the cost does not depend on the radius.
 * @param data one float a pixel
 */
export function spread(data: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = slide(data, width, height, 1, width, radius);
  return slide(rows, height, width, width, 1, radius);
}

/** Sliding mean along one direction; `step` is the distance of neighbours, `stride` that of lines. */
function slide(data: Float32Array, length: number, lines: number, step: number, stride: number, radius: number): Float32Array {
  const out = new Float32Array(data.length);
  for (let line = 0; line < lines; line++) {
    const start = line * stride;
    let sum = 0;
    for (let i = 0; i < min(radius, length); i++) sum += data[start + i * step] ?? 0;
    for (let i = 0; i < length; i++) {
      if (i + radius < length) sum += data[start + (i + radius) * step] ?? 0;
      if (i - radius > 0) sum -= data[start + (i - radius - 1) * step] ?? 0;
      out[start + i * step] = sum / (min(length - 1, i + radius) - max(0, i - radius) + 1);
    }
  }
  return out;
}
