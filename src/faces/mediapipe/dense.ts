import type { Pixels } from '../../image/pixels.ts';
import { type Frame, uncrop } from '../crop.ts';
import type { Point } from '../face.ts';
import type { Candidate } from './candidates.ts';
import { openNetwork } from './network.ts';
import { place } from './place.ts';

/** A mesh found in a frame. */
export interface Dense {
  /** 468 points, three numbers each, pixels of the picture; see `Face.mesh`. */
  readonly mesh: Float32Array;
  /** Whether the frame shows a face at all, 0 to 1. */
  readonly presence: number;
}

export interface DenseNet {
  look(picture: Pixels, frame: Frame): Promise<Dense>;
  close(): Promise<void>;
}

/** Sides of the frame over the detector's square: the network was trained on a quarter more on each side. */
const margin = 1.5;

/** The outer corners of the eyes in the mesh, left one of the picture first. */
const eyes = [33, 263] as const;

export async function openDenseNet(): Promise<DenseNet> {
  const network = await openNetwork('mesh');
  const { side } = network;
  return {
    async look(picture, frame) {
      place(picture, frame, network);
      await network.run();
      const found = network.output('mesh');
      const mesh = new Float32Array(found.length);
      const scale = Math.max(frame.width, frame.height) / side;
      for (let i = 0; i < mesh.length; i += 3) {
        const [x, y] = uncrop(frame, (found[i] ?? 0) / side, (found[i + 1] ?? 0) / side);
        mesh[i] = x;
        mesh[i + 1] = y;
        mesh[i + 2] = (found[i + 2] ?? 0) * scale;
      }
      return { mesh, presence: network.output('presence')[0] ?? 0 };
    },
    close: () => network.close(),
  };
}

/** The frame around a candidate, as upright as its eyes. */
export function frameOf({ x, y, side, eyes: [left, right] }: Candidate): Frame {
  return { x, y, width: margin * side, height: margin * side, roll: angle(left, right) };
}

/** The frame around a mesh that was found. */
export function frameOfMesh(mesh: Float32Array): Frame {
  const [left, right] = eyes.map((index): Point => [mesh[3 * index] ?? 0, mesh[3 * index + 1] ?? 0]);
  const roll = left === undefined || right === undefined ? 0 : angle(left, right);
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

function angle(left: Point, right: Point): number {
  return Math.atan2(right[1] - left[1], right[0] - left[0]);
}
