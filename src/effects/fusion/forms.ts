import { spread } from '../raster/spread.ts';
import { cell } from './coarse.ts';
import { plan as at, type Plan, planned } from './plan.ts';

const { log, max, min, round } = Math;

/**
 * Works out what draws a face in planes: for each cell the slope and the shift that smooth lightness but for its edges, the logarithm of the
 * lightness nearby, and that of the form of the face. Smoothing is the guided filter with the picture as its own guide (He, Sun and Tang, PAMI 35, 2013), its coefficients worked out
 * on cells (He and Sun 2015, arXiv:1505.00996): where the variance around is well below what counts as flat, lightness becomes the mean.
 * @param light @param crisp lightness of each pixel, before and after the brush
 * @param paint how much counts as flat, 0 to 1
 */
export function addForms(plan: Plan, light: Float32Array, crisp: Float32Array, width: number, height: number, paint: number): void {
  const w = plan.width;
  const h = plan.height;
  const mean = new Float32Array(w * h);
  const square = new Float32Array(w * h);
  const plain = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const end = min(height, (y + 1) * cell);
    for (let x = 0; x < w; x++) {
      const right = min(width, (x + 1) * cell);
      let sum = 0;
      let squares = 0;
      let before = 0;
      for (let v = y * cell; v < end; v++) {
        for (let i = v * width + x * cell; i < v * width + right; i++) {
          const value = crisp[i] ?? 0;
          sum += value;
          squares += value * value;
          before += light[i] ?? 0;
        }
      }
      const share = 1 / ((end - y * cell) * (right - x * cell));
      mean[y * w + x] = sum * share;
      square[y * w + x] = squares * share;
      plain[y * w + x] = before * share;
    }
  }
  const reach = max(1, round(width / 45 / cell));
  const around = spread(mean, w, h, reach);
  const aroundSquare = spread(square, w, h, reach);
  const slope = new Float32Array(w * h);
  const shift = new Float32Array(w * h);
  for (let i = 0; i < slope.length; i++) {
    const m = around[i] ?? 0;
    const variance = max(0, (aroundSquare[i] ?? 0) - m * m) / 65025;
    const flat = paint * (0.003 - 0.0028 * (plan.data[i * planned + at.feature] ?? 0));
    slope[i] = variance / (variance + flat + 1e-6);
    shift[i] = m * (1 - (slope[i] ?? 0));
  }
  set(plan, at.slope, spread(slope, w, h, reach));
  set(plan, at.shift, spread(shift, w, h, reach));
  set(plan, at.near, logarithms(spread(plain, w, h, 2)));
  set(plan, at.form, logarithms(spread(mean, w, h, max(1, round(width / 14 / cell)))));
}

/** Of lightness and a little more, so that black is not infinitely far from dark. */
function logarithms(values: Float32Array): Float32Array {
  for (let i = 0; i < values.length; i++) values[i] = log((values[i] ?? 0) + darkest);
  return values;
}

/** Levels of 255 that are added before a logarithm is taken. */
export const darkest = 10;

function set({ data }: Plan, place: number, values: Float32Array): void {
  for (let i = 0, n = place; i < values.length; i++, n += planned) data[n] = values[i] ?? 0;
}
