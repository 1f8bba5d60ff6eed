import type { Detector } from '../faces/detector.ts';
import type { Box, Face } from '../faces/face.ts';
import type { Judged } from '../faces/limits.ts';
import { measure } from '../faces/quality.ts';
import { decodeWithHeader } from '../image/decode.ts';
import type { Pixels } from '../image/pixels.ts';
import type { Header } from '../image/probe.ts';

/** Long side of the picture that faces are looked for in and effects are drawn on, in pixels. */
export const workingSide = 1080;

/** A photo on the table: what its header said and its upright picture at working size. */
export interface Plate {
  readonly header: Header;
  readonly picture: Pixels;
  /** Pixels of the uploaded photo to one of the picture, at least 1. */
  readonly enlargement: number;
}

/** A face with its measures. `face` is in pixels of the working picture, `box` in pixels of the uploaded photo. */
export interface Found extends Judged {
  readonly face: Face;
}

/**
 * Header, decoding and orientation. The encoded photo is overwritten: from here on only pixels are left of it.
 * @throws Problem `unsupported-image-type`, `unreadable-image`, `image-too-large`
 */
export async function expose(encoded: Buffer, maxPixels: number): Promise<Plate> {
  try {
    const { header, picture } = await decodeWithHeader(encoded, { maxPixels, maxSide: workingSide });
    return { header, picture, enlargement: header.width / picture.width };
  } finally {
    encoded.fill(0);
  }
}

/** Finds and measures the faces of a photo, left to right. */
export async function findFaces(detector: Detector, { picture, enlargement }: Plate): Promise<readonly Found[]> {
  const faces = await detector.detect(picture);
  return faces.map((face) => ({
    face,
    box: enlarged(face.box, enlargement),
    score: face.score,
    measures: measure(picture, face, enlargement),
  }));
}

function enlarged({ x, y, width, height }: Box, by: number): Box {
  return { x: x * by, y: y * by, width: width * by, height: height * by };
}
