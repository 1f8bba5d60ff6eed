const { atan2, cos, hypot, max, sin } = Math;

/**
 * The similarity in space that lays one mesh on another: rotation, one scale, shift, least squares over some of the points (Umeyama, PAMI 13, 1991,
 * doi:10.1109/34.88573). The rotation is the orthogonal polar factor of the covariance, by Newton's iteration (Higham 1986, doi:10.1137/0907079).
 * So a head that is turned in its photo comes to look where the other one looks.
 * @param slack radians by which it may go on looking past that: what is not turned is not guessed
 */
export function laidOn(from: Float32Array, to: Float32Array, over: readonly number[], slack: number): Float32Array {
  const [fx, fy, fz] = middle(from, over);
  const [tx, ty, tz] = middle(to, over);
  const covariance = new Float64Array(9);
  let spread = 0;
  for (const i of over) {
    const p = [(from[3 * i] ?? 0) - fx, (from[3 * i + 1] ?? 0) - fy, (from[3 * i + 2] ?? 0) - fz] as const;
    const q = [(to[3 * i] ?? 0) - tx, (to[3 * i + 1] ?? 0) - ty, (to[3 * i + 2] ?? 0) - tz] as const;
    spread += p[0] * p[0] + p[1] * p[1] + p[2] * p[2];
    for (let row = 0; row < 3; row++) {
      for (let column = 0; column < 3; column++) {
        covariance[3 * row + column] = (covariance[3 * row + column] ?? 0) + (q[row] ?? 0) * (p[column] ?? 0);
      }
    }
  }
  const turn = lessTilted(rotationIn(covariance), slack);
  let match = 0;
  for (let i = 0; i < 9; i++) match += (turn[i] ?? 0) * (covariance[i] ?? 0);
  const scale = match / (spread || 1);
  const [a = 1, b = 0, c = 0, d = 0, e = 1, f = 0, g = 0, h = 0, k = 1] = turn;
  const out = new Float32Array(from.length);
  for (let i = 0; i < from.length; i += 3) {
    const x = (from[i] ?? 0) - fx;
    const y = (from[i + 1] ?? 0) - fy;
    const z = (from[i + 2] ?? 0) - fz;
    out[i] = tx + scale * (a * x + b * y + c * z);
    out[i + 1] = ty + scale * (d * x + e * y + f * z);
    out[i + 2] = tz + scale * (g * x + h * y + k * z);
  }
  return out;
}

function middle(mesh: Float32Array, over: readonly number[]): readonly [number, number, number] {
  let [x, y, z] = [0, 0, 0];
  for (const i of over) {
    x += (mesh[3 * i] ?? 0) / over.length;
    y += (mesh[3 * i + 1] ?? 0) / over.length;
    z += (mesh[3 * i + 2] ?? 0) / over.length;
  }
  return [x, y, z];
}

/** The rotation nearest to a matrix (row by row): the mean of it and its inverse transpose, again and again. */
function rotationIn(matrix: Float64Array): Float64Array {
  let turn = matrix;
  for (let round = 0; round < 12; round++) {
    const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, k = 0] = turn;
    const cofactors = [
      e * k - f * h,
      f * g - d * k,
      d * h - e * g,
      c * h - b * k,
      a * k - c * g,
      b * g - a * h,
      b * f - c * e,
      c * d - a * f,
      a * e - b * d,
    ];
    const determinant = a * (cofactors[0] ?? 0) + b * (cofactors[1] ?? 0) + c * (cofactors[2] ?? 0);
    // A determinant near nought is a face without depth: what has been found so far is as good as it gets.
    if (!(Math.abs(determinant) > 1e-12)) return turn;
    const size = Math.cbrt(Math.abs(determinant));
    turn = turn.map((value, i) => 0.5 * (value / size + ((cofactors[i] ?? 0) * size) / determinant));
  }
  return turn;
}

/** The same turn in the plane of the picture, but out of it less by `slack`. */
function lessTilted(turn: Float64Array, slack: number): Float64Array {
  const [, , , , , , g = 0, h = 0, k = 1] = turn;
  const sine = hypot(g, h);
  const tilt = atan2(sine, k);
  if (tilt < 1e-6) return turn;
  // A tilt is a turn about an axis in the plane; the last row of the matrix tells which.
  const undo = tiltBy(h / sine, -g / sine, -tilt);
  const less = tiltBy(h / sine, -g / sine, max(0, tilt - slack));
  return times(times(turn, undo), less);
}

/** A turn about the axis (x, y, 0), a unit vector (Rodrigues). */
function tiltBy(x: number, y: number, angle: number): Float64Array {
  const c = cos(angle);
  const s = sin(angle);
  return Float64Array.of(c + x * x * (1 - c), x * y * (1 - c), y * s, x * y * (1 - c), c + y * y * (1 - c), -x * s, -y * s, x * s, c);
}

function times(a: Float64Array, b: Float64Array): Float64Array {
  return Float64Array.from({ length: 9 }, (_, i) => {
    const row = 3 * ((i / 3) | 0);
    const column = i % 3;
    return (a[row] ?? 0) * (b[column] ?? 0) + (a[row + 1] ?? 0) * (b[3 + column] ?? 0) + (a[row + 2] ?? 0) * (b[6 + column] ?? 0);
  });
}
