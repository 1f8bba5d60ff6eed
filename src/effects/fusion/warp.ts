import type { Area } from '../raster/picture.ts';
import { bytes } from '../raster/scratch.ts';
import type { Swatch } from '../raster/swatch.ts';
import { mirrored, type Source } from './source.ts';

const { ceil, max, min } = Math;

/** The user's face laid where the template's is: three bytes a pixel of the area, and where there is one. Its memory is borrowed until the next. */
export interface Sheet {
  readonly area: Area;
  readonly data: Uint8ClampedArray;
  /** 255 where the mesh lies, else 0. */
  readonly covered: Uint8ClampedArray;
}

/**
 * Draws the mesh at pixel centres, triangle by triangle. A pixel on an edge that two triangles share belongs to exactly one of them, because both
 * reckon the edge's crossing from the same end.
 * @param xs @param ys where the mesh comes to lie, pixels of the scene
 * @param order triangles to draw, the nearest first
 */
export function warp(source: Source, xs: Float32Array, ys: Float32Array, order: Uint16Array, area: Area): Sheet {
  const data = bytes('fusion sheet', area.width * area.height * 3).fill(0);
  const covered = bytes('fusion cover', area.width * area.height).fill(0);
  const sheet = { area, data, covered };
  const { us, vs, own, swatch } = source;
  const spans = new Int32Array(2 * area.height);
  const map = new Float64Array(6);
  for (let t = order.length - 3; t >= 0; t -= 3) {
    const a = order[t] ?? 0;
    const b = order[t + 1] ?? 0;
    const c = order[t + 2] ?? 0;
    const top = max(area.y, ceil(min(ys[a] ?? 0, ys[b] ?? 0, ys[c] ?? 0) - 0.5));
    const bottom = min(area.y + area.height, ceil(max(ys[a] ?? 0, ys[b] ?? 0, ys[c] ?? 0) - 0.5));
    if (!spansOf(xs, ys, a, b, c, top, bottom, area, spans)) continue;
    const worst = min(own[a] ?? 0, own[b] ?? 0, own[c] ?? 0);
    const best = max(own[a] ?? 0, own[b] ?? 0, own[c] ?? 0);
    if (best > 0) {
      mapping(xs, ys, us, vs, a, b, c, a, b, c, map);
      fill(sheet, spans, top, bottom, swatch, map);
    }
    if (worst < 1) {
      mapping(xs, ys, us, vs, a, b, c, mirrored[a] ?? a, mirrored[b] ?? b, mirrored[c] ?? c, map);
      if (best === 0) fill(sheet, spans, top, bottom, swatch, map);
      else blend(sheet, spans, top, bottom, swatch, map, plane(xs, ys, own, a, b, c));
    }
  }
  return sheet;
}

/**
 * The pixels of each row whose centres lie in a triangle: first and past the last, in pixels of the area.
 * @returns false where the triangle is turned away or has no area
 */
function spansOf(
  xs: Float32Array,
  ys: Float32Array,
  a: number,
  b: number,
  c: number,
  top: number,
  bottom: number,
  area: Area,
  spans: Int32Array,
): boolean {
  const ax = xs[a] ?? 0;
  const ay = ys[a] ?? 0;
  const twice = ((xs[b] ?? 0) - ax) * ((ys[c] ?? 0) - ay) - ((xs[c] ?? 0) - ax) * ((ys[b] ?? 0) - ay);
  if (!(twice > 0)) return false;
  for (let y = top; y < bottom; y++) {
    spans[2 * (y - area.y)] = area.width;
    spans[2 * (y - area.y) + 1] = 0;
  }
  cross(xs, ys, a, b, top, bottom, area, spans);
  cross(xs, ys, b, c, top, bottom, area, spans);
  cross(xs, ys, c, a, top, bottom, area, spans);
  return true;
}

/** Widens the rows' spans to an edge. The edge is walked from its upper end, so that the triangle on its other side finds the same pixels. */
function cross(
  xs: Float32Array,
  ys: Float32Array,
  from: number,
  to: number,
  top: number,
  bottom: number,
  area: Area,
  spans: Int32Array,
): void {
  const down = (ys[to] ?? 0) > (ys[from] ?? 0);
  const upper = down ? from : to;
  const lower = down ? to : from;
  const y0 = ys[upper] ?? 0;
  const y1 = ys[lower] ?? 0;
  if (y0 === y1) return;
  const x0 = xs[upper] ?? 0;
  const slope = ((xs[lower] ?? 0) - x0) / (y1 - y0);
  const last = min(bottom, ceil(y1 - 0.5));
  for (let y = max(top, ceil(y0 - 0.5)); y < last; y++) {
    const x = max(0, min(area.width, ceil(x0 + (y + 0.5 - y0) * slope - 0.5) - area.x));
    const at = 2 * (y - area.y);
    // Clockwise on the screen: edges that lead down bound a row on the right.
    if (down) spans[at + 1] = x;
    else spans[at] = x;
  }
}

/** The affine map from the scene into the swatch: u = m0 x + m1 y + m2, v = m3 x + m4 y + m5. */
function mapping(
  xs: Float32Array,
  ys: Float32Array,
  us: Float32Array,
  vs: Float32Array,
  a: number,
  b: number,
  c: number,
  fromA: number,
  fromB: number,
  fromC: number,
  map: Float64Array,
): void {
  const x0 = xs[a] ?? 0;
  const y0 = ys[a] ?? 0;
  const x1 = (xs[b] ?? 0) - x0;
  const y1 = (ys[b] ?? 0) - y0;
  const x2 = (xs[c] ?? 0) - x0;
  const y2 = (ys[c] ?? 0) - y0;
  const share = 1 / (x1 * y2 - x2 * y1);
  const u0 = us[fromA] ?? 0;
  const v0 = vs[fromA] ?? 0;
  const u1 = ((us[fromB] ?? 0) - u0) * share;
  const u2 = ((us[fromC] ?? 0) - u0) * share;
  const v1 = ((vs[fromB] ?? 0) - v0) * share;
  const v2 = ((vs[fromC] ?? 0) - v0) * share;
  map[0] = u1 * y2 - u2 * y1;
  map[1] = u2 * x1 - u1 * x2;
  map[2] = u0 - (map[0] ?? 0) * x0 - (map[1] ?? 0) * y0;
  map[3] = v1 * y2 - v2 * y1;
  map[4] = v2 * x1 - v1 * x2;
  map[5] = v0 - (map[3] ?? 0) * x0 - (map[4] ?? 0) * y0;
}

/** A number at three points as a plane over the scene. */
function plane(
  xs: Float32Array,
  ys: Float32Array,
  values: Float32Array,
  a: number,
  b: number,
  c: number,
): readonly [number, number, number] {
  const map = new Float64Array(6);
  mapping(xs, ys, values, values, a, b, c, a, b, c, map);
  return [map[0] ?? 0, map[1] ?? 0, map[2] ?? 0];
}

/** Bilinear samples along the spans. Places a hair outside the swatch are possible by rounding and fall on its padding. */
function fill({ area, data, covered }: Sheet, spans: Int32Array, top: number, bottom: number, swatch: Swatch, map: Float64Array): void {
  const { data: from, width } = swatch;
  const row = 3 * width;
  const du = map[0] ?? 0;
  const dv = map[3] ?? 0;
  for (let y = top; y < bottom; y++) {
    const line = y - area.y;
    const first = spans[2 * line] ?? 0;
    const end = spans[2 * line + 1] ?? 0;
    if (first >= end) continue;
    let u = du * (area.x + first + 0.5) + (map[1] ?? 0) * (y + 0.5) + (map[2] ?? 0) - 0.5;
    let v = dv * (area.x + first + 0.5) + (map[4] ?? 0) * (y + 0.5) + (map[5] ?? 0) - 0.5;
    covered.fill(255, line * area.width + first, line * area.width + end);
    for (let x = first, to = 3 * (line * area.width + first); x < end; x++, to += 3, u += du, v += dv) {
      const x0 = u | 0;
      const y0 = v | 0;
      const fx = u - x0;
      const fy = v - y0;
      const at = y0 * row + 3 * x0;
      const d = fx * fy;
      const c = fy - d;
      const b = fx - d;
      const a = 1 - fx - c;
      data[to] = a * (from[at] ?? 0) + b * (from[at + 3] ?? 0) + c * (from[at + row] ?? 0) + d * (from[at + row + 3] ?? 0);
      data[to + 1] = a * (from[at + 1] ?? 0) + b * (from[at + 4] ?? 0) + c * (from[at + row + 1] ?? 0) + d * (from[at + row + 4] ?? 0);
      data[to + 2] = a * (from[at + 2] ?? 0) + b * (from[at + 5] ?? 0) + c * (from[at + row + 2] ?? 0) + d * (from[at + row + 5] ?? 0);
    }
  }
}

/** The other side of the face comes in where this one is not seen. @param own the share that stays */
function blend(
  { area, data }: Sheet,
  spans: Int32Array,
  top: number,
  bottom: number,
  { data: from, width }: Swatch,
  map: Float64Array,
  own: readonly [number, number, number],
): void {
  for (let y = top; y < bottom; y++) {
    const line = y - area.y;
    const end = spans[2 * line + 1] ?? 0;
    for (let x = spans[2 * line] ?? 0; x < end; x++) {
      const px = area.x + x + 0.5;
      const py = y + 0.5;
      const share = own[0] * px + own[1] * py + own[2];
      const u = (map[0] ?? 0) * px + (map[1] ?? 0) * py + (map[2] ?? 0) - 0.5;
      const v = (map[3] ?? 0) * px + (map[4] ?? 0) * py + (map[5] ?? 0) - 0.5;
      const fx = u - (u | 0);
      const fy = v - (v | 0);
      const at = 3 * ((v | 0) * width + (u | 0));
      const to = 3 * (line * area.width + x);
      for (let k = 0; k < 3; k++) {
        const upper = (from[at + k] ?? 0) * (1 - fx) + (from[at + k + 3] ?? 0) * fx;
        const lower = (from[at + k + 3 * width] ?? 0) * (1 - fx) + (from[at + k + 3 * width + 3] ?? 0) * fx;
        data[to + k] = (data[to + k] ?? 0) * share + (upper * (1 - fy) + lower * fy) * (1 - share);
      }
    }
  }
}
