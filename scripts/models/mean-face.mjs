// Measures the face of models/mean-face.json: the mean of what the engine `mediapipe` sees on the sample photos, each of them also in the
// mirror, so that it is symmetric and nobody's. Run: npx tsc -p tsconfig.test.json && node scripts/models/mean-face.mjs
import { alignment, meanShape } from './align.mjs';
import { delaunay, force } from './delaunay.mjs';
import { load, photos, samplePhoto } from './samples.mjs';
import { writeTable } from './tables.mjs';

const { createMediapipeDetector } = await load('faces/mediapipe/detector.js');
const rings = await load('faces/topology.js');

const shapes = await meshes();
const mirror = mirrorOf(shapes);
const mean = normalized(meanShape([...shapes, ...shapes.map(reflected)]));
const triangles = triangulate(mean);
writeTable('mean-face', 'The mean face and its triangles', {
  points: mean.flat().map((value) => Number(value.toFixed(4)) + 0),
  mirrored: mirror,
  triangles,
});
process.stdout.write(`${shapes.length / 2} faces, ${Object.values(triangles).map((list) => list.length / 3)} triangles\n`);

/** The faces of the six photos, then the same in the mirror. */
async function meshes() {
  const detector = await createMediapipeDetector();
  const found = [];
  for (const flop of [false, true]) {
    for (const number of photos) {
      for (const { mesh } of await detector.detect(await samplePhoto(number, { flop }))) {
        found.push(Array.from({ length: 468 }, (_, i) => [...mesh.subarray(3 * i, 3 * i + 3)]));
      }
    }
  }
  await detector.close();
  return found;
}

/**
 * Which point each becomes in the mirror. Those on the rings are known; the others are found by laying the mean of the one half, reflected, on the mean of
 * the other, and taking the closest pair of all first.
 */
function mirrorOf(all) {
  const mirror = new Map();
  const pair = (i, j) => mirror.set(i, j).set(j, i);
  const around = (ring, other, turn) => ring.forEach((from, i) => void pair(from, other[(turn - i + other.length) % other.length]));
  around(rings.faceOval, rings.faceOval, 0);
  around(rings.lipsOuter, rings.lipsOuter, rings.lipsOuter.length / 2);
  around(rings.lipsInner, rings.lipsInner, rings.lipsInner.length / 2);
  around(rings.leftEyeRing, rings.rightEyeRing, rings.rightEyeRing.length / 2);
  around(rings.leftBrow, rings.rightBrow, rings.rightBrow.length / 2 - 1);

  const half = all.length / 2;
  const [plain, other] = [meanShape(all.slice(0, half)), meanShape(all.slice(half)).map(([x, y, z]) => [-x, y, z])];
  const known = [...mirror];
  const laid = other.map(
    alignment(
      known.map(([, to]) => other[to]),
      known.map(([from]) => plain[from]),
    ),
  );
  const gap = (i, j) => Math.hypot(...plain[i].map((value, axis) => value - laid[j][axis]));
  const pairs = plain.flatMap((_, i) => plain.slice(i).map((_, more) => ({ i, j: i + more, cost: gap(i, i + more) + gap(i + more, i) })));
  for (const { i, j } of pairs.sort((a, b) => a.cost - b.cost)) if (!mirror.has(i) && !mirror.has(j)) pair(i, j);
  return plain.map((_, i) => mirror.get(i));
}

function reflected(shape) {
  return mirror.map((to) => [-shape[to][0], shape[to][1], shape[to][2]]);
}

/** Looking into the camera as the people on the photos do on the whole, the middle between the eyes at 0, the eyes 1 apart. */
function normalized(shape) {
  const middle = (ring) => [0, 1, 2].map((axis) => ring.reduce((total, i) => total + shape[i][axis], 0) / ring.length);
  const [left, right] = [middle(rings.leftEyeRing), middle(rings.rightEyeRing)];
  const unit = Math.hypot(...left.map((value, axis) => right[axis] - value));
  const [x, y] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  return shape.map((point) => [(point[0] - x) / unit, (point[1] - y) / unit, point[2] / unit]);
}

/** Delaunay's triangles over the face unrolled; those inside the mouth and the eyes apart, those outside of the face left out. */
function triangulate(shape) {
  const flat = shape.map(unrolled);
  const lists = { skin: [], mouth: [], leftEye: [], rightEye: [] };
  const holes = { mouth: rings.lipsInner, leftEye: rings.leftEyeRing, rightEye: rings.rightEyeRing };
  const all = delaunay(flat);
  for (const ring of [rings.faceOval, rings.lipsOuter, ...Object.values(holes)]) {
    for (const [i, from] of ring.entries()) force(all, flat, from, ring[(i + 1) % ring.length]);
  }
  for (const triangle of all) {
    const middle = [0, 1].map((axis) => triangle.reduce((total, i) => total + flat[i][axis], 0) / 3);
    if (
      !inside(
        middle,
        rings.faceOval.map((i) => flat[i]),
      )
    )
      continue;
    const hole = Object.keys(holes).find((name) =>
      inside(
        middle,
        holes[name].map((i) => flat[i]),
      ),
    );
    lists[hole ?? 'skin'].push(...triangle);
  }
  return lists;
}

/** Seen from inside the head, so that the sides of the nose and of the face lie side by side and not behind each other. */
function unrolled([x, y, z]) {
  const depth = 1.6 - z;
  return [Math.atan2(x, depth), Math.atan2(y - 0.4, Math.hypot(x, depth))];
}

function inside([x, y], polygon) {
  let odd = false;
  polygon.forEach(([ax, ay], i) => {
    const [bx, by] = polygon[(i + 1) % polygon.length];
    if (ay > y !== by > y && x < ax + ((y - ay) * (bx - ax)) / (by - ay)) odd = !odd;
  });
  return odd;
}
