import { rasterizeMesh } from '../raster/mesh.ts';
import type { Vertices } from './points.ts';

/** Groups of landmarks around what is no bare skin, and how far each group is grown about its middle. */
const groups: readonly (readonly [indexes: readonly number[], grow: number, mark: number])[] = [
  [[36, 37, 38, 39, 40, 41], 1.35, 1],
  [[42, 43, 44, 45, 46, 47], 1.35, 1],
  [[48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59], 1.12, 1],
  [[31, 32, 33, 34, 35], 1.1, 2],
];

/** Brows whole, then again without their outer ends, which count as features but may be hair. */
const brows: readonly (readonly [indexes: readonly number[], mark: number])[] = [
  [[17, 18, 19, 20, 21], 3],
  [[22, 23, 24, 25, 26], 3],
  [[19, 20, 21], 1],
  [[22, 23, 24], 1],
];

/**
 * Marks what is no bare skin: 1 on eyes, brows and mouth, 2 on the nostrils (dark, but of the skin's
 * hue), 3 on the outer ends of the brows, where hair reaches in as often as not, 0 elsewhere.
 * @param at vertices of the face in pixels of the sheet
 */
export function featureMask(at: Vertices, width: number, height: number): Uint8Array {
  const mask = new Uint8Array(width * height);
  for (const [indexes, grow, mark] of groups) stamp(mask, width, height, mark, ...grown(at, indexes, grow));
  for (const [indexes, kind] of brows) stamp(mask, width, height, kind, ...browPolygon(at, indexes));
  return mask;
}

function grown({ xs, ys }: Vertices, indexes: readonly number[], grow: number): readonly [number[], number[]] {
  const cx = indexes.reduce((sum, i) => sum + (xs[i] ?? 0), 0) / indexes.length;
  const cy = indexes.reduce((sum, i) => sum + (ys[i] ?? 0), 0) / indexes.length;
  return [indexes.map((i) => cx + grow * ((xs[i] ?? 0) - cx)), indexes.map((i) => cy + grow * ((ys[i] ?? 0) - cy))];
}

/** Brow points run along the brow's upper edge or its middle: the polygon reaches a little above them and farther below, across the line of the brow. */
function browPolygon({ xs, ys }: Vertices, indexes: readonly number[]): readonly [number[], number[]] {
  const first = indexes[0] ?? 0;
  const last = indexes[indexes.length - 1] ?? 0;
  const share = 4 / (indexes.length - 1);
  const dx = ((xs[last] ?? 0) - (xs[first] ?? 0)) * share;
  const dy = ((ys[last] ?? 0) - (ys[first] ?? 0)) * share;
  const up = indexes.map((i) => [(xs[i] ?? 0) + 0.07 * dy, (ys[i] ?? 0) - 0.07 * dx]);
  const down = indexes.map((i) => [(xs[i] ?? 0) - 0.13 * dy, (ys[i] ?? 0) + 0.13 * dx]).reverse();
  const all = [...up, ...down];
  return [all.map(([x]) => x ?? 0), all.map(([, y]) => y ?? 0)];
}

/** A polygon as a fan about its middle; both windings are drawn. */
function stamp(mask: Uint8Array, width: number, height: number, mark: number, px: readonly number[], py: readonly number[]): void {
  const n = px.length;
  const xs = Float32Array.from([...px, px.reduce((sum, x) => sum + x, 0) / n]);
  const ys = Float32Array.from([...py, py.reduce((sum, y) => sum + y, 0) / n]);
  const left = Math.max(0, Math.floor(Math.min(...xs)));
  const top = Math.max(0, Math.floor(Math.min(...ys)));
  const area = {
    x: left,
    y: top,
    width: Math.min(width, Math.ceil(Math.max(...xs))) - left,
    height: Math.min(height, Math.ceil(Math.max(...ys))) - top,
  };
  if (area.width <= 0 || area.height <= 0) return;
  const fan = px.flatMap((_, i) => [n, i, (i + 1) % n, n, (i + 1) % n, i]);
  const { data } = rasterizeMesh({ xs, ys, triangles: Uint16Array.from(fan), values: new Float32Array(n + 1), count: 1 }, area);
  for (let y = 0; y < area.height; y++) {
    for (let x = 0; x < area.width; x++) if (data[y * area.width + x] === 0) mask[(top + y) * width + left + x] = mark;
  }
}
