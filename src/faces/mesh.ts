import type { Face, Point, Pose } from './face.ts';
import { interocular } from './landmarks.ts';
import { meanFace } from './mean-face.ts';
import { landmarksOf } from './sixty-eight.ts';
import { thinPlate } from './spline.ts';

/**
 * The dense mesh of a face: its own, or for an engine that has none the mean face, turned as the head is and bent onto the 68 points.
 * @returns 468 points, three numbers each, as `Face.mesh` says; see faces/topology.ts for which is where and faces/mean-face.ts for the triangles
 */
export function meshOf(face: Face): Float32Array {
  return face.mesh ?? bentTo(face.landmarks, face.pose);
}

/** Number of points of a mesh. */
export const meshSize = 468;

/** Point of a mesh in the picture. */
export function meshPoint(mesh: Float32Array, index: number): Point {
  return [mesh[3 * index] ?? 0, mesh[3 * index + 1] ?? 0];
}

function bentTo(landmarks: readonly Point[], pose: Pose): Float32Array {
  const mesh = turned(meanFace, pose);
  const bend = thinPlate(landmarksOf(mesh), landmarks);
  const scale = interocular(landmarks) / interocular(landmarksOf(mesh));
  for (let i = 0; i < mesh.length; i += 3) {
    const [x, y] = bend(mesh[i] ?? 0, mesh[i + 1] ?? 0);
    mesh[i] = x;
    mesh[i + 1] = y;
    mesh[i + 2] = (mesh[i + 2] ?? 0) * scale;
  }
  return mesh;
}

/** A mesh turned in space by a pose: first up or down, then to the side, then about the line of sight. */
export function turned(mesh: Float32Array, { yaw, pitch, roll }: Pose): Float32Array {
  const [cosYaw, sinYaw] = cosSin(-yaw);
  const [cosPitch, sinPitch] = cosSin(pitch);
  const [cosRoll, sinRoll] = cosSin(roll);
  const out = new Float32Array(mesh.length);
  for (let i = 0; i < mesh.length; i += 3) {
    const [x, y, z] = [mesh[i] ?? 0, mesh[i + 1] ?? 0, mesh[i + 2] ?? 0];
    const [y1, z1] = [y * cosPitch + z * sinPitch, z * cosPitch - y * sinPitch];
    const [x2, z2] = [x * cosYaw + z1 * sinYaw, z1 * cosYaw - x * sinYaw];
    out[i] = x2 * cosRoll - y1 * sinRoll;
    out[i + 1] = x2 * sinRoll + y1 * cosRoll;
    out[i + 2] = z2;
  }
  return out;
}

function cosSin(degrees: number): readonly [number, number] {
  const radians = (degrees * Math.PI) / 180;
  return [Math.cos(radians), Math.sin(radians)];
}
