import { bearing } from './glyphs.ts';
import { ink, nib, write } from './pen.ts';

const { abs, ceil, floor, max, min, round, sqrt } = Math;

/** The mark as two layers of one size: a dark plate, and on it the sign and the text. 0 to 255, one byte a pixel. */
export interface Badge {
  readonly width: number;
  readonly height: number;
  readonly plate: Uint8Array;
  readonly ink: Uint8Array;
}

/** Hundredths of an em: from the plate's edge to capitals and baseline, and to sign and text at its ends; the sign's reach; from it to the text. */
const [aboveBelow, atEnds, sign, gap] = [31, 42, 29, 14];
const capital = 70;

const drawn = new Map<string, Badge>();

/**
 * The mark for a picture of this size. GB 45438-2025 wants the text at least 5 % of the short side high; measured here from the highest to the
 * lowest place of its ink.
 * @param shortSide pixels; below 240 the text keeps the 12 pixels that can just be read
 */
export function badgeFor(text: string, shortSide: number): Badge {
  const height = max(12, ceil(0.05 * shortSide) + 1);
  const key = `${height} ${text}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const badge = draw(text, height);
  // A darkroom sees few sizes; a service that lives longer must not keep every one of them.
  if (drawn.size > 16) drawn.clear();
  drawn.set(key, badge);
  return badge;
}

/** Whether a text is short enough for the narrowest picture, a square one: the mark keeps to 95 % of its side. */
export function fits(text: string): boolean {
  return layOut(text, 50).width <= 950;
}

/** Sizes and places in pixels of a mark whose text is so high. */
function layOut(text: string, textHeight: number) {
  const written = write(text);
  const scale = textHeight / (written.top - written.bottom);
  const top = max(capital, written.top - nib);
  return {
    written,
    scale,
    width: round(scale * (2 * atEnds + 2 * sign + gap + written.width - bearing)),
    height: round(scale * (top + 2 * aboveBelow)),
    textAt: scale * (atEnds + 2 * sign + gap),
    baseline: scale * (top + aboveBelow),
    signAt: scale * (atEnds + sign),
    signReach: scale * sign,
    capitalHeight: scale * capital,
  };
}

function draw(text: string, textHeight: number): Badge {
  const { written, scale, width, height, textAt, baseline, signAt, signReach, capitalHeight } = layOut(text, textHeight);
  const plate = new Uint8Array(width * height);
  const letters = new Uint8Array(width * height);
  pill(plate, width, height);
  star(letters, width, signAt, baseline - capitalHeight / 2, signReach);
  ink(written.segments, letters, width, height, scale, textAt, baseline);
  return { width, height, plate, ink: letters };
}

/** A plate with half circles at its ends. */
function pill(mask: Uint8Array, width: number, height: number): void {
  const radius = height / 2;
  mask.fill(255);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < radius; x++) {
      const dx = radius - x - 0.5;
      const dy = radius - y - 0.5;
      const covered = max(0, min(255, 255 * (radius + 0.5 - sqrt(dx * dx + dy * dy))));
      mask[y * width + x] = covered;
      mask[y * width + width - 1 - x] = covered;
    }
  }
}

/** The four-pointed star that has come to stand for pictures made by a machine: what four circles leave of a square around it. */
function star(mask: Uint8Array, width: number, cx: number, cy: number, radius: number): void {
  for (let y = floor(cy - radius); y < cy + radius; y++) {
    for (let x = floor(cx - radius); x < cx + radius; x++) {
      const u = radius - abs(x + 0.5 - cx);
      const v = radius - abs(y + 0.5 - cy);
      mask[y * width + x] = max(0, min(255, 255 * (sqrt(u * u + v * v) - radius + 0.5)));
    }
  }
}
