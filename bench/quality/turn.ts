import sharp from 'sharp';
import type { Place } from '../../src/effects/measures/anchor.ts';
import type { Pixels } from '../../src/image/pixels.ts';

/** A photo that was held at an angle. @param degrees clockwise */
export async function turnedPhoto(photo: Buffer, degrees: number): Promise<Buffer> {
  return sharp(await sharp(photo).rotate(degrees, { background: '#808080' }).png().toBuffer())
    .png()
    .toBuffer();
}

/**
 * Where something that lies in the turned photo would lie in the upright one. The turned picture is larger, and was shrunk to working size.
 * @param upright the picture at working size
 */
export function turnedBack(place: Place, upright: Pixels, degrees: number): Place {
  const angle = (degrees * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const { width, height } = upright;
  const [turnedWidth, turnedHeight] = [width * Math.abs(cos) + height * Math.abs(sin), width * Math.abs(sin) + height * Math.abs(cos)];
  const shrunk = Math.min(1, 1080 / Math.max(turnedWidth, turnedHeight));
  const [x, y] = [place.centre[0] / shrunk - turnedWidth / 2, place.centre[1] / shrunk - turnedHeight / 2];
  return {
    ...place,
    centre: [width / 2 + x * cos + y * sin, height / 2 + y * cos - x * sin],
    roll: place.roll - degrees,
  };
}
