const { max, min } = Math;

/** One number a pixel. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/**
 * Samples a plane evenly, bilinear; beyond its edge its last pixel goes on.
 * @param scale pixels of the plane to one of the result; its first pixel's middle lies at `left`, `top` of the plane (pixel centres at 0)
 */
export function resample(plane: Plane, width: number, height: number, scale: number, left = scale / 2 - 0.5, top = scale / 2 - 0.5): Plane {
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) resampleRow(plane, top + y * scale, left, scale, data, y * width, width);
  return { width, height, data };
}

function resampleRow(
  { width, height, data }: Plane,
  row: number,
  left: number,
  scale: number,
  out: Float32Array,
  begin: number,
  count: number,
): void {
  const v = min(max(row, 0), height - 1);
  const above = (v | 0) * width;
  const below = min((v | 0) + 1, height - 1) * width;
  const dv = v - (v | 0);
  const last = width - 1;
  for (let x = 0; x < count; x++) {
    const place = left + x * scale;
    const u = place < 0 ? 0 : place > last ? last : place;
    const i = u | 0;
    const j = i < last ? i + 1 : i;
    const du = u - i;
    const upper = (data[above + i] ?? 0) * (1 - du) + (data[above + j] ?? 0) * du;
    const lower = (data[below + i] ?? 0) * (1 - du) + (data[below + j] ?? 0) * du;
    out[begin + x] = upper * (1 - dv) + lower * dv;
  }
}

/** Half the size: means of squares of two by two. */
export function halve({ width, height, data }: Plane): Plane {
  const columns = width >> 1;
  const rows = height >> 1;
  const out = new Float32Array(columns * rows);
  for (let y = 0; y < rows; y++) halveRow(data, 2 * y * width, width, out, y * columns, columns);
  return { width: columns, height: rows, data: out };
}

function halveRow(data: Float32Array, from: number, stride: number, out: Float32Array, begin: number, count: number): void {
  for (let x = 0, i = from; x < count; x++, i += 2) {
    out[begin + x] = 0.25 * ((data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + stride] ?? 0) + (data[i + stride + 1] ?? 0));
  }
}
