import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Face, Point, Pose } from '../../src/faces/face.ts';
import { at, interocular, mirrored } from '../../src/faces/landmarks.ts';
import { leftEyeTriangles, meanFace, meshMirrored, mouthTriangles, rightEyeTriangles, skinTriangles } from '../../src/faces/mean-face.ts';
import { meshOf, meshPoint, meshSize, turned } from '../../src/faces/mesh.ts';
import { poseOfMesh } from '../../src/faces/mesh-pose.ts';
import { landmarksOf } from '../../src/faces/sixty-eight.ts';
import { faceOval, leftBrow, leftEyeRing, lipsInner, lipsOuter, noseTip, rightBrow, rightEyeRing } from '../../src/faces/topology.ts';

const all = [skinTriangles, mouthTriangles, leftEyeTriangles, rightEyeTriangles];
const rings = { faceOval, lipsOuter, lipsInner, leftEyeRing, rightEyeRing };

const edges = new Map<string, number>();
for (const list of all) {
  for (let i = 0; i < list.length; i += 3) {
    for (const [a, b] of [
      [list[i], list[i + 1]],
      [list[i + 1], list[i + 2]],
      [list[i + 2], list[i]],
    ]) {
      edges.set(`${a} ${b}`, (edges.get(`${a} ${b}`) ?? 0) + 1);
    }
  }
}
const area = (points: readonly Point[]) =>
  points.reduce((sum, [x, y], i) => {
    const [u, v] = at(points, (i + 1) % points.length);
    return sum + (x * v - u * y) / 2;
  }, 0);

describe('the triangles', () => {
  test('cover the face once: Euler counts 898 with 36 points on its edge', () => {
    expect(all.reduce((sum, list) => sum + list.length / 3, 0)).toBe(2 * meshSize - 2 - faceOval.length);
    expect(new Set(all.flatMap((list) => [...list])).size).toBe(meshSize);
  });

  test('each edge belongs to two of them, but for the edge of the face', () => {
    expect([...edges.values()].every((count) => count === 1)).toBe(true);
    const open = [...edges.keys()].filter((edge) => !edges.has(edge.split(' ').reverse().join(' ')));
    expect(open).toHaveLength(faceOval.length);
    expect(open.flatMap((edge) => edge.split(' ').map(Number)).every((index) => faceOval.some((one) => one === index))).toBe(true);
  });

  test.each(Object.entries(rings))('%s runs along them', (_name, ring) => {
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length];
      expect(edges.has(`${from} ${to}`) || edges.has(`${to} ${from}`)).toBe(true);
    });
  });

  test('mouth and eyes have only points of their rings', () => {
    expect(new Set(mouthTriangles)).toEqual(new Set(lipsInner));
    expect(new Set(leftEyeTriangles)).toEqual(new Set(leftEyeRing));
    expect(new Set(rightEyeTriangles)).toEqual(new Set(rightEyeRing));
  });
});

describe('the mean face', () => {
  test('has its eyes 1 apart and looks at nobody in particular', () => {
    const middle = (ring: readonly number[], axis: number) => ring.reduce((sum, i) => sum + (meanFace[3 * i + axis] ?? 0), 0) / ring.length;
    expect(middle(rightEyeRing, 0) - middle(leftEyeRing, 0)).toBeCloseTo(1, 3);
    expect(middle(rightEyeRing, 1) + middle(leftEyeRing, 1)).toBeCloseTo(0, 3);
    expect(meanFace[3 * noseTip + 2]).toBeLessThan(-0.4);
  });

  test('is its own mirror image, point by point and triangle by triangle', () => {
    for (let i = 0; i < meshSize; i += 1) {
      const other = meshMirrored[i] ?? -1;
      expect(meshMirrored[other]).toBe(i);
      expect(meanFace[3 * other]).toBeCloseTo(-(meanFace[3 * i] ?? 0), 3);
      expect(meanFace[3 * other + 1]).toBeCloseTo(meanFace[3 * i + 1] ?? 0, 3);
      expect(meanFace[3 * other + 2]).toBeCloseTo(meanFace[3 * i + 2] ?? 0, 3);
    }
    const key = (corners: readonly number[]) => [...corners].sort((a, b) => a - b).join();
    const corners = Array.from({ length: skinTriangles.length / 3 }, (_, i) => [...skinTriangles.subarray(3 * i, 3 * i + 3)]);
    const keys = new Set(corners.map(key));
    expect(corners.every((triangle) => keys.has(key(triangle.map((index) => meshMirrored[index] ?? -1))))).toBe(true);
  });

  test('its rings run clockwise, and right is where it is said to be', () => {
    for (const ring of Object.values(rings)) expect(area(ring.map((index) => meshPoint(meanFace, index)))).toBeGreaterThan(0);
    for (const brow of [leftBrow, rightBrow]) expect(area(brow.map((index) => meshPoint(meanFace, index)))).toBeGreaterThan(0);
    expect(meshPoint(meanFace, leftBrow[0])[0]).toBeLessThan(meshPoint(meanFace, rightBrow[0])[0]);
    expect([...leftBrow].map((index) => meshMirrored[index]).sort()).toEqual([...rightBrow].sort());
  });
});

describe('68 points of a mesh', () => {
  test('of the mean face are symmetric', () => {
    const points = landmarksOf(meanFace);
    mirrored.forEach((other, i) => {
      expect(at(points, other)[0]).toBeCloseTo(-at(points, i)[0], 3);
      expect(at(points, other)[1]).toBeCloseTo(at(points, i)[1], 3);
    });
  });

  test('go where the mesh goes', () => {
    const moved = meanFace.map((value, i) => (i % 3 === 2 ? value : 40 * value + (i % 3 === 0 ? 300 : 200)));
    landmarksOf(moved).forEach(([x, y], i) => {
      expect(x).toBeCloseTo(40 * at(landmarksOf(meanFace), i)[0] + 300, 2);
      expect(y).toBeCloseTo(40 * at(landmarksOf(meanFace), i)[1] + 200, 2);
    });
  });
});

describe('the direction of a mesh', () => {
  const angle = (most: number) => fc.double({ min: -most, max: most, noNaN: true });
  const poses = fc.record({ yaw: angle(85), pitch: angle(80), roll: angle(179) });

  test('is found again, whatever its size and place', () => {
    fc.assert(
      fc.property(poses, fc.double({ min: 5, max: 500, noNaN: true }), (pose: Pose, scale) => {
        const found = poseOfMesh(turned(meanFace, pose).map((value, i) => scale * value + 10 * (i % 3)));
        expect(found.yaw).toBeCloseTo(pose.yaw, 1);
        expect(found.pitch).toBeCloseTo(pose.pitch, 1);
        expect(found.roll).toBeCloseTo(pose.roll, 1);
      }),
    );
  });

  test('a nose to the right of the picture is a positive yaw, one that rises a positive pitch', () => {
    const nose = (pose: Pose) => meshPoint(turned(meanFace, pose), noseTip);
    expect(nose({ yaw: 30, pitch: 0, roll: 0 })[0]).toBeGreaterThan(0.2);
    expect(nose({ yaw: 0, pitch: 20, roll: 0 })[1]).toBeLessThan(nose({ yaw: 0, pitch: 0, roll: 0 })[1] - 0.1);
  });

  test('does not change with an open mouth', () => {
    const open = meanFace.slice();
    for (const index of [...lipsInner.slice(11), 152, 148, 377, 200, 199, 175]) open[3 * index + 1] = (open[3 * index + 1] ?? 0) + 0.5;
    expect(Math.abs(poseOfMesh(open).pitch)).toBeLessThan(0.001);
  });
});

describe('the mesh of any face', () => {
  const face = (landmarks: readonly Point[], pose: Pose, mesh?: Float32Array): Face => ({
    box: { x: 0, y: 0, width: 1, height: 1 },
    score: 1,
    pose,
    landmarks,
    ...(mesh && { mesh }),
  });
  const ahead: Pose = { yaw: 0, pitch: 0, roll: 0 };
  const placed = (pose: Pose) => turned(meanFace, pose).map((value, i) => 100 * value + (i % 3 === 2 ? 0 : 400));

  test('is its own where the engine has one', () => {
    const own = placed(ahead);
    expect(meshOf(face(landmarksOf(own), ahead, own))).toBe(own);
  });

  test.each([ahead, { yaw: 25, pitch: -10, roll: 15 }, { yaw: -40, pitch: 5, roll: -100 }])(
    'is the mean face where the 68 points are those of the mean face, at yaw $yaw',
    (pose) => {
      const expected = placed(pose);
      const bent = meshOf(face(landmarksOf(expected), pose));
      expect(bent.every((value, i) => Math.abs(value - (expected[i] ?? 0)) < 0.5)).toBe(true);
    },
  );

  test('passes through the 68 points of another', () => {
    const other = landmarksOf(placed(ahead)).map(([x, y], i): Point => [x * 1.1 + 3 * Math.sin(i), y + 3 * Math.cos(2 * i)]);
    const found = landmarksOf(meshOf(face(other, ahead)));
    const apart = found.map(([x, y], i) => Math.hypot(x - at(other, i)[0], y - at(other, i)[1]));
    expect(Math.max(...apart)).toBeLessThan(0.05 * interocular(other));
  });
});
