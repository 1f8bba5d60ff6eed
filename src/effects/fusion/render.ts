import type { Rendering } from '../../templates/template.ts';
import { fromHex, type Rgb } from '../raster/colour.ts';
import { lowpass } from '../raster/lowpass.ts';
import { brush } from '../raster/paint.ts';
import { clamp, smoothstep } from '../raster/picture.ts';
import type { Vertices } from './points.ts';
import { type FaceSheet, neutralTone, readSkin } from './skin.ts';

/**
 * Turns a photo's face, already warped into place, into a face of the scene: what is not skin near the outline is painted over with skin, the
 * photo's light is replaced by the scene's, and the rest is drawn with the scene's brush, line and colours. Works in place.
 * @param at vertices of the face in pixels of the sheet
 * @param light light of the scene, three factors a pixel of the sheet
 */
export function renderFace(sheet: FaceSheet, at: Vertices, light: Float32Array, rendering: Rendering): void {
  const skin = readSkin(sheet, at);
  const { width, height, data, edge } = sheet;
  const tone = neutralTone(skin.tone);
  for (let i = 0; i < edge.length; i++) {
    const out = edge[i] ?? 2;
    if (!(out <= 1.5)) continue;
    // Hair, ears, straps and background come in from the edge; features lie well inside.
    const over = smoothstep(0.35, 0.75, out) * (1 - smoothstep(0.12, 0.5, skin.likely[i] ?? 0));
    for (let k = 0; k < 3; k++) {
      const n = i * 3 + k;
      const lit = Math.max(6, skin.light[n] ?? 0);
      const bare = (data[n] ?? 0) * (1 - over) + lit * over;
      const wanted = (tone[k] ?? 0) * (light[n] ?? 1);
      const gain = clamp(wanted / lit, 0.35, 3) ** rendering.light;
      data[n] = bare * gain;
    }
  }
  draw(sheet, rendering);
  tint(data, fromHex(rendering.shadow), fromHex(rendering.highlight), rendering.tint);
  void width;
  void height;
}

/** Brush work over everything, and lines where the picture is darker than its surroundings. */
function draw({ width, height, data }: FaceSheet, { paint, line }: Rendering): void {
  const fine = Math.max(1, Math.round(width / 160));
  const first = brush(data, width, height, fine * 2);
  const painted = brush(first, width, height, fine);
  const ones = new Float32Array(width * height).fill(1);
  const soft = lowpass(painted, ones, width, height, Math.max(2, Math.round(Math.log2(width / 90))));
  for (let i = 0; i < data.length; i += 3) {
    const l = 0.3 * (painted[i] ?? 0) + 0.59 * (painted[i + 1] ?? 0) + 0.11 * (painted[i + 2] ?? 0);
    const around = 0.3 * (soft[i] ?? 0) + 0.59 * (soft[i + 1] ?? 0) + 0.11 * (soft[i + 2] ?? 0);
    const ink = 1 - line * smoothstep(0.06, 0.4, (around - l) / (around + 12));
    for (let k = 0; k < 3; k++) data[i + k] = ((data[i + k] ?? 0) * (1 - paint) + (painted[i + k] ?? 0) * paint) * ink;
  }
}

/** Soft light (W3C compositing) with the scene's own shadow and highlight colours. */
function tint(data: Float32Array, shadow: Rgb, highlight: Rgb, amount: number): void {
  if (amount === 0) return;
  for (let i = 0; i < data.length; i += 3) {
    const l = (0.3 * (data[i] ?? 0) + 0.59 * (data[i + 1] ?? 0) + 0.11 * (data[i + 2] ?? 0)) / 255;
    const t = smoothstep(0.05, 0.85, l);
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
