import type { Photo } from '../../src/effects/effect.ts';
import { reference } from '../../src/effects/head.ts';
import { landmarksOf } from '../../src/faces/sixty-eight.ts';
import type { Pixels } from '../../src/image/pixels.ts';

const { cos, PI, sin } = Math;

/** Angles in degrees, all of them right-handed about the head's own axes: to the picture's right, up, clockwise. */
export interface Stand {
  readonly yaw?: number;
  readonly pitch?: number;
  readonly roll?: number;
  /** Pixels between the eyes. */
  readonly scale?: number;
}

/** The mean face as a distant camera sees it when the head stands so: the truth is known. */
export function meshAt({ yaw = 0, pitch = 0, roll = 0, scale = 100 }: Stand, x = 300, y = 350): Float32Array {
  const mesh = new Float32Array(reference.length);
  const [a, b, c] = [radians(yaw), radians(pitch), radians(roll)];
  for (let i = 0; i < mesh.length; i += 3) {
    const [px, py, pz] = [reference[i] ?? 0, reference[i + 1] ?? 0, reference[i + 2] ?? 0];
    const [y1, z1] = [py * cos(b) - pz * sin(b), py * sin(b) + pz * cos(b)];
    const [x2, z2] = [px * cos(a) + z1 * sin(a), z1 * cos(a) - px * sin(a)];
    mesh[i] = x + scale * (x2 * cos(c) - y1 * sin(c));
    mesh[i + 1] = y + scale * (x2 * sin(c) + y1 * cos(c));
    mesh[i + 2] = -scale * z2;
  }
  return mesh;
}

/** An even grey picture, 600 × 700, with one such head in it. */
export function greyPhoto(stand: Stand, grey = 128): Photo {
  const picture: Pixels = { width: 600, height: 700, channels: 3, data: new Uint8ClampedArray(600 * 700 * 3).fill(grey) };
  const mesh = meshAt(stand);
  const landmarks = landmarksOf(mesh);
  const pose = { yaw: stand.yaw ?? 0, pitch: stand.pitch ?? 0, roll: stand.roll ?? 0 };
  return { picture, faces: [{ box: { x: 200, y: 250, width: 200, height: 250 }, score: 1, pose, landmarks, mesh }] };
}

function radians(degrees: number): number {
  return (degrees * PI) / 180;
}
