import type { Point } from '../../../faces/face.ts';
import { meshPoint } from '../../../faces/mesh.ts';
import type { Frame } from './sheet.ts';

/** A point of the mesh in the coordinates of its face. */
export type FacePoints = (index: number) => Point;

export function facePoints(mesh: Float32Array, frame: Frame): FacePoints {
  return (index) => frame.toFace(meshPoint(mesh, index));
}
