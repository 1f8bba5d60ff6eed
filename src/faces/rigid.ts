/**
 * The rotation that brings one cloud of points nearest to another, by least squares, whatever their places and sizes (Horn 1987,
 * doi:10.1364/JOSAA.4.000629): the quaternion of the best rotation is the largest eigenvector of a matrix of 4 × 4.
 * @param from @param to three numbers a point
 * @param indices the points that count
 * @returns the rotation's nine numbers, row by row
 */
export function rotationBetween(from: Float32Array, to: Float32Array, indices: readonly number[]): Float64Array {
  const [a, b] = [middle(from, indices), middle(to, indices)];
  // How much each axis of the one goes with each axis of the other.
  const s = new Float64Array(9);
  for (const index of indices) {
    for (let i = 0; i < 3; i += 1) {
      const p = (from[3 * index + i] ?? 0) - (a[i] ?? 0);
      for (let j = 0; j < 3; j += 1) s[3 * i + j] = (s[3 * i + j] ?? 0) + p * ((to[3 * index + j] ?? 0) - (b[j] ?? 0));
    }
  }
  const [xx = 0, xy = 0, xz = 0, yx = 0, yy = 0, yz = 0, zx = 0, zy = 0, zz = 0] = s;
  return matrixOf(
    largestEigenvector([
      [xx + yy + zz, yz - zy, zx - xz, xy - yx],
      [yz - zy, xx - yy - zz, xy + yx, zx + xz],
      [zx - xz, xy + yx, yy - xx - zz, yz + zy],
      [xy - yx, zx + xz, yz + zy, zz - xx - yy],
    ]),
  );
}

function middle(points: Float32Array, indices: readonly number[]): Float64Array {
  const sum = new Float64Array(3);
  for (const index of indices) for (let i = 0; i < 3; i += 1) sum[i] = (sum[i] ?? 0) + (points[3 * index + i] ?? 0) / indices.length;
  return sum;
}

type Row = readonly [number, number, number, number];

/** Squared so often, a symmetric matrix is its largest eigenvector over and over. */
const squarings = 24;

/** Shifted by the most that an eigenvalue can be, so that the largest is also the largest in size; then squared until nothing else is left of it. */
function largestEigenvector(rows: readonly Row[]): Row {
  const bound = Math.max(...rows.map((row) => row.reduce((sum, value) => sum + Math.abs(value), 0)));
  let matrix = Float64Array.from(rows.flatMap((row, i) => row.map((value, j) => (i === j ? value + bound : value))));
  for (let n = 0; n < squarings; n += 1) matrix = squared(matrix);
  // Every column is a multiple of it; the longest has lost least.
  const columns = [0, 1, 2, 3].map((j): Row => [matrix[j] ?? 0, matrix[4 + j] ?? 0, matrix[8 + j] ?? 0, matrix[12 + j] ?? 0]);
  const [longest = [1, 0, 0, 0]] = columns.sort((a, b) => Math.hypot(...b) - Math.hypot(...a));
  const length = Math.hypot(...longest) || 1;
  return [longest[0] / length, longest[1] / length, longest[2] / length, longest[3] / length];
}

/** The square of a matrix of 4 × 4, brought to size 1. */
function squared(m: Float64Array): Float64Array<ArrayBuffer> {
  const out = new Float64Array(16);
  for (let i = 0; i < 4; i += 1) {
    for (let j = 0; j < 4; j += 1) {
      let sum = 0;
      for (let k = 0; k < 4; k += 1) sum += (m[4 * i + k] ?? 0) * (m[4 * k + j] ?? 0);
      out[4 * i + j] = sum;
    }
  }
  const size = Math.max(...out.map(Math.abs)) || 1;
  return out.map((value) => value / size);
}

function matrixOf([w, x, y, z]: Row): Float64Array {
  return Float64Array.of(
    1 - 2 * (y * y + z * z),
    2 * (x * y - w * z),
    2 * (x * z + w * y),
    2 * (x * y + w * z),
    1 - 2 * (x * x + z * z),
    2 * (y * z - w * x),
    2 * (x * z - w * y),
    2 * (y * z + w * x),
    1 - 2 * (x * x + y * y),
  );
}
