const { hypot, max, min, sqrt } = Math;
const { isNaN: missing } = Number;

/** A displacement for each node of a grid. */
export interface Displacement {
  readonly dx: Float32Array;
  readonly dy: Float32Array;
}

/**
 * Carries a displacement on beyond the face: each node outside takes what its nearest node inside has, less of it the farther it lies away; then all
 * is smoothed, so that no line through it shows a corner.
 * @param data two numbers a node, NaN where there is no face
 * @param reach nodes over which it fades to nothing
 * @param least what is shorter than this is nothing, so that far pixels keep their bytes
 */
export function settle(data: Float32Array, width: number, height: number, reach: number, least: number): Displacement {
  const { nearest, squared } = nearestInside(data, width, height);
  const dx = new Float32Array(width * height);
  const dy = new Float32Array(width * height);
  for (let i = 0; i < nearest.length; i++) {
    const from = nearest[i] ?? -1;
    const t = max(0, 1 - sqrt(squared[i] ?? 0) / reach);
    if (from < 0 || t === 0) continue;
    const share = t * t * (3 - 2 * t);
    dx[i] = (data[2 * from] ?? 0) * share;
    dy[i] = (data[2 * from + 1] ?? 0) * share;
  }
  for (const plane of [dx, dy]) {
    smooth(plane, width, height);
  }
  for (let i = 0; i < dx.length; i++) {
    const length = hypot(dx[i] ?? 0, dy[i] ?? 0);
    const share = length > least ? 1 - least / length : 0;
    dx[i] = (dx[i] ?? 0) * share;
    dy[i] = (dy[i] ?? 0) * share;
  }
  return { dx, dy };
}

/**
 * The nearest node with a value for each node, and the square of its distance: sweeps down and up the grid hand it on from neighbour to neighbour
 * (Danielsson, Euclidean distance mapping, Computer Graphics and Image Processing 14, 1980).
 */
function nearestInside(
  data: Float32Array,
  width: number,
  height: number,
): { readonly nearest: Int32Array; readonly squared: Float32Array } {
  const nearest = new Int32Array(width * height).fill(-1);
  const squared = new Float32Array(width * height).fill(Number.POSITIVE_INFINITY);
  for (let i = 0; i < nearest.length; i++) {
    if (missing(data[2 * i] ?? Number.NaN)) continue;
    nearest[i] = i;
    squared[i] = 0;
  }
  const ask = (x: number, y: number, u: number, v: number): void => {
    if (u < 0 || v < 0 || u >= width || v >= height) return;
    const from = nearest[v * width + u] ?? -1;
    if (from < 0) return;
    const row = (from / width) | 0;
    const away = (x - (from - row * width)) ** 2 + (y - row) ** 2;
    if (away >= (squared[y * width + x] ?? 0)) return;
    squared[y * width + x] = away;
    nearest[y * width + x] = from;
  };
  for (const down of [1, -1]) {
    for (let n = 0; n < height; n++) {
      const y = down > 0 ? n : height - 1 - n;
      for (let x = 0; x < width; x++) {
        for (let u = x - 1; u <= x + 1; u++) ask(x, y, u, y - down);
        ask(x, y, x - 1, y);
      }
      for (let x = width - 2; x >= 0; x--) ask(x, y, x + 1, y);
    }
  }
  return { nearest, squared };
}

/** Each node becomes the weighted mean of the nine around it (1 2 1 both ways). */
function smooth(plane: Float32Array, width: number, height: number): void {
  const copy = plane.slice();
  for (let y = 0; y < height; y++) {
    const above = max(0, y - 1) * width;
    const row = y * width;
    const below = min(height - 1, y + 1) * width;
    for (let x = 0; x < width; x++) {
      const left = max(0, x - 1);
      const right = min(width - 1, x + 1);
      plane[row + x] =
        ((copy[above + left] ?? 0) +
          2 * (copy[above + x] ?? 0) +
          (copy[above + right] ?? 0) +
          2 * ((copy[row + left] ?? 0) + 2 * (copy[row + x] ?? 0) + (copy[row + right] ?? 0)) +
          (copy[below + left] ?? 0) +
          2 * (copy[below + x] ?? 0) +
          (copy[below + right] ?? 0)) /
        16;
    }
  }
}
