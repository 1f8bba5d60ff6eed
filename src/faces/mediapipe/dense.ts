import type { Pixels } from '../../image/pixels.ts';
import { type Frame, frameAround, uncrop } from '../crop.ts';
import type { Point } from '../face.ts';
import { meshMirrored } from '../mean-face.ts';
import type { Candidate } from './candidates.ts';
import { openDetails } from './details.ts';
import { openEyepiece } from './eyepiece.ts';
import type { Outputs } from './network.ts';

/** A mesh found in a frame. */
export interface Dense {
  /** 468 points, three numbers each, pixels of the picture; see `Face.mesh`. */
  readonly mesh: Float32Array;
  /** Whether the frame shows a face at all, 0 to 1. */
  readonly presence: number;
}

export interface DenseNet {
  /** One quick look at the whole: good enough to frame the face better. */
  glance(picture: Pixels, frame: Frame): Promise<Dense>;
  /**
   * Lips and eyes looked at once more.
   * @param twice all of it once more in the mirror: the mean of both has no favourite side, and where a frame that is a little off moves the points of
   *   one look by 0.021 of the distance of the eyes, it moves the mean by 0.015
   */
  study(picture: Pixels, frame: Frame, twice: boolean): Promise<Dense>;
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

  async function refined(seen: Outputs): Promise<Float32Array> {
    const mesh = seen('mesh');
    await details.refine(seen('features'), mesh);
    seen('features').fill(0);
    return mesh;
  }

  return {
    async glance(picture, frame) {
      const seen = await eyepiece.look(picture, frame, ['mesh', 'presence']);
      return { mesh: outOf(frame, side, seen('mesh')), presence: presenceOf(seen) };
    },
    async study(picture, frame, twice) {
      if (!twice) {
        const seen = await eyepiece.look(picture, frame);
        return { mesh: outOf(frame, side, await refined(seen)), presence: presenceOf(seen) };
      }
      const [seen, inMirror] = await eyepiece.lookTwice(picture, frame);
      const mesh = mean(await refined(seen), await refined(inMirror), side);
      return { mesh: outOf(frame, side, mesh), presence: (presenceOf(seen) + presenceOf(inMirror)) / 2 };
    },
    async close() {
      await network.close();
      await details.close();
    },
  };
}

function presenceOf(seen: Outputs): number {
  return 1 / (1 + Math.exp(-(seen('presence')[0] ?? 0)));
}

/** The mean of a mesh and of the one that was seen in the mirror, which goes back to its own side. */
function mean(mesh: Float32Array, inMirror: Float32Array, side: number): Float32Array {
  return mesh.map((value, i) => {
    const axis = i % 3;
    const image = inMirror[3 * (meshMirrored[(i - axis) / 3] ?? 0) + axis] ?? 0;
    return (value + (axis === 0 ? side - image : image)) / 2;
  });
}

/** Points in pixels of the square become points of the picture, in place; their depth grows likewise. */
function outOf(frame: Frame, side: number, mesh: Float32Array): Float32Array {
  const scale = Math.max(frame.width, frame.height) / side;
  for (let i = 0; i < mesh.length; i += 3) {
    mesh.set(uncrop(frame, (mesh[i] ?? 0) / side, (mesh[i + 1] ?? 0) / side), i);
    mesh[i + 2] = (mesh[i + 2] ?? 0) * scale;
  }
  return mesh;
}

/** The frame around a candidate, as upright as its eyes. */
export function frameOf({ x, y, side, eyes: [left, right] }: Candidate): Frame {
  return { x, y, width: margin * side, height: margin * side, roll: angle(left, right) };
}

/** Sides of a mesh's frame over the box of the 68 points in it, and how much higher its middle lies, in sides of that box: medians of 21 faces. */
const marginOfPoints = 1.76;
const rise = 0.1;

/** The frame around 68 points: a mesh has a forehead too. */
export function frameOfPoints(points: readonly Point[]): Frame {
  const { x, y, width, roll } = frameAround(points, 1);
  const up = rise * width;
  return { x: x + up * Math.sin(roll), y: y - up * Math.cos(roll), width: marginOfPoints * width, height: marginOfPoints * width, roll };
}

/** The frame around a mesh that was found. */
export function frameOfMesh(mesh: Float32Array): Frame {
  const [from, to] = corners;
  const roll = angle([mesh[3 * from] ?? 0, mesh[3 * from + 1] ?? 0], [mesh[3 * to] ?? 0, mesh[3 * to + 1] ?? 0]);
  const [cos, sin] = [Math.cos(roll), Math.sin(roll)];
  let west = Infinity;
  let east = -Infinity;
  let north = Infinity;
  let south = -Infinity;
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
