import type { Box } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import { type Badge, badgeFor } from './badge.ts';

const { hypot, max, min, round } = Math;

/** A dark grey that lets two fifths of the picture through: enough for white letters on a white wall (contrast at least 4.5, WCAG 2.2). */
const plate = { red: 16, green: 17, blue: 22, cover: 0.6 } as const;

/** Where the mark went, in whole pixels. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Lays the visible mark into a corner: at the bottom, where no face is and farther from them; at the top when faces fill the bottom.
 * @param picture three channels, changed in place
 * @param avoid what must not be covered, faces first of all; pixels of the picture
 */
export function drawMark(picture: Pixels, avoid: readonly Box[], text: string): Place {
  const badge = badgeFor(text, min(picture.width, picture.height));
  const place = corner(picture, badge, avoid);
  const { width, height, channels, data } = picture;
  const [left, right] = [max(0, place.x), min(width, place.x + badge.width)];
  for (let y = max(0, place.y); y < min(height, place.y + badge.height); y++) {
    let from = (y - place.y) * badge.width + left - place.x;
    let to = (y * width + left) * channels;
    for (const end = (y * width + right) * channels; to < end; to += channels, from++) {
      const dark = ((badge.plate[from] ?? 0) * plate.cover) / 255;
      const light = (badge.ink[from] ?? 0) / 255;
      const ground = (1 - dark) * (1 - light);
      const paint = dark * (1 - light);
      data[to] = ground * (data[to] ?? 0) + paint * plate.red + light * 255;
      data[to + 1] = ground * (data[to + 1] ?? 0) + paint * plate.green + light * 255;
      data[to + 2] = ground * (data[to + 2] ?? 0) + paint * plate.blue + light * 255;
    }
  }
  return place;
}

/** How much farther from every face the left must be to be taken instead of the right, as a share of the short side. */
const clearly = 0.1;

/** At the bottom, unless a face is less covered at the top; at the right, unless the left covers less or is clearly farther from faces. */
function corner(picture: Pixels, badge: Badge, avoid: readonly Box[]): Place {
  const short = min(picture.width, picture.height);
  const margin = round(0.025 * short);
  const { width, height } = badge;
  const better = (y: number): Place => {
    const right = { x: picture.width - margin - width, y, width, height };
    const left = { x: margin, y, width, height };
    const gain = covered(right, avoid) - covered(left, avoid);
    const farther = distance(left, avoid) - distance(right, avoid);
    return gain > 0 || (gain === 0 && farther > clearly * short) ? left : right;
  };
  const [bottom, top] = [better(picture.height - margin - height), better(margin)];
  return covered(bottom, avoid) <= covered(top, avoid) ? bottom : top;
}

const covered = (place: Place, avoid: readonly Box[]) => avoid.reduce((sum, box) => sum + shared(place, box), 0);

function shared(a: Place, b: Box): number {
  const width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x);
  const height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y);
  return max(0, width) * max(0, height);
}

/** From the middle of a place to the middle of the nearest face; 0 where there is none, so that all are equal. */
function distance(place: Place, avoid: readonly Box[]): number {
  const middles = avoid.map(({ x, y, width, height }) =>
    hypot(x + width / 2 - place.x - place.width / 2, y + height / 2 - place.y - place.height / 2),
  );
  return middles.length === 0 ? 0 : min(...middles);
}
