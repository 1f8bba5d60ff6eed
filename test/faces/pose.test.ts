import { describe, expect, test } from '@jest/globals';
import type { Point, Pose } from '../../src/faces/face.ts';
import { head, poseOf } from '../../src/faces/pose.ts';

/** The generic head seen by a far camera: nodded, then turned, then tilted; `stretch` makes the picture of it taller. */
function seen(pose: Pose, stretch = 1): Point[] {
  const points = Array.from({ length: 68 }, (): Point => [0, 0]);
  for (const [index, [x, y, z]] of head) {
    // Looking up lets the nose (the smallest z) rise, looking to the picture's right moves it there.
    const [noddedY, noddedZ] = turn([y, z], -pose.pitch);
    const [turnedX] = turn([x, noddedZ], pose.yaw);
    const [u, v] = turn([turnedX, noddedY], pose.roll);
    points[index] = [500 + 20 * u, 400 + 20 * v * stretch];
  }
  return points;
}

function turn([x, y]: Point, degrees: number): Point {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  return [x * cos - y * sin, x * sin + y * cos];
}

describe('pose from the points', () => {
  const poses: readonly Pose[] = [
    { yaw: 0, pitch: 0, roll: 0 },
    { yaw: 30, pitch: 0, roll: 0 },
    { yaw: -50, pitch: 0, roll: 0 },
    { yaw: 0, pitch: 25, roll: 0 },
    { yaw: 0, pitch: -25, roll: 0 },
    { yaw: 0, pitch: 0, roll: 70 },
    { yaw: 20, pitch: -15, roll: -40 },
    { yaw: -35, pitch: 20, roll: 120 },
  ];
  test.each(poses)('yaw $yaw, pitch $pitch, roll $roll is found again', (pose) => {
    const found = poseOf(seen(pose));
    expect(found.yaw).toBeCloseTo(pose.yaw, 6);
    expect(found.pitch).toBeCloseTo(pose.pitch, 6);
    expect(found.roll).toBeCloseTo(pose.roll, 6);
  });

  test.each([0.85, 1.2])('a face %f times as long neither nods nor turns', (stretch) => {
    const found = poseOf(seen({ yaw: 0, pitch: 0, roll: 0 }, stretch));
    expect(Math.hypot(found.yaw, found.pitch, found.roll)).toBeLessThan(0.001);
  });

  test('a nose that points to the right of the picture is a positive yaw', () => {
    const points = seen({ yaw: 0, pitch: 0, roll: 0 });
    points[30] = [510, 400];
    expect(poseOf(points).yaw).toBeGreaterThan(3);
  });
});
