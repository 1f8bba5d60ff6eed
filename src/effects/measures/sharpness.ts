import type { Mask } from '../raster/picture.ts';
import { half } from './contour.ts';
import type { View } from './view.ts';

const { floor, max, round } = Math;

/** Distance of the eyes in pixels at which both faces are compared: the size at which most people will see them, and which every photo can fill. */
const scale = 48;

/** Reduced pixels from the mask's edge at which the face begins: the edge itself is the seam's matter. */
const rim = 2;

/** Variance of the Laplacian of L* that no eye tells from flat; keeps the ratio finite. */
const unseen = 1;

/**
 * How sharp a face became: variance of the Laplacian of lightness (Pech-Pacheco et al. 2000, doi:10.1109/ICPR.2000.903548) over the face, result
 * over base, both with the eyes about 48 pixels apart.
 * @param interocular of the face in the result, pixels
 * @returns 1 where it is as sharp as before, below where it is softer; NaN where the mask is empty
 */
export function sharpnessRatio(result: View, base: View, mask: Mask, interocular: number): number {
  const factor = max(1, round(interocular / scale));
  const inside = reducedMask(mask, factor);
  return (sharpnessIn(result, mask, inside, factor) + unseen) / (sharpnessIn(base, mask, inside, factor) + unseen);
}

interface Reduced {
  readonly width: number;
  readonly height: number;
  /** 1 in the face, away from its edge. */
  readonly data: Uint8Array;
}

function reducedMask({ area, data }: Mask, factor: number): Reduced {
  const [width, height] = [floor(area.width / factor), floor(area.height / factor)];
  const at = (x: number, y: number) => (data[floor((y + 0.5) * factor) * area.width + floor((x + 0.5) * factor)] ?? 0) >= half;
  const out = new Uint8Array(width * height);
  for (let y = rim; y < height - rim; y += 1) {
    for (let x = rim; x < width - rim; x += 1) {
      if (at(x, y) && at(x - rim, y) && at(x + rim, y) && at(x, y - rim) && at(x, y + rim)) out[y * width + x] = 1;
    }
  }
  return { width, height, data: out };
}

/** Each reduced pixel is the mean of four of its places. */
function sharpnessIn(view: View, mask: Mask, inside: Reduced, factor: number): number {
  const { width, data } = inside;
  const lightness = lightnessAround(view, mask, inside, factor);
  let count = 0;
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i += 1) {
    if (data[i] === 0) continue;
    const beside = (lightness[i - 1] ?? 0) + (lightness[i + 1] ?? 0) + (lightness[i - width] ?? 0) + (lightness[i + width] ?? 0);
    const laplacian = beside - 4 * (lightness[i] ?? 0);
    count += 1;
    sum += laplacian;
    squares += laplacian * laplacian;
  }
  return squares / count - (sum / count) ** 2;
}

/** L* of what lies inside and right beside it; the rest is not looked at. */
function lightnessAround(view: View, { area }: Mask, { width, height, data }: Reduced, factor: number): Float32Array {
  const out = new Float32Array(width * height);
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1, i = y * width + 1; x < width - 1; x += 1, i += 1) {
      if (data[i] === 0 && data[i - 1] === 0 && data[i + 1] === 0 && data[i - width] === 0 && data[i + width] === 0) continue;
      out[i] = view.mean(area.x + (x + 0.5) * factor, area.y + (y + 0.5) * factor, factor / 4);
    }
  }
  return out;
}
