// Similarity transforms in space: the best one by least squares (Horn 1987, doi:10.1364/JOSAA.4.000629), and the mean of many shapes.

/** @returns what brings the points of a shape nearest to those of a target, as a function of any point; both are lists of [x, y, z] */
export function alignment(shape, target) {
  const [from, to] = [centred(shape), centred(target)];
  const rotation = rotationOnto(from, to);
  const turn = (point) => rotation.map((row) => dot(row, point));
  const scale = sum(from, (point, i) => dot(turn(point), to[i])) / sum(from, (point) => dot(point, point));
  const [start, end] = [centre(shape), centre(target)];
  return (point) => turn(point.map((value, axis) => value - start[axis])).map((value, axis) => scale * value + end[axis]);
}

/**
 * Generalised Procrustes analysis (Gower 1975, doi:10.1007/BF02291478): everything onto the mean of everything, until it stays. The mean stands as the
 * shapes do on the average.
 */
export function meanShape(shapes) {
  const average = (all) => all[0].map((_, i) => [0, 1, 2].map((axis) => sum(all, (shape) => shape[i][axis]) / all.length));
  let mean = average(shapes.map(standardized));
  for (let round = 0; round < 20; round += 1) mean = average(shapes.map((shape) => shape.map(alignment(shape, mean))));
  return mean;
}

/** Round the origin, of size 1. */
function standardized(shape) {
  const points = centred(shape);
  const size = Math.sqrt(sum(points, (point) => dot(point, point)));
  return points.map((point) => point.map((value) => value / size));
}

const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const sum = (list, read) => list.reduce((total, one, i) => total + read(one, i), 0);
const centre = (points) => [0, 1, 2].map((axis) => sum(points, (point) => point[axis]) / points.length);

function centred(points) {
  const middle = centre(points);
  return points.map((point) => point.map((value, axis) => value - middle[axis]));
}

/** The largest eigenvector of Horn's 4 × 4 matrix is the rotation as a quaternion; found by repeated multiplication. */
function rotationOnto(from, to) {
  const s = [0, 1, 2].map((i) => [0, 1, 2].map((j) => sum(from, (point, k) => point[i] * to[k][j])));
  const [[xx, xy, xz], [yx, yy, yz], [zx, zy, zz]] = s;
  const n = [
    [xx + yy + zz, yz - zy, zx - xz, xy - yx],
    [yz - zy, xx - yy - zz, xy + yx, zx + xz],
    [zx - xz, xy + yx, yy - xx - zz, yz + zy],
    [xy - yx, zx + xz, yz + zy, zz - xx - yy],
  ];
  // Shifted so that the largest eigenvalue is the largest in size too.
  const shift = Math.max(...n.map((row) => row.reduce((total, value) => total + Math.abs(value), 0)));
  let q = [1, 0, 0, 0];
  for (let i = 0; i < 500; i += 1) {
    const next = n.map((row, j) => row.reduce((total, value, k) => total + value * q[k], shift * q[j]));
    const length = Math.hypot(...next);
    q = next.map((value) => value / length);
  }
  const [w, x, y, z] = q;
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
}
