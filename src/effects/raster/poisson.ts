/**
 * Solves Poisson's equation on the pixels of a mask, by full multigrid (Brandt, Mathematics of Computation 31, 1977, doi:10.2307/2006422):
 * what seams between two pictures are closed with (Pérez, Gangnet and Blake, Poisson image editing, SIGGRAPH 2003,
 * doi:10.1145/1201775.882269). Time and memory grow with the number of pixels.
 *
 * The unknown has three channels a pixel. Outside the mask it is known and stays (Dirichlet's condition); inside, the sum of the four
 * neighbours less four times the pixel equals `laplacian`, or nought where there is none: then it is a membrane spanned between the edges.
 */

const { max, min } = Math;

interface Level {
  readonly width: number;
  readonly height: number;
  /** 1 where a value is looked for; never on the border, so that every such pixel has four neighbours. */
  readonly free: Uint8Array;
  /** Where runs of free pixels begin and where they have ended, row by row. */
  readonly runs: Int32Array;
  /** Three a pixel. First a solution at this scale, later what has to be added to that of the finer scale. */
  readonly values: Float32Array;
  /** Three a pixel: what the Laplacian of the values has to be; empty for nought. */
  readonly wanted: Float32Array;
}

/** Sweeps before a scale asks the coarser one, and after. Across a seam of 300 levels with noise the error is below one level everywhere. */
const before = 1;
const after = 2;
/** Free pixels of four that make the coarse one free. Measured: with 1 or 2 it does not converge, with 4 the error is twice that with 3. */
const fewest = 3;
/** A scale so small that sweeps alone solve it, and how many. */
const smallest = 8;
const sweepsAtSmallest = 24;

/**
 * @param mask not 0 where a value is looked for; 0 all along the border
 * @param values three floats a pixel: known outside the mask, overwritten inside
 * @param laplacian three floats a pixel, read inside the mask
 */
export function solvePoisson(mask: Uint8Array, values: Float32Array, width: number, height: number, laplacian?: Float32Array): void {
  const free = new Uint8Array(mask.length);
  for (let i = 0; i < free.length; i++) free[i] = mask[i] === 0 ? 0 : 1;
  const finest: Level = { width, height, free, runs: runsOf(free), values, wanted: laplacian ?? new Float32Array(0) };
  const levels = [finest];
  for (let level = finest; level.runs.length > 0 && max(level.width, level.height) > smallest; ) {
    level = coarsened(level);
    levels.push(level);
  }
  // From the coarsest scale to the finest: begin with what the coarser one found, then correct it once.
  for (let at = levels.length - 1; at >= 0; at--) {
    const level = levels[at];
    const coarser = levels[at + 1];
    if (level === undefined) break;
    if (coarser !== undefined) {
      for (let r = 0; r < level.runs.length; r += 2) level.values.fill(0, 3 * (level.runs[r] ?? 0), 3 * (level.runs[r + 1] ?? 0));
      prolong(coarser, level);
    }
    correct(levels, at);
  }
}

/** One V-cycle: what is wrong after a sweep is smooth, so the coarser scale can say what to add. */
function correct(levels: readonly Level[], at: number): void {
  const level = levels[at];
  if (level === undefined) return;
  const coarser = levels[at + 1];
  if (coarser === undefined) {
    for (let sweep = 0; sweep < sweepsAtSmallest; sweep++) relax(level, sweep % 2 === 1);
    return;
  }
  for (let sweep = 0; sweep < before; sweep++) relax(level, false);
  coarser.values.fill(0);
  restrict(level, coarser);
  correct(levels, at + 1);
  prolong(coarser, level);
  for (let sweep = 0; sweep < after; sweep++) relax(level, sweep % 2 === 0);
}

function runsOf(free: Uint8Array): Int32Array {
  const found: number[] = [];
  for (let i = 1; i < free.length; i++) if (free[i] !== free[i - 1]) found.push(i);
  return Int32Array.from(found);
}

/**
 * Half the size. The pixel X of the coarse scale stands for 2X - 1 and 2X of the fine one, so that the border stays known. It is free where
 * three of its four are; else it is known, and is the mean of those that are.
 */
function coarsened({ width, height, free, values, wanted }: Level): Level {
  const w = ((width + 1) >> 1) + 1;
  const h = ((height + 1) >> 1) + 1;
  const open = new Uint8Array(w * h);
  const sums = new Float32Array(w * h * 3);
  const laplacian = new Float32Array(w * h * 3);
  const known = new Uint8Array(w * h);
  for (let y = 0, i = 0; y < height; y++) {
    const row = ((y + 1) >> 1) * w;
    for (let x = 0; x < width; x++, i++) {
      const to = row + ((x + 1) >> 1);
      if (free[i] !== 0) {
        open[to] = (open[to] ?? 0) + 1;
        if (wanted.length === 0) continue;
        laplacian[3 * to] = (laplacian[3 * to] ?? 0) + (wanted[3 * i] ?? 0);
        laplacian[3 * to + 1] = (laplacian[3 * to + 1] ?? 0) + (wanted[3 * i + 1] ?? 0);
        laplacian[3 * to + 2] = (laplacian[3 * to + 2] ?? 0) + (wanted[3 * i + 2] ?? 0);
      } else {
        known[to] = (known[to] ?? 0) + 1;
        sums[3 * to] = (sums[3 * to] ?? 0) + (values[3 * i] ?? 0);
        sums[3 * to + 1] = (sums[3 * to + 1] ?? 0) + (values[3 * i + 1] ?? 0);
        sums[3 * to + 2] = (sums[3 * to + 2] ?? 0) + (values[3 * i + 2] ?? 0);
      }
    }
  }
  for (let i = 0; i < known.length; i++) {
    open[i] = (open[i] ?? 0) >= fewest ? 1 : 0;
    const share = open[i] === 0 ? 1 / max(1, known[i] ?? 0) : 0;
    sums[3 * i] = (sums[3 * i] ?? 0) * share;
    sums[3 * i + 1] = (sums[3 * i + 1] ?? 0) * share;
    sums[3 * i + 2] = (sums[3 * i + 2] ?? 0) * share;
  }
  // Past an odd width or height the border goes on.
  if (width % 2 === 1) for (let y = 0; y < h; y++) repeat(sums, y * w + w - 1, values, min(2 * y, height - 1) * width + width - 1);
  if (height % 2 === 1) for (let x = 0; x < w; x++) repeat(sums, (h - 1) * w + x, values, (height - 1) * width + min(2 * x, width - 1));
  return { width: w, height: h, free: open, runs: runsOf(open), values: sums, wanted: laplacian };
}

function repeat(to: Float32Array, at: number, from: Float32Array, source: number): void {
  for (let k = 0; k < 3; k++) to[3 * at + k] = from[3 * source + k] ?? 0;
}

/** One sweep of Gauss and Seidel over the free pixels, in order or against it. The three channels are independent, which keeps the processor busy. */
function relax({ width, runs, values, wanted }: Level, backwards: boolean): void {
  const row = 3 * width;
  const step = backwards ? -3 : 3;
  const zero = wanted.length === 0;
  for (let r = 0; r < runs.length; r += 2) {
    const run = backwards ? runs.length - 2 - r : r;
    const first = 3 * (runs[run] ?? 0);
    const last = 3 * (runs[run + 1] ?? 0) - 3;
    let i = backwards ? last : first;
    if (zero) {
      for (let left = last - first; left >= 0; left -= 3, i += step) {
        values[i] = 0.25 * ((values[i - 3] ?? 0) + (values[i + 3] ?? 0) + (values[i - row] ?? 0) + (values[i + row] ?? 0));
        values[i + 1] = 0.25 * ((values[i - 2] ?? 0) + (values[i + 4] ?? 0) + (values[i + 1 - row] ?? 0) + (values[i + 1 + row] ?? 0));
        values[i + 2] = 0.25 * ((values[i - 1] ?? 0) + (values[i + 5] ?? 0) + (values[i + 2 - row] ?? 0) + (values[i + 2 + row] ?? 0));
      }
      continue;
    }
    for (let left = last - first; left >= 0; left -= 3, i += step) {
      values[i] = 0.25 * ((values[i - 3] ?? 0) + (values[i + 3] ?? 0) + (values[i - row] ?? 0) + (values[i + row] ?? 0) - (wanted[i] ?? 0));
      values[i + 1] =
        0.25 *
        ((values[i - 2] ?? 0) + (values[i + 4] ?? 0) + (values[i + 1 - row] ?? 0) + (values[i + 1 + row] ?? 0) - (wanted[i + 1] ?? 0));
      values[i + 2] =
        0.25 *
        ((values[i - 1] ?? 0) + (values[i + 5] ?? 0) + (values[i + 2 - row] ?? 0) + (values[i + 2 + row] ?? 0) - (wanted[i + 2] ?? 0));
    }
  }
}

/** What is still wrong at the fine scale is what the coarse one has to make good: its mesh is twice as wide, so the four add up. */
function restrict({ width, runs, values, wanted }: Level, coarse: Level): void {
  const row = 3 * width;
  const zero = wanted.length === 0;
  const to = coarse.wanted;
  to.fill(0);
  for (let r = 0; r < runs.length; r += 2) {
    const first = runs[r] ?? 0;
    const end = runs[r + 1] ?? 0;
    const y = (first / width) | 0;
    const target = ((y + 1) >> 1) * coarse.width;
    for (let p = first, x = first - y * width; p < end; p++, x++) {
      const i = 3 * p;
      const t = 3 * (target + ((x + 1) >> 1));
      for (let k = 0; k < 3; k++) {
        const sum = (values[i + k - 3] ?? 0) + (values[i + k + 3] ?? 0) + (values[i + k - row] ?? 0) + (values[i + k + row] ?? 0);
        to[t + k] = (to[t + k] ?? 0) - sum + 4 * (values[i + k] ?? 0) + (zero ? 0 : (wanted[i + k] ?? 0));
      }
    }
  }
}

/** Adds the coarse scale to the fine one, bilinearly: each fine pixel lies a quarter of the way from its own coarse one to the next. */
function prolong(coarse: Level, { width, runs, values }: Level): void {
  const from = coarse.values;
  for (let r = 0; r < runs.length; r += 2) {
    const first = runs[r] ?? 0;
    const end = runs[r + 1] ?? 0;
    const y = (first / width) | 0;
    const near = ((y + 1) >> 1) * coarse.width;
    const far = near + (y % 2 === 0 ? coarse.width : -coarse.width);
    for (let p = first, x = first - y * width; p < end; p++, x++) {
      const own = (x + 1) >> 1;
      const next = own + (x % 2 === 0 ? 1 : -1);
      const a = 3 * (near + own);
      const b = 3 * (near + next);
      const c = 3 * (far + own);
      const d = 3 * (far + next);
      for (let k = 0; k < 3; k++) {
        const add = 0.5625 * (from[a + k] ?? 0) + 0.1875 * ((from[b + k] ?? 0) + (from[c + k] ?? 0)) + 0.0625 * (from[d + k] ?? 0);
        values[3 * p + k] = (values[3 * p + k] ?? 0) + add;
      }
    }
  }
}
