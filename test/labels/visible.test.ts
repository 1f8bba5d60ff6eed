import { describe, expect, test } from '@jest/globals';
import type { Box } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { badgeFor, fits } from '../../src/labels/badge.ts';
import { canWrite } from '../../src/labels/glyphs.ts';
import { drawMark } from '../../src/labels/label.ts';

const text = 'AI generated';

function filled(width: number, height: number, value: (x: number, y: number, channel: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0, i = 0; y < height; y++) for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) data[i++] = value(x, y, c);
  return { width, height, channels: 3, data };
}

/** Relative luminance of WCAG 2.2. */
function luminance({ data, width }: Pixels, x: number, y: number): number {
  const linear = (value: number) => (value <= 10.31475 ? value / 3294.6 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const at = (y * width + x) * 3;
  return 0.2126 * linear(data[at] ?? 0) + 0.7152 * linear(data[at + 1] ?? 0) + 0.0722 * linear(data[at + 2] ?? 0);
}

const grounds: readonly (readonly [name: string, value: (x: number, y: number, channel: number) => number])[] = [
  ['white', () => 255],
  ['black', () => 0],
  ['grey', () => 128],
  ['yellow', (_x, _y, channel) => [255, 238, 0][channel] ?? 0],
  ['noise', (x, y, channel) => (Math.imul(x * 7919 + y * 104729 + channel * 31, 2654435761) >>> 24) & 255],
  ['stripes of the width of its strokes', (x) => (x % 10 < 5 ? 255 : 0)],
];

describe('the visible mark', () => {
  test.each(grounds)('can be read on %s: contrast 4.5 all around every letter', (_name, ground) => {
    const picture = filled(640, 480, ground);
    const place = drawMark(picture, [], text);
    const { ink, plate } = badgeFor(text, 480);
    let darkest = 1;
    let brightest = 0;
    for (let v = 0; v < place.height; v++) {
      for (let u = 0; u < place.width; u++) {
        const from = v * place.width + u;
        const light = luminance(picture, place.x + u, place.y + v);
        if (ink[from] === 255 && light < darkest) darkest = light;
        if (ink[from] === 0 && plate[from] === 255 && light > brightest) brightest = light;
      }
    }
    expect((darkest + 0.05) / (brightest + 0.05)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    [1080, 810],
    [640, 480],
    [333, 900],
    [901, 899],
  ])('its text is at least 5 %% of the short side high: %i × %i', (width, height) => {
    const picture = filled(width, height, () => 0);
    const place = drawMark(picture, [], text);
    // On black only ink is bright; the sign beside the text is not as high.
    let [top, bottom] = [height, 0];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if ((picture.data[(y * width + x) * 3] ?? 0) < 128) continue;
        if (y < top) top = y;
        if (y > bottom) bottom = y;
      }
    }
    expect(bottom - top + 1).toBeGreaterThanOrEqual(0.05 * Math.min(width, height));
    expect(place.x).toBeGreaterThan(0);
    expect(place.x + place.width).toBeLessThan(width);
  });

  test('nothing outside its place is touched', () => {
    const picture = filled(640, 480, (x, y) => (x + y) & 255);
    const before = Uint8ClampedArray.from(picture.data);
    const { x, y, width, height } = drawMark(picture, [], text);
    let outside = 0;
    for (let v = 0; v < 480; v++) {
      for (let u = 0; u < 640; u++) {
        if (u >= x && u < x + width && v >= y && v < y + height) continue;
        for (let c = 0; c < 3; c++) if (picture.data[(v * 640 + u) * 3 + c] !== before[(v * 640 + u) * 3 + c]) outside++;
      }
    }
    expect(outside).toBe(0);
  });

  test('the same picture gets the same pixels', () => {
    const [once, twice] = [filled(500, 400, (x) => x & 255), filled(500, 400, (x) => x & 255)];
    drawMark(once, [], text);
    drawMark(
      filled(900, 700, () => 9),
      [],
      text,
    );
    drawMark(twice, [], text);
    expect(twice.data).toEqual(once.data);
  });

  describe('keeps off faces', () => {
    const place = (...avoid: Box[]) => {
      const { x, y, width } = drawMark(
        filled(1000, 800, () => 0),
        avoid,
        text,
      );
      return `${y > 400 ? 'bottom' : 'top'} ${x + width / 2 > 500 ? 'right' : 'left'}`;
    };
    const at = (x: number, y: number): Box => ({ x, y, width: 300, height: 350 });

    test('at the bottom right where there is none', () => expect(place()).toBe('bottom right'));
    test('at the left, when the face is at the right', () => expect(place(at(650, 440))).toBe('bottom left'));
    test('farther from a face that it would not cover', () => expect(place(at(600, 200))).toBe('bottom left'));
    test('at the right, when the left is hardly farther', () => expect(place(at(360, 200))).toBe('bottom right'));
    test('at the top, when faces fill the bottom', () => expect(place(at(650, 440), at(50, 440))).toBe('top right'));
    test('at the bottom, when faces fill all', () => expect(place({ x: 0, y: 0, width: 1000, height: 800 })).toBe('bottom right'));
  });

  test('a picture smaller than the mark is no fault', () => {
    const picture = filled(40, 30, () => 255);
    drawMark(picture, [], text);
    expect(picture.data.some((value) => value < 200)).toBe(true);
  });
});

describe('the words of the mark', () => {
  test.each(['AI generated', 'AI生成', '人工智能合成', 'Made with AI', 'KI-generiert'])('%s', (words) => {
    expect(canWrite(words) && fits(words)).toBe(true);
  });

  test.each(['', '   ', '...', 'généré', '由AI生成', 'AI\n', '\u{1f916}'])('not %p', (words) => {
    expect(canWrite(words)).toBe(false);
  });

  test('not more than fits into a square picture', () => {
    expect(fits('This picture was generated by a machine')).toBe(false);
  });

  test('every character of the alphabet is another one', () => {
    const alphabet = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:-+/!'()&·人工智能生成合"];
    const drawn = alphabet.map((character) => Buffer.from(badgeFor(`A${character}`, 1000).ink));
    expect(new Set(drawn.map((mask) => mask.toString('base64'))).size).toBe(alphabet.length);
    expect(new Set(alphabet.map((character) => canWrite(`A${character}`)))).toEqual(new Set([true]));
  });
});
