// Fits how the 68 points of iBUG lie on the mesh of 468, writes models/sixty-eight.json, and says how well that works on photos that it was not
// fitted on. Run: npx tsc -p tsconfig.test.json && node scripts/models/sixty-eight.mjs
//
// Lids and lips are where the mesh has them: each of their points may only slide along the mesh's contour. Nose, brows and jaw, where a mesh knows no
// line that people would draw, are sums of a few neighbours, fitted to what face-api's network of 68 points says of the same faces.
import { load, photos, samplePhoto } from './samples.mjs';
import { writeTable } from './tables.mjs';

const { meshMirrored } = await load('faces/mean-face.js');
const { mirrored } = await load('faces/landmarks.js');

/** Points that are one of the mesh's, of the left half and the middle: corners of eyes and mouth, the middles of lips, chin and nose. */
const same = { 8: 152, 33: 2, 36: 33, 39: 133, 48: 61, 51: 0, 57: 17, 60: 78, 62: 13, 66: 14 };

/** Contours that others slide along. */
const contours = {
  27: [9, 8, 168, 6, 197],
  28: [6, 197, 195],
  29: [197, 195, 5],
  30: [195, 5, 4, 1],
  37: [33, 246, 161, 160, 159],
  38: [159, 158, 157, 173, 133],
  40: [145, 153, 154, 155, 133],
  41: [33, 7, 163, 144, 145],
  49: [61, 185, 40, 39, 37],
  50: [40, 39, 37, 0],
  55: [291, 375, 321, 405, 314],
  56: [405, 314, 17],
  61: [78, 191, 80, 81, 82],
  65: [318, 402, 317, 14],
};

/** Neighbours of each of the others, and how strongly their shares are pulled together, in squared distances of the eyes. */
const neighbours = 8;
const pull = 1e-3;

/** The single points that others use, to see what the fit is worth. */
const plain = [
  ...[127, 234, 93, 132, 58, 172, 150, 176, 152, 400, 379, 397, 288, 361, 323, 454, 356],
  ...[70, 63, 105, 66, 107, 336, 296, 334, 293, 300],
  ...[168, 197, 5, 4, 98, 97, 2, 326, 327],
  ...[33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380],
  ...[61, 39, 37, 0, 267, 269, 291, 405, 314, 17, 84, 181, 78, 82, 13, 312, 308, 317, 14, 87],
].map((vertex) => [[vertex, 1]]);

const parts = { jaw: [0, 17], brows: [17, 27], nose: [27, 36], eyes: [36, 48], mouth: [48, 68] };

const faces = await collect();
report(
  'plain index table',
  photos.map(() => plain),
);
report(
  'fitted on the other photos',
  photos.map((photo) => fitted(faces.filter((face) => face.photo !== photo))),
);
const table = fitted(faces);
writeTable('sixty-eight', 'The 68 points of iBUG as sums of points of the mesh', table);

/** Mesh and 68 points of the same faces, with the middle between the eyes at 0 and the eyes 1 apart; each face also as its mirror image. */
async function collect() {
  const engines = [
    await (await load('faces/mediapipe/detector.js')).createMediapipeDetector(),
    await (await load('faces/face-api/detector.js')).createFaceApiDetector({ backend: 'wasm' }),
  ];
  const found = [];
  for (const photo of photos) {
    for (const flop of [false, true]) {
      for (const look of [{}, { width: 1600 }, { width: 800 }, { degrees: 8 }, { degrees: -8 }, { width: 1400, degrees: 4 }]) {
        const picture = await samplePhoto(photo, { flop, ...look });
        const [dense, sparse] = [await engines[0].detect(picture), await engines[1].detect(picture)];
        for (const { mesh, pose } of dense) {
          // A profile has no second eye to compare.
          if (Math.abs(pose.yaw) > 55) continue;
          const vertices = Array.from({ length: 468 }, (_, i) => [mesh[3 * i], mesh[3 * i + 1]]);
          const points = sparse.map(({ landmarks }) => landmarks).find((landmarks) => agree(vertices, landmarks));
          if (points === undefined) continue;
          found.push({ photo, ...normalized(vertices, points) });
          const image = ([x, y]) => [-x, y];
          found.push({
            photo,
            ...normalized(
              [...meshMirrored].map((i) => image(vertices[i])),
              mirrored.map((i) => image(points[i])),
            ),
          });
        }
      }
    }
  }
  for (const engine of engines) await engine.close();
  return found;
}

/** Whether both mean the same face and neither is lost in it. */
function agree(vertices, points) {
  const eyes = distance(vertices[33], vertices[263]);
  return [
    [33, 36],
    [133, 39],
    [362, 42],
    [263, 45],
  ].every(([vertex, point]) => distance(vertices[vertex], points[point]) < 0.2 * eyes);
}

function normalized(vertices, points) {
  const middle = (from, to) => [0, 1].map((axis) => points.slice(from, to).reduce((sum, point) => sum + point[axis], 0) / (to - from));
  const [[ax, ay], [bx, by]] = [middle(36, 42), middle(42, 48)];
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const into = ([x, y]) => {
    const [u, v] = [x - (ax + bx) / 2, y - (ay + by) / 2];
    return [(u * dx + v * dy) / square, (v * dx - u * dy) / square];
  };
  return { vertices: vertices.map(into), points: points.map(into) };
}

/** For each of the 68 a list of vertices with their shares; the right half is the mirror image of the left. */
function fitted(list) {
  const shares = mirrored.map((other, k) => {
    if (other < k) return undefined;
    if (k in same) return [[same[k], 1]];
    return k in contours ? slide(contours[k], list, k) : sum(nearest(list, k), list, k);
  });
  return shares.map((own, k) => rounded(own ?? shares[mirrored[k]].map(([vertex, share]) => [meshMirrored[vertex], share])));
}

/** The place on a contour that lies nearest on the whole. */
function slide(contour, list, k) {
  const places = contour.slice(1).flatMap((to, i) =>
    Array.from({ length: 11 }, (_, step) => [
      [contour[i], 1 - step / 10],
      [to, step / 10],
    ]),
  );
  const cost = (place) => list.reduce((total, { vertices, points }) => total + Math.min(0.1, distance(at(place, vertices), points[k])), 0);
  const costs = places.map(cost);
  return places[costs.indexOf(Math.min(...costs))].filter(([, share]) => share > 0);
}

function nearest(list, k) {
  const mean = (read) => [0, 1].map((axis) => list.reduce((total, face) => total + read(face)[axis], 0) / list.length);
  const target = mean(({ points }) => points[k]);
  const gaps = Array.from({ length: 468 }, (_, i) =>
    distance(
      mean(({ vertices }) => vertices[i]),
      target,
    ),
  );
  return gaps
    .map((gap, i) => [gap, i])
    .sort(([a], [b]) => a - b)
    .slice(0, neighbours)
    .map(([, i]) => i);
}

/** Shares that add up to 1, by least squares with a pull to equal ones; what is far off counts less each time (Huber's weights). */
function sum(candidates, list, k) {
  const size = candidates.length;
  let shares = [];
  let weights = list.map(() => 1);
  for (let round = 0; round < 5; round += 1) {
    const total = weights.reduce((all, one) => all + one, 0);
    const rows = Array.from({ length: size + 1 }, () => new Array(size + 2).fill(0));
    list.forEach(({ vertices, points }, i) => {
      for (const axis of [0, 1]) {
        const off = candidates.map((vertex) => vertices[vertex][axis] - points[k][axis]);
        for (const [row, a] of off.entries()) for (const [column, b] of off.entries()) rows[row][column] += weights[i] * a * b;
      }
    });
    for (let row = 0; row < size; row += 1) {
      rows[row][row] += pull * total;
      rows[row][size + 1] = (pull * total) / size;
      rows[row][size] = 1;
      rows[size][row] = 1;
    }
    rows[size][size + 1] = 1;
    const solved = solve(rows);
    shares = candidates.map((vertex, i) => [vertex, solved[i]]);
    weights = list.map(({ vertices, points }) => Math.min(1, 0.05 / distance(at(shares, vertices), points[k])));
  }
  return shares;
}

/** Two decimals are a hundredth of the way to a neighbour; the largest share takes what is left. */
function rounded(shares) {
  const kept = shares.map(([vertex, share]) => [vertex, Math.round(100 * share)]).filter(([, share]) => Math.abs(share) >= 5);
  const largest = kept.reduce((best, one) => (one[1] > best[1] ? one : best));
  largest[1] += 100 - kept.reduce((total, [, share]) => total + share, 0);
  return kept.map(([vertex, share]) => [vertex, share / 100]);
}

/** Gauss and Jordan with pivots; the last column is the right-hand side. */
function solve(rows) {
  rows.forEach((_, column) => {
    const pivot = rows
      .slice(column)
      .reduce((best, row, i) => (Math.abs(row[column]) > Math.abs(rows[best][column]) ? column + i : best), column);
    [rows[column], rows[pivot]] = [rows[pivot], rows[column]];
    for (const row of rows) {
      const factor = row === rows[column] ? 0 : row[column] / rows[column][column];
      for (let i = column; i < row.length; i += 1) row[i] -= factor * rows[column][i];
    }
  });
  return rows.map((row, i) => row.at(-1) / row[i]);
}

function at(shares, vertices) {
  return [0, 1].map((axis) => shares.reduce((total, [vertex, share]) => total + share * vertices[vertex][axis], 0));
}

function distance([ax, ay], [bx, by]) {
  return Math.hypot(ax - bx, ay - by);
}

/** Median over the faces of the mean distance in each part, in distances of the eyes. */
function report(name, tables) {
  const errors = faces.map(({ photo, vertices, points }) => {
    const own = tables[photos.indexOf(photo)].map((shares) => at(shares, vertices));
    return points.map((point, k) => distance(point, own[k]));
  });
  const texts = Object.entries(parts).map(([part, [from, to]]) => {
    const means = errors.map((one) => one.slice(from, to).reduce((total, value) => total + value, 0) / (to - from)).sort((a, b) => a - b);
    return `${part} ${means[means.length >> 1].toFixed(3)}`;
  });
  process.stdout.write(`${name} (${faces.length} looks): ${texts.join(', ')}\n`);
}
