import type { Point } from '../../../faces/face.ts';
import type { Pixels } from '../../../image/pixels.ts';
import type { Lab } from '../../raster/colour.ts';

const { cbrt, floor, min, round } = Math;

/** A face's own coordinates: unit the distance of the eyes, origin midway between them, x along the line of the eyes, y down the face. */
export interface Frame {
  toPicture(x: number, y: number): Point;
  toFace(point: Point): Point;
  /** Pixels of the picture for one unit. */
  readonly unit: number;
}

/** @param apart distance of the eyes in space, pixels: what a face turned aside would show from the front */
export function frameOf({ left, right, apart }: { readonly left: Point; readonly right: Point; readonly apart: number }): Frame {
  const [dx, dy] = [right[0] - left[0], right[1] - left[1]];
  const length = Math.hypot(dx, dy) || 1;
  const [cos, sin] = [dx / length, dy / length];
  const [ox, oy] = [(left[0] + right[0]) / 2, (left[1] + right[1]) / 2];
  return {
    unit: apart,
    toPicture: (x, y) => [ox + apart * (cos * x - sin * y), oy + apart * (sin * x + cos * y)],
    toFace: ([px, py]) => [(cos * (px - ox) + sin * (py - oy)) / apart, (cos * (py - oy) - sin * (px - ox)) / apart],
  };
}

/** Part of a picture, upright with the face and at a size of its own, as L*a*b*. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  /** Of its pixels, one unit of the face. */
  readonly density: number;
  /** Corner at the top left, units of the face. */
  readonly left: number;
  readonly top: number;
  /** L*, a*, b* of each pixel. */
  readonly lab: Float32Array;
  /** 1 where the pixel lies in the picture. */
  readonly known: Uint8Array;
}

export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Cuts a region out. Each pixel is the mean of up to 2 × 2 samples, so that fine detail does not flicker with the size of the photo. */
export function cutSheet(picture: Pixels, frame: Frame, { left, top, right, bottom }: Region, density: number): Sheet {
  const width = round((right - left) * density);
  const height = round((bottom - top) * density);
  const lab = new Float32Array(width * height * 3);
  const known = new Uint8Array(width * height);
  const { data, channels } = picture;
  const [xLast, yLast] = [picture.width - 1, picture.height - 1];
  // Two by two samples where the photo is finer than the sheet.
  const across = frame.unit > 1.5 * density ? 2 : 1;
  const [ox, oy] = frame.toPicture(left, top);
  const [rx, ry] = frame.toPicture(right, top);
  const [ux, uy] = [(rx - ox) / (width * across), (ry - oy) / (width * across)];
  for (let y = 0, to = 0; y < height; y++) {
    for (let x = 0; x < width; x++, to++) {
      let r = 0;
      let g = 0;
      let b = 0;
      let n = 0;
      for (let j = 0; j < across; j++) {
        const sy = y * across + j + 0.5;
        for (let i = 0; i < across; i++) {
          const sx = x * across + i + 0.5;
          const px = floor(ox + ux * sx - uy * sy);
          const py = floor(oy + uy * sx + ux * sy);
          if (px < 0 || py < 0 || px > xLast || py > yLast) continue;
          const from = (py * picture.width + px) * channels;
          r += data[from] ?? 0;
          g += data[from + 1] ?? 0;
          b += data[from + 2] ?? 0;
          n++;
        }
      }
      if (n === 0) continue;
      known[to] = 1;
      writeLab(r / n, g / n, b / n, lab, to * 3);
    }
  }
  return { width, height, density, left, top, lab, known };
}

/** Index of the pixel at a place of the face, or -1 where there is none. */
export function pixelAt(sheet: Sheet, x: number, y: number): number {
  const column = floor((x - sheet.left) * sheet.density);
  const row = floor((y - sheet.top) * sheet.density);
  if (column < 0 || row < 0 || column >= sheet.width || row >= sheet.height) return -1;
  const index = row * sheet.width + column;
  return sheet.known[index] === 1 ? index : -1;
}

/** The pixels within a distance of a place. */
export function pixelsAround(sheet: Sheet, x: number, y: number, radius: number, into: number[] = []): number[] {
  const step = 1 / sheet.density;
  for (let dy = -radius; dy <= radius + 1e-6; dy += step) {
    for (let dx = -radius; dx <= radius + 1e-6; dx += step) {
      if (dx * dx + dy * dy > radius * radius + 1e-6) continue;
      const index = pixelAt(sheet, x + dx, y + dy);
      if (index >= 0) into.push(index);
    }
  }
  return into;
}

export function labAt({ lab }: Sheet, index: number): Lab {
  return [lab[3 * index] ?? 0, lab[3 * index + 1] ?? 0, lab[3 * index + 2] ?? 0];
}

/** The value below which a share of all lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  return quantileOf(new Float64Array(values).sort(), share);
}

function quantileOf(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = floor(at);
  const [a, b] = [sorted[low] ?? 0, sorted[min(sorted.length - 1, low + 1)] ?? 0];
  return a + (b - a) * (at - low);
}

/** The middle colour, channel by channel. */
export function medianLab(colours: readonly Lab[]): Lab {
  const middle = (k: 0 | 1 | 2): number =>
    quantile(
      colours.map((colour) => colour[k]),
      0.5,
    );
  return [middle(0), middle(1), middle(2)];
}

/** The middle colour of some pixels, as `medianLab`: a colour of its own for each of thousands would keep the garbage collector busy. */
export function medianOf({ lab }: Sheet, pixels: readonly number[]): Lab {
  if (pixels.length === 0) return [0, 0, 0];
  const values = new Float64Array(pixels.length);
  const middle = (k: 0 | 1 | 2): number => {
    for (let i = 0; i < values.length; i++) values[i] = lab[3 * (pixels[i] ?? 0) + k] ?? 0;
    return quantileOf(values.sort(), 0.5);
  };
  return [middle(0), middle(1), middle(2)];
}

/** Lightness of some pixels. */
export function lightsOf({ lab }: Sheet, pixels: readonly number[]): number[] {
  return pixels.map((pixel) => lab[3 * pixel] ?? 0);
}

/** Those of some pixels that are neither darker nor lighter than this. */
export function lightWithin({ lab }: Sheet, pixels: readonly number[], low: number, high: number): number[] {
  return pixels.filter((pixel) => {
    const light = lab[3 * pixel] ?? 0;
    return light >= low && light <= high;
  });
}

/** Linear light of the 256 values of sRGB (IEC 61966-2-1). */
const linear = Float32Array.from({ length: 256 }, (_, value) => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
});

/** The bent scale of L*a*b* (CIE 15) for light from 0 to 1 in 4,096 steps, each a step of L* of less than 0.3. */
const steps = 4096;
const bent = Float32Array.from({ length: steps + 2 }, (_, i) => {
  const t = i / steps;
  return t > 216 / 24389 ? cbrt(t) : (24389 / 27 / 116) * t + 16 / 116;
});

/** As `toLab`, from tables and without a tuple: a sheet has tens of thousands of pixels. */
function writeLab(red: number, green: number, blue: number, into: Float32Array, to: number): void {
  const r = linear[(red + 0.5) | 0] ?? 0;
  const g = linear[(green + 0.5) | 0] ?? 0;
  const b = linear[(blue + 0.5) | 0] ?? 0;
  const x = bent[((0.43395 * r + 0.37622 * g + 0.18983 * b) * steps + 0.5) | 0] ?? 0;
  const y = bent[((0.2126729 * r + 0.7151522 * g + 0.072175 * b) * steps + 0.5) | 0] ?? 0;
  const z = bent[((0.01776 * r + 0.10947 * g + 0.87277 * b) * steps + 0.5) | 0] ?? 0;
  into[to] = 116 * y - 16;
  into[to + 1] = 500 * (x - y);
  into[to + 2] = 200 * (y - z);
}
