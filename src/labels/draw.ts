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

/** The first of the corners with the least face in it, the two at the bottom before the two at the top; of two equal ones the farther. */
function corner(picture: Pixels, badge: Badge, avoid: readonly Box[]): Place {
  const margin = round(0.025 * min(picture.width, picture.height));
  const [right, bottom] = [picture.width - margin - badge.width, picture.height - margin - badge.height];
  const { width, height } = badge;
  const at = (x: number, y: number): Place => ({ x, y, width, height });
  const rank = (place: Place) => ({ place, covered: avoid.reduce((sum, box) => sum + shared(place, box), 0), far: distance(place, avoid) });
  const [lower, upper] = [
    [at(right, bottom), at(margin, bottom)],
    [at(right, margin), at(margin, margin)],
  ].map((pair) => pair.map(rank).sort((a, b) => a.covered - b.covered || b.far - a.far)[0]);
  if (lower === undefined || upper === undefined) return at(right, bottom);
  return lower.covered <= upper.covered ? lower.place : upper.place;
}

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
