import sharp from 'sharp';
import { workingSide } from '../../src/darkroom/expose.ts';
import type { Place } from '../../src/effects/measures/anchor.ts';
import type { Pixels } from '../../src/image/pixels.ts';

const background = '#808080';

/** What is laid around a photo before it is turned, as a share of its sides: a crown that is cut off has another middle. */
const border = 0.25;

/** A photo that was held at an angle. @param degrees clockwise */
export async function turnedPhoto(photo: Buffer, degrees: number): Promise<Buffer> {
  const { width, height } = await sharp(photo).metadata();
  const [across, down] = [Math.round(border * width), Math.round(border * height)];
  const framed = await sharp(photo).extend({ left: across, right: across, top: down, bottom: down, background }).png().toBuffer();
  return sharp(framed).rotate(degrees, { background }).png().toBuffer();
}

/**
 * Where something that lies in the turned photo would lie in the photo itself. The turned one is larger, and is shrunk to working size.
 * @param photo as it was before, in pixels
 */
export function turnedBack(place: Place, { width, height }: Pixels, degrees: number): Place {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [framedWidth, framedHeight] = [width + 2 * Math.round(border * width), height + 2 * Math.round(border * height)];
  const turnedWidth = framedWidth * Math.abs(cos) + framedHeight * Math.abs(sin);
  const turnedHeight = framedWidth * Math.abs(sin) + framedHeight * Math.abs(cos);
  const shrunk = Math.min(1, workingSide / Math.max(turnedWidth, turnedHeight));
  const [x, y] = [place.centre[0] / shrunk - turnedWidth / 2, place.centre[1] / shrunk - turnedHeight / 2];
  return {
    ...place,
    centre: [width / 2 + x * cos + y * sin, height / 2 + y * cos - x * sin],
    roll: place.roll - degrees,
  };
}
