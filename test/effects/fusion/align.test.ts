import { describe, expect, test } from '@jest/globals';
import { laidOn } from '../../../src/effects/fusion/align.ts';
import { meanFace } from '../../../src/faces/mean-face.ts';
import { turned } from '../../../src/faces/mesh.ts';

const { abs, hypot, max } = Math;
const over = [33, 133, 362, 263, 168, 4, 2, 61, 291, 152, 127, 356, 10] as const;

const scaled = (mesh: Float32Array, by: number): Float32Array => mesh.map((value, i) => value * by + (i % 3) * 40);

/** Farthest that a point of one mesh lies from that of the other, in the picture. */
function apart(one: Float32Array, other: Float32Array): number {
  let most = 0;
  for (let i = 0; i < one.length; i += 3) {
    most = max(most, hypot((one[i] ?? 0) - (other[i] ?? 0), (one[i + 1] ?? 0) - (other[i + 1] ?? 0)));
  }
  return most;
}

describe('laying a head on another', () => {
  test.each([
    { yaw: 0, pitch: 0, roll: 0 },
    { yaw: 25, pitch: -10, roll: 40 },
    { yaw: -35, pitch: 15, roll: -170 },
  ])('finds the turn, the scale and the shift: %j', (pose) => {
    const target = scaled(turned(meanFace, { yaw: -8, pitch: 3, roll: 5 }), 120);
    expect(apart(laidOn(scaled(turned(meanFace, pose), 37), target, over, 0), target)).toBeLessThan(0.1);
  });

  test('leaves the slack, and no more, to the side it was turned to', () => {
    const slack = (12 * Math.PI) / 180;
    const left = laidOn(turned(meanFace, { yaw: 30, pitch: 0, roll: 20 }), meanFace, over, slack);
    const wanted = turned(meanFace, { yaw: 12, pitch: 0, roll: 0 });
    // Both with the point between the eyes at the origin of their own middles.
    expect(apart(laidOn(wanted, left, over, 0), left)).toBeLessThan(0.01);
    const noseAgainstEyes = (mesh: Float32Array): number => (mesh[12] ?? 0) - ((mesh[99] ?? 0) + (mesh[789] ?? 0)) / 2;
    expect(abs(noseAgainstEyes(left) - noseAgainstEyes(wanted))).toBeLessThan(0.01);
    const within = laidOn(turned(meanFace, { yaw: 10, pitch: 0, roll: 20 }), meanFace, over, slack);
    expect(apart(laidOn(turned(meanFace, { yaw: 10, pitch: 0, roll: 0 }), within, over, 0), within)).toBeLessThan(0.01);
  });
});
