import type { Pixels } from '../../image/pixels.ts';
import type { Mask } from '../raster/picture.ts';
import type { Field, Grid } from './field.ts';
import type { Colours } from './look.ts';

const { ceil, floor, max, min } = Math;

/** dx, dy, gain and lift of red, green and blue: what is blended between the nodes. */
const channels = 8;

/**
 * Draws a warped and painted face in one pass: every pixel finds where it comes from between four nodes, takes the photo's colour there, and
 * multiplies and lifts it. Cells in which nothing happens are passed over, so their pixels keep their bytes.
 * @param target three channels, a copy of the photo
 * @param mask its area is the field's; pixels of cells in which something happens become 255
 */
export function drawWarped(target: Pixels, photo: Pixels, field: Field, colours: Colours, mask: Mask): void {
  const { area } = field;
  const { step } = colours.grid;
  const width = ceil(area.width / step) + 1;
  const height = ceil(area.height / step) + 1;
  const { nodes, active } = blended(field, colours, width, height);
  const row = new Float32Array(width * channels);
  for (let y = 0; y < area.height; y++) {
    const upper = floor(y / step) * width;
    const below = width * channels;
    const share = (y % step) / step;
    for (let i = 0; i < width; i++) {
      // A node is needed by the cells on both of its sides.
      const a = upper + max(0, i - 1);
      const b = upper + i;
      const c = upper + min(width - 1, i + 1);
      if (!(active[a] || active[b] || active[c] || active[a + width] || active[b + width] || active[c + width])) continue;
      for (let at = i * channels, from = upper * channels + at, end = at + channels; at < end; at++, from++) {
        const above = nodes[from] ?? 0;
        row[at] = above + share * ((nodes[from + below] ?? 0) - above);
      }
    }
    for (let i = 0; i + 1 < width; i++) {
      const a = upper + i;
      if (!(active[a] || active[a + 1] || active[a + width] || active[a + width + 1])) continue;
      const from = i * step;
      const to = min(from + step, area.width);
      drawRun(target, photo, row, i * channels, step, area.x + from, area.x + to, area.y + y);
      for (let x = y * area.width + from; x < y * area.width + to; x++) mask.data[x] = 255;
    }
  }
}

/**
 * Field and colours side by side on one grid, its nodes at the corners of squares of the colours' step. The colours were painted on the photo: each
 * node takes those of the place it comes from.
 */
function blended(field: Field, { grid, gain, lift }: Colours, width: number, height: number) {
  const nodes = new Float32Array(width * height * channels);
  const active = new Uint8Array(width * height);
  for (let j = 0, i = 0, at = 0; j < height; j++) {
    for (let column = 0; column < width; column++, i++, at += channels) {
      // The middle of the pixel at the corner.
      const x = field.area.x + column * grid.step + 0.5;
      const y = field.area.y + j * grid.step + 0.5;
      find(field, x, y);
      const dx = sample(field.dx, 1, 0);
      const dy = sample(field.dy, 1, 0);
      nodes[at] = dx;
      nodes[at + 1] = dy;
      if (dx !== 0 || dy !== 0) active[i] = 1;
      const painted = find(grid, x + dx, y + dy);
      for (let k = 0; k < 3; k++) {
        nodes[at + 2 + k] = painted ? sample(gain, 3, k) : 1;
        nodes[at + 5 + k] = painted ? sample(lift, 3, k) : 0;
        if (nodes[at + 2 + k] !== 1 || nodes[at + 5 + k] !== 0) active[i] = 1;
      }
    }
  }
  return { nodes, active };
}

/** A cell of a grid in work: its first node, the nodes in a row, and how much the second column and the second row count. */
const cell = new Int32Array(2);
const shares = new Float64Array(2);

/** Sets the cell of a place in the picture, the nearest one beyond the grid's edge; false where the place lies outside. */
function find({ area, step, width, height }: Grid, x: number, y: number): boolean {
  const gx = (x - area.x) / step - 0.5;
  const gy = (y - area.y) / step - 0.5;
  const column = gx < 0 ? 0 : gx >= width - 1 ? width - 2 : gx | 0;
  const row = gy < 0 ? 0 : gy >= height - 1 ? height - 2 : gy | 0;
  cell[0] = row * width + column;
  cell[1] = width;
  shares[0] = min(max(gx - column, 0), 1);
  shares[1] = min(max(gy - row, 0), 1);
  return gx > -0.5 && gy > -0.5 && gx < width - 0.5 && gy < height - 0.5;
}

/** The value there of a plane that has `stride` numbers a node. */
function sample(plane: Float32Array, stride: number, k: number): number {
  const a = (cell[0] ?? 0) * stride + k;
  const c = a + (cell[1] ?? 0) * stride;
  const u = shares[0] ?? 0;
  const upper = plane[a] ?? 0;
  const lower = plane[c] ?? 0;
  const above = upper + u * ((plane[a + stride] ?? 0) - upper);
  return above + (shares[1] ?? 0) * (lower + u * ((plane[c + stride] ?? 0) - lower) - above);
}

/** Pixels `from` to `to` of row `y`, between the nodes at `at` and the next ones. */
function drawRun(target: Pixels, photo: Pixels, row: Float32Array, at: number, step: number, from: number, to: number, y: number): void {
  const { width, height, channels: size, data: source } = photo;
  const out = target.data;
  const right = width - 1.001;
  const bottom = height - 1.001;
  const share = 1 / step;
  let dx = row[at] ?? 0;
  let dy = row[at + 1] ?? 0;
  let red = row[at + 2] ?? 0;
  let green = row[at + 3] ?? 0;
  let blue = row[at + 4] ?? 0;
  let addRed = row[at + 5] ?? 0;
  let addGreen = row[at + 6] ?? 0;
  let addBlue = row[at + 7] ?? 0;
  const alongX = ((row[at + 8] ?? 0) - dx) * share;
  const alongY = ((row[at + 9] ?? 0) - dy) * share;
  const toRed = ((row[at + 10] ?? 0) - red) * share;
  const toGreen = ((row[at + 11] ?? 0) - green) * share;
  const toBlue = ((row[at + 12] ?? 0) - blue) * share;
  const toAddRed = ((row[at + 13] ?? 0) - addRed) * share;
  const toAddGreen = ((row[at + 14] ?? 0) - addGreen) * share;
  const toAddBlue = ((row[at + 15] ?? 0) - addBlue) * share;
  for (let x = from, spot = (y * width + from) * 3; x < to; x++, spot += 3) {
    const fx = x + dx;
    const fy = y + dy;
    const sx = fx < 0 ? 0 : fx > right ? right : fx;
    const sy = fy < 0 ? 0 : fy > bottom ? bottom : fy;
    const column = sx | 0;
    const line = sy | 0;
    const u = sx - column;
    const v = sy - line;
    const a = (line * width + column) * size;
    const b = a + size;
    const c = a + width * size;
    const d = c + size;
    const wd = u * v;
    const wb = u - wd;
    const wc = v - wd;
    const wa = 1 - u - wc;
    out[spot] = red * (wa * (source[a] ?? 0) + wb * (source[b] ?? 0) + wc * (source[c] ?? 0) + wd * (source[d] ?? 0)) + addRed;
    out[spot + 1] =
      green * (wa * (source[a + 1] ?? 0) + wb * (source[b + 1] ?? 0) + wc * (source[c + 1] ?? 0) + wd * (source[d + 1] ?? 0)) + addGreen;
    out[spot + 2] =
      blue * (wa * (source[a + 2] ?? 0) + wb * (source[b + 2] ?? 0) + wc * (source[c + 2] ?? 0) + wd * (source[d + 2] ?? 0)) + addBlue;
    dx += alongX;
    dy += alongY;
    red += toRed;
    green += toGreen;
    blue += toBlue;
    addRed += toAddRed;
    addGreen += toAddGreen;
    addBlue += toAddBlue;
  }
}
