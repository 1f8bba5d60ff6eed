import type { Point } from './face.ts';

/** Moves any point of the plane. */
export type Spline = (x: number, y: number) => Point;

/**
 * The thin-plate spline that takes each point to its target and bends as little as possible between them (Bookstein 1989, doi:10.1109/34.24792).
 * @param stiffness 0 goes through every target; more lets it pass by, in units of the mean squared distance of the points
 */
export function thinPlate(from: readonly Point[], to: readonly Point[], stiffness = 0): Spline {
  const count = from.length;
  const size = count + 3;
  // One row a point, then three that keep the bending free of the affine part; two right-hand sides.
  const rows = Array.from({ length: size }, () => new Float64Array(size + 2));
  const spread = meanSquare(from);
  from.forEach(([x, y], i) => {
    const row = rows[i] ?? new Float64Array();
    from.forEach(([a, b], j) => {
      row[j] = bending((x - a) ** 2 + (y - b) ** 2);
    });
    row[i] = stiffness * spread;
    row.set([1, x, y], count);
    row.set(to[i] ?? [0, 0], size);
    rows[count]?.fill(1, i, i + 1);
    rows[count + 1]?.fill(x, i, i + 1);
    rows[count + 2]?.fill(y, i, i + 1);
  });
  const solved = solve(rows);
  const weights = new Float64Array(2 * size);
  solved.forEach((row, i) => {
    weights[2 * i] = row[size] ?? 0;
    weights[2 * i + 1] = row[size + 1] ?? 0;
  });
  const flat = Float64Array.from(from.flat());
  return (x, y) => {
    const end = 2 * count;
    let u = (weights[end] ?? 0) + x * (weights[end + 2] ?? 0) + y * (weights[end + 4] ?? 0);
    let v = (weights[end + 1] ?? 0) + x * (weights[end + 3] ?? 0) + y * (weights[end + 5] ?? 0);
    for (let i = 0; i < end; i += 2) {
      const [dx, dy] = [x - (flat[i] ?? 0), y - (flat[i + 1] ?? 0)];
      const bend = bending(dx * dx + dy * dy);
      u += (weights[i] ?? 0) * bend;
      v += (weights[i + 1] ?? 0) * bend;
    }
    return [u, v];
  };
}

/** r² log r², the shape of a thin plate pushed at one point. */
function bending(r2: number): number {
  return r2 === 0 ? 0 : r2 * Math.log(r2);
}

function meanSquare(points: readonly Point[]): number {
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, point) => sum + (point[axis] ?? 0), 0) / points.length);
  return points.reduce((sum, [x, y]) => sum + (x - (mx ?? 0)) ** 2 + (y - (my ?? 0)) ** 2, 0) / points.length;
}

/** Gauss and Jordan, with the largest of each column as pivot; the right-hand sides are the last columns. */
function solve(rows: Float64Array[]): Float64Array[] {
  for (let column = 0; column < rows.length; column += 1) {
    let best = column;
    for (let i = column + 1; i < rows.length; i += 1) {
      if (Math.abs(rows[i]?.[column] ?? 0) > Math.abs(rows[best]?.[column] ?? 0)) best = i;
    }
    const [pivot, other] = [rows[best] ?? new Float64Array(), rows[column] ?? new Float64Array()];
    rows[best] = other;
    rows[column] = pivot;
    const inverse = 1 / (pivot[column] ?? 1);
    for (let k = column; k < pivot.length; k += 1) pivot[k] = (pivot[k] ?? 0) * inverse;
    for (const row of rows) {
      const factor = row[column] ?? 0;
      if (row === pivot || factor === 0) continue;
      for (let k = column; k < row.length; k += 1) row[k] = (row[k] ?? 0) - factor * (pivot[k] ?? 0);
    }
  }
  return rows;
}
