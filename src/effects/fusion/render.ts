import type { Rendering } from '../../templates/template.ts';
import { fromHex, type Rgb } from '../raster/colour.ts';
import { lowpass } from '../raster/lowpass.ts';
import { brush } from '../raster/paint.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import { featureMask } from './features.ts';
import type { Vertices } from './points.ts';
import { type FaceSheet, neutralTone, readSkin } from './skin.ts';
import { findStray } from './stray.ts';

/**
 * Turns a photo's face, already warped into place, into a face of the scene: what is not skin near the outline is painted over with skin, the
 * photo's light is replaced by the scene's, and the rest is drawn with the scene's brush, line and colours. Works in place.
 * @param at vertices of the face in pixels of the sheet
 * @param light light of the scene, three factors a pixel of the sheet
 */
export function renderFace(sheet: FaceSheet, at: Vertices, light: Float32Array, rendering: Rendering): void {
  const { width, height, data, edge } = sheet;
  const features = featureMask(at, width, height);
  const skin = readSkin(sheet, at, features);
  const stray = findStray(sheet, skin, features);
  const tone = neutralTone(skin.tone);
  for (let i = 0; i < edge.length; i++) {
    if (!((edge[i] ?? 2) <= 1.5)) continue;
    const n = i * 3;
    const over = stray[i] ?? 0;
    const litLight = lightness(skin.light, n);
    const wantedLight = 0.3 * tone[0] * (light[n] ?? 1) + 0.59 * tone[1] * (light[n + 1] ?? 1) + 0.11 * tone[2] * (light[n + 2] ?? 1);
    // Lightness follows the scene as far as its rendering says; colour follows all the way, or stage light would stay on the face.
    const gain = clamp(wantedLight / Math.max(6, litLight), 0.3, 4);
    const level = gain ** rendering.light / gain;
    for (let k = 0; k < 3; k++) {
      const lit = Math.max(4, skin.light[n + k] ?? 0);
      const bare = (data[n + k] ?? 0) * (1 - over) + lit * over;
      data[n + k] = bare * level * clamp(((tone[k] ?? 0) * (light[n + k] ?? 1)) / lit, 0.2, 6);
    }
    // A drawn skin has one hue: patches of coloured light smaller than the light's own scale go too.
    const even = (0.65 * Math.max(over, skin.likely[i] ?? 0) * lightness(data, n)) / Math.max(1, wantedLight);
    const rest = 1 - 0.65 * Math.max(over, skin.likely[i] ?? 0);
    for (let k = 0; k < 3; k++) data[n + k] = (data[n + k] ?? 0) * rest + (tone[k] ?? 0) * (light[n + k] ?? 1) * even;
  }
  draw(sheet, rendering);
  tint(data, fromHex(rendering.shadow), fromHex(rendering.highlight), rendering.tint);
}

function lightness(data: Float32Array, at: number): number {
  return 0.3 * (data[at] ?? 0) + 0.59 * (data[at + 1] ?? 0) + 0.11 * (data[at + 2] ?? 0);
}

/** Brush work over everything, and lines where the picture is darker than its surroundings. */
function draw({ width, height, data }: FaceSheet, { paint, line }: Rendering): void {
  const fine = Math.max(1, Math.round(width / 160));
  const first = brush(data, width, height, fine * 2);
  const painted = brush(first, width, height, fine);
  const ones = new Float32Array(width * height).fill(1);
  const soft = lowpass(painted, ones, width, height, Math.max(2, Math.round(Math.log2(width / 90))));
  for (let i = 0; i < data.length; i += 3) {
    const l = lightness(painted, i);
    const around = lightness(soft, i);
    const ink = 1 - line * smoothstep(0.06, 0.4, (around - l) / (around + 12));
    for (let k = 0; k < 3; k++) data[i + k] = ((data[i + k] ?? 0) * (1 - paint) + (painted[i + k] ?? 0) * paint) * ink;
  }
}

/** Soft light (W3C compositing) with the scene's own shadow and highlight colours. */
function tint(data: Float32Array, shadow: Rgb, highlight: Rgb, amount: number): void {
  if (amount === 0) return;
  for (let i = 0; i < data.length; i += 3) {
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
  const curve = base <= 0.25 ? ((16 * base - 12) * base + 4) * base : Math.sqrt(base);
  return base + (2 * over - 1) * (curve - base);
}
