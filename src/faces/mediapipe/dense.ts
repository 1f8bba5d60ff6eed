import type { Pixels } from '../../image/pixels.ts';
import { type Frame, uncrop } from '../crop.ts';
import type { Point } from '../face.ts';
import type { Candidate } from './candidates.ts';
import { openDetails } from './details.ts';
import { openEyepiece } from './eyepiece.ts';

/** A mesh found in a frame. */
export interface Dense {
  /** 468 points, three numbers each, pixels of the picture; see `Face.mesh`. */
  readonly mesh: Float32Array;
  /** x and y of the middle and four points of the edge of each iris; without the second half there are none. */
  readonly irises: Float32Array;
  /** Whether the frame shows a face at all, 0 to 1. */
  readonly presence: number;
}

export interface DenseNet {
  /** @param detailed whether lips and eyes are looked at once more */
  look(picture: Pixels, frame: Frame, detailed: boolean): Promise<Dense>;
  close(): Promise<void>;
}

/** Sides of the frame over the detector's square: the network was trained on a quarter more on each side. */
const margin = 1.5;

/** The outer corners of the eyes in the mesh, left one of the picture first. */
const corners = [33, 263] as const;

/** @throws Error when a network's file is missing or wrong */
export async function openDenseNet(): Promise<DenseNet> {
  const [eyepiece, details] = [await openEyepiece('mesh'), await openDetails()];
  const { network, side } = eyepiece;
  return {
    async look(picture, frame, detailed) {
      await eyepiece.look(picture, frame);
      const mesh = network.values('mesh').slice();
      const irises = detailed ? await details.refine(network.values('features'), mesh) : new Float32Array();
      network.values('features').fill(0);
      outOf(frame, side, mesh, 3);
      outOf(frame, side, irises, 2);
      return { mesh, irises, presence: 1 / (1 + Math.exp(-(network.values('presence')[0] ?? 0))) };
    },
    async close() {
      await network.close();
      await details.close();
    },
  };
}

/** Points in pixels of the square become points of the picture; a third number is a depth. */
function outOf(frame: Frame, side: number, points: Float32Array, numbers: 2 | 3): void {
  const scale = Math.max(frame.width, frame.height) / side;
  for (let i = 0; i < points.length; i += numbers) {
    points.set(uncrop(frame, (points[i] ?? 0) / side, (points[i + 1] ?? 0) / side), i);
    if (numbers === 3) points[i + 2] = (points[i + 2] ?? 0) * scale;
  }
}

/** The frame around a candidate, as upright as its eyes. */
export function frameOf({ x, y, side, eyes: [left, right] }: Candidate): Frame {
  return { x, y, width: margin * side, height: margin * side, roll: angle(left, right) };
}

/** The frame around a mesh that was found. */
export function frameOfMesh(mesh: Float32Array): Frame {
  const [from, to] = corners;
  const roll = angle([mesh[3 * from] ?? 0, mesh[3 * from + 1] ?? 0], [mesh[3 * to] ?? 0, mesh[3 * to + 1] ?? 0]);
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  let [west, east, north, south] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < mesh.length; i += 3) {
    const [x, y] = [mesh[i] ?? 0, mesh[i + 1] ?? 0];
    const [u, v] = [x * cos + y * sin, y * cos - x * sin];
    west = Math.min(west, u);
    east = Math.max(east, u);
    north = Math.min(north, v);
    south = Math.max(south, v);
  }
  const side = margin * Math.max(east - west, south - north);
  const [u, v] = [(west + east) / 2, (north + south) / 2];
  return { x: u * cos - v * sin, y: u * sin + v * cos, width: side, height: side, roll };
}

function angle([ax, ay]: Point, [bx, by]: Point): number {
  return Math.atan2(by - ay, bx - ax);
}
