import type { Pose } from './face.ts';
import { meanFace, meshMirrored } from './mean-face.ts';
import { rotationBetween } from './rigid.ts';

/** What hardly moves with the expression: edge of the forehead, bridge, tip and wings of the nose, corners of the eyes, cheekbones; of the left half. */
const still = [10, 109, 67, 103, 54, 21, 162, 127, 234, 168, 6, 197, 195, 5, 4, 1, 2, 98, 48, 129, 33, 133, 116, 117, 123, 50];

const indices = [...new Set(still.flatMap((index) => [index, meshMirrored[index] ?? index]))];

/**
 * Direction of a head from its dense mesh: the rotation that turns the mean face into it. The mean face looks into the camera as people on photos do
 * on the whole; `turned` in mesh.ts is the inverse.
 */
export function poseOfMesh(mesh: Float32Array): Pose {
  const r = rotationBetween(meanFace, mesh, indices);
  const at = (i: number) => r[i] ?? 0;
  // Where the head's own x axis points in the picture, then where it looks (its -z) once that roll is taken back.
  const roll = Math.atan2(at(3), at(0));
  const [x, y, z] = [-at(2), -at(5), -at(8)];
  const across = x * Math.cos(roll) + y * Math.sin(roll);
  const down = y * Math.cos(roll) - x * Math.sin(roll);
  return { yaw: degrees(Math.atan2(across, -z)), pitch: degrees(Math.asin(Math.max(-1, Math.min(1, -down)))), roll: degrees(roll) };
}

function degrees(radians: number): number {
  return (radians * 180) / Math.PI;
}
