import type { Rendering } from '../../templates/kinds/fusion.ts';
import { fromHex, lightness, type Rgb } from '../raster/colour.ts';
import { smoothLight } from '../raster/guided.ts';
import { brush } from '../raster/paint.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import { quickExp, quickLog } from '../raster/power.ts';
import { spread } from '../raster/spread.ts';
import { featureMask } from './features.ts';
import type { Vertices } from './points.ts';
import { relight } from './relight.ts';
import { type FaceSheet, readSkin } from './skin.ts';
import { findStray } from './stray.ts';

const { max, min, round, sqrt } = Math;

/**
 * Turns a photo's face, already warped into place, into a face of the scene: what is not skin near the outline is painted over with skin, the
 * photo's light is replaced by the scene's, and the rest is drawn with the scene's brush, line and colours. Works in place.
 * @param at vertices of the face in pixels of the sheet
 * @param light light of the scene, three factors a pixel of the sheet
 */
export function renderFace(sheet: FaceSheet, at: Vertices, light: Float32Array, rendering: Rendering): void {
  const features = featureMask(at, sheet.width, sheet.height);
  const skin = readSkin(sheet, at, features);
  const stray = findStray(sheet, skin, features);
  relight(sheet, skin, stray, features, light, rendering.light);
  draw(sheet, features, rendering);
  tint(sheet, fromHex(rendering.shadow), fromHex(rendering.highlight), rendering.tint);
}

/**
 * Draws the face as the scene is drawn: a light brush makes the edges of an enlarged photo crisp, skin becomes smooth planes, features keep
 * their detail and get the ink of a drawing where they are darker than what is around them.
 */
function draw({ width, height, data, edge }: FaceSheet, features: Uint8Array, { paint, line }: Rendering): void {
  const count = width * height;
  const fine = max(1, round(width / 190));
  const painted = brush(data, width, height, fine, edge);
  const light = new Float32Array(count);
  const marked = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    light[i] = lightness(painted, i * 3);
    marked[i] = features[i] === 1 || features[i] === 3 ? 1 : 0;
  }
  const detail = spread(marked, width, height, fine * 3);
  const flat = marked;
  for (let i = 0; i < count; i++) flat[i] = paint * (0.003 - 0.0028 * (detail[i] ?? 0));
  const smooth = smoothLight(light, flat, width, height, max(2, round(width / 45)));
  const around = spread(light, width, height, fine * 4);
  const form = spread(smooth, width, height, max(2, round(width / 14)));
  for (let i = 0, n = 0; i < count; i++, n += 3) {
    if (!((edge[i] ?? 2) <= 1)) continue;
    const s = smooth[i] ?? 0;
    const near = around[i] ?? 0;
    const share = detail[i] ?? 0;
    const crisp = quickLog(min(max((s + 8) / (near + 8), 0.6), 1.5)) * (0.12 + 0.38 * share);
    const relief = quickLog(min(max((s + 12) / ((form[i] ?? 0) + 12), 0.7), 1.4)) * 0.35 * (1 - share);
    const ink = share > 0 ? 1 - line * share * smoothstep(0.05, 0.4, (near - s) / (near + 12)) : 1;
    const level = ((s + 2) / ((light[i] ?? 0) + 2)) * quickExp(crisp + relief) * ink;
    const own = level * (1 - paint);
    const brushed = level * paint;
    data[n] = (data[n] ?? 0) * own + (painted[n] ?? 0) * brushed;
    data[n + 1] = (data[n + 1] ?? 0) * own + (painted[n + 1] ?? 0) * brushed;
    data[n + 2] = (data[n + 2] ?? 0) * own + (painted[n + 2] ?? 0) * brushed;
  }
}

/** Soft light (W3C compositing) with the scene's own shadow and highlight colours. */
function tint({ data, edge }: FaceSheet, shadow: Rgb, highlight: Rgb, amount: number): void {
  if (amount === 0) return;
  for (let i = 0; i < data.length; i += 3) {
    if (!((edge[i / 3] ?? 2) <= 1)) continue;
    const t = smoothstep(0.05, 0.85, lightness(data, i) / 255);
    for (let k = 0; k < 3; k++) {
      const base = clamp((data[i + k] ?? 0) / 255, 0, 1);
      const over = ((shadow[k] ?? 0) * (1 - t) + (highlight[k] ?? 0) * t) / 255;
      data[i + k] = 255 * (base * (1 - amount) + softLight(base, over) * amount);
    }
  }
}

function softLight(base: number, over: number): number {
  if (over <= 0.5) return base - (1 - 2 * over) * base * (1 - base);
  const curve = base <= 0.25 ? ((16 * base - 12) * base + 4) * base : sqrt(base);
  return base + (2 * over - 1) * (curve - base);
}
