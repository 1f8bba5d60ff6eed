import type { Rendering } from '../../templates/kinds/fusion.ts';
import { smoothstep } from '../raster/picture.ts';
import { powerTable, quickExp, quickLog } from '../raster/power.ts';
import { spread } from '../raster/spread.ts';
import { brushed } from './brush.ts';
import { cell } from './coarse.ts';
import { addAt, colourAt, evenAt, featureAt, gainAt, lipsAt, overAt, type Plan, paleAt, planned, shareAt, wantedAt } from './plan.ts';
import { tinter } from './tint.ts';
import type { Sheet } from './warp.ts';

const { max, min, round } = Math;

/** Powers of the shade for red, green and blue: light that has gone through skin is red, so its shadows are warmer than its lights. */
const shadeRed = powerTable(0.86);
const shadeGreen = powerTable(1.05);
const shadeBlue = powerTable(1.1);

/**
 * Turns a photo's face, already warped into place, into a face of the scene: the photo's light is replaced by the scene's, and the rest is drawn
 * with the scene's brush, line and colours.
 * @returns four bytes a pixel of the sheet: straight colours, and how much of the face is laid
 */
export function renderFace(sheet: Sheet, plan: Plan, rendering: Rendering): Uint8ClampedArray {
  const { width, height } = sheet.area;
  const own = lightOf(sheet);
  const fine = max(1, round(width / 190));
  const crisp = rendering.paint > 0 ? brushed(own, width, height, fine) : own;
  const forms = formsOf(own, crisp, width, height, plan, rendering.paint);
  return shade(sheet, own, crisp, plan, forms, rendering);
}

function lightOf({ data, covered }: Sheet): Float32Array {
  const light = new Float32Array(covered.length);
  for (let i = 0, k = 0; i < light.length; i++, k += 3) {
    light[i] = 0.3 * (data[k] ?? 0) + 0.59 * (data[k + 1] ?? 0) + 0.11 * (data[k + 2] ?? 0);
  }
  return light;
}

/** Four floats a cell: slope and shift that smooth lightness but for its edges, lightness nearby, and the form of the face. */
const formed = 4;

/**
 * The guided filter with the picture as its own guide (He, Sun and Tang, PAMI 35, 2013), its coefficients worked out on cells (He and Sun 2015,
 * arXiv:1505.00996), where the variance around is well below what counts as flat, lightness becomes the local mean; well above, it stays.
 */
function formsOf(own: Float32Array, crisp: Float32Array, width: number, height: number, plan: Plan, paint: number): Float32Array {
  const w = plan.width;
  const h = plan.height;
  const mean = new Float32Array(w * h);
  const square = new Float32Array(w * h);
  const under = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    const end = min(height, (y + 1) * cell);
    for (let x = 0; x < w; x++) {
      const right = min(width, (x + 1) * cell);
      let count = 0;
      let sum = 0;
      let squares = 0;
      let plain = 0;
      for (let v = y * cell; v < end; v++) {
        for (let i = v * width + x * cell; i < v * width + right; i++) {
          const value = crisp[i] ?? 0;
          sum += value;
          squares += value * value;
          plain += own[i] ?? 0;
          count++;
        }
      }
      const share = 1 / max(1, count);
      mean[y * w + x] = sum * share;
      square[y * w + x] = squares * share;
      under[y * w + x] = plain * share;
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
    const flat = paint * (0.003 - 0.0028 * (plan.data[i * planned + featureAt] ?? 0));
    const a = variance / (variance + flat + 1e-6);
    slope[i] = a;
    shift[i] = m * (1 - a);
  }
  const columns = [
    spread(slope, w, h, reach),
    spread(shift, w, h, reach),
    spread(under, w, h, 2),
    spread(mean, w, h, max(1, round(width / 14 / cell))),
  ];
  const out = new Float32Array(w * h * formed);
  columns.forEach((column, k) => {
    for (let i = 0; i < column.length; i++) out[i * formed + k] = column[i] ?? 0;
  });
  return out;
}

function shade(
  { area: { width, height }, data, covered }: Sheet,
  own: Float32Array,
  crisp: Float32Array,
  plan: Plan,
  forms: Float32Array,
  { paint, line, tint, shadow, highlight }: Rendering,
): Uint8ClampedArray {
  const out = new Uint8ClampedArray(width * height * 4);
  const row = new Float32Array(plan.width * planned);
  const form = new Float32Array(plan.width * formed);
  const colour = tinter(shadow, highlight, tint);
  for (let y = 0; y < height; y++) {
    between(plan.data, plan.width, plan.height, planned, y, row);
    between(forms, plan.width, plan.height, formed, y, form);
    for (let x = 0, i = y * width; x < width; x++, i++) {
      if (covered[i] === 0) continue;
      const fx = min(max((x + 0.5) / cell - 0.5, 0), plan.width - 1.001);
      const left = fx | 0;
      const u = fx - left;
      const p = left * planned;
      const q = p + planned;
      const share = mix(row, p + shareAt, q + shareAt, u);
      if (share <= 0.002) continue;
      const k = 3 * i;
      let ratio = 1;
      const light = own[i] ?? 0;
      if (paint > 0) {
        const f = left * formed;
        const g = f + formed;
        const s = mix(form, f, g, u) * (crisp[i] ?? 0) + mix(form, f + 1, g + 1, u);
        const near = mix(form, f + 2, g + 2, u);
        const detail = mix(row, p + featureAt, q + featureAt, u);
        const crispness = quickLog(min(max((s + 8) / (near + 8), 0.6), 1.5)) * (0.12 + 0.38 * detail);
        const relief = quickLog(min(max((s + 12) / (mix(form, f + 3, g + 3, u) + 12), 0.7), 1.4)) * 0.35 * (1 - detail);
        const ink =
          detail > 0
            ? 1 -
              line *
                detail *
                (0.5 * smoothstep(0.05, 0.4, (near - s) / (near + 12)) + 0.4 * smoothstep(0.14, 0.26, (near - s) / (near + 12)))
            : 1;
        ratio = ((s + 2) / (light + 2)) * quickExp(crispness + relief) * ink;
      }
      const wr = mix(row, p + wantedAt, q + wantedAt, u);
      const wg = mix(row, p + wantedAt + 1, q + wantedAt + 1, u);
      const wb = mix(row, p + wantedAt + 2, q + wantedAt + 2, u);
      const gr = mix(row, p + gainAt, q + gainAt, u) * ratio;
      const gg = mix(row, p + gainAt + 1, q + gainAt + 1, u) * ratio;
      const gb = mix(row, p + gainAt + 2, q + gainAt + 2, u) * ratio;
      const over = mix(row, p + overAt, q + overAt, u);
      let red = data[k] ?? 0;
      let green = data[k + 1] ?? 0;
      let blue = data[k + 2] ?? 0;
      if (paint > 0) {
        const cr = mix(row, p + colourAt, q + colourAt, u);
        const cg = mix(row, p + colourAt + 1, q + colourAt + 1, u);
        const cb = mix(row, p + colourAt + 2, q + colourAt + 2, u);
        const by = (light + 1) / (0.3 * cr + 0.59 * cg + 0.11 * cb + 1);
        red += paint * (cr * by - red);
        green += paint * (cg * by - green);
        blue += paint * (cb * by - blue);
      }
      red *= gr;
      green *= gg;
      blue *= gb;
      if (over > 0) {
        red += over * (wr - red);
        green += over * (wg - green);
        blue += over * (wb - blue);
      }
      const pale = mix(row, p + paleAt, q + paleAt, u);
      const level = 0.3 * red + 0.59 * green + 0.11 * blue;
      red += pale * (level - red);
      green += pale * (level - green);
      blue += pale * (level - blue);
      const even = max(over, mix(row, p + evenAt, q + evenAt, u));
      const lit = max(0.02, level / (0.3 * wr + 0.59 * wg + 0.11 * wb + 1));
      const lips = mix(row, p + lipsAt, q + lipsAt, u);
      const to = 4 * i;
      out[to] = red + even * (wr * (1 + 0.1 * lips) * shadeRed(lit) - red) + mix(row, p + addAt, q + addAt, u);
      out[to + 1] = green + even * (wg * (1 - 0.14 * lips) * shadeGreen(lit) - green) + mix(row, p + addAt + 1, q + addAt + 1, u);
      out[to + 2] = blue + even * (wb * (1 - 0.1 * lips) * shadeBlue(lit) - blue) + mix(row, p + addAt + 2, q + addAt + 2, u);
      out[to + 3] = 255 * share;
      colour(out, to);
    }
  }
  return out;
}

function mix(values: Float32Array, a: number, b: number, u: number): number {
  const from = values[a] ?? 0;
  return from + u * ((values[b] ?? 0) - from);
}

/** The cells of a row of pixels, between the two rows of cells it lies between. */
function between(data: Float32Array, width: number, height: number, count: number, y: number, out: Float32Array): void {
  const fy = min(max((y + 0.5) / cell - 0.5, 0), height - 1.001);
  const upper = fy | 0;
  const v = fy - upper;
  const a = upper * width * count;
  const b = a + width * count;
  for (let i = 0; i < out.length; i++) out[i] = (data[a + i] ?? 0) * (1 - v) + (data[b + i] ?? 0) * v;
}
