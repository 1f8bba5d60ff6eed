/**
 * Four channels of a pixel in one 32-bit number, as memory holds them on every machine that Node runs on (red lowest): two of them at a time are
 * multiplied and added, so that laying and sampling cost a quarter. Colours are multiplied by their alpha. The numbers are signed: those are small
 * integers to the engine, and cost no memory even before it has compiled anything.
 */

const { imul } = Math;

const even = 0x00ff00ff;
const odd = 0xff00ff00 | 0;

/** Colours of a picture of four channels as packed pixels; the memory is shared. */
export function packed({ buffer, byteOffset, byteLength }: Uint8ClampedArray): Int32Array {
  return new Int32Array(buffer, byteOffset, byteLength >> 2);
}

/** One pixel laid over another. */
export function over(top: number, under: number): number {
  const alpha = top >>> 24;
  const rest = 256 - alpha - (alpha >> 7);
  return (top + (((imul(under & even, rest) >>> 8) & even) | (imul((under >>> 8) & even, rest) & odd))) | 0;
}

/** Part of one pixel and the rest of another. @param share of the second, 0 to 256 */
export function mixed(one: number, other: number, share: number): number {
  const rest = 256 - share;
  const low = ((imul(one & even, rest) + imul(other & even, share)) >>> 8) & even;
  return low | ((imul((one >>> 8) & even, rest) + imul((other >>> 8) & even, share)) & odd);
}

/**
 * Between four pixels.
 * @param at the upper left one @param stride pixels of a row
 * @param u @param v share of the right and of the lower ones, 0 to 256
 */
export function between(data: Int32Array, at: number, stride: number, u: number, v: number): number {
  const a = data[at] ?? 0;
  const b = data[at + 1] ?? 0;
  const c = data[at + stride] ?? 0;
  const d = data[at + stride + 1] ?? 0;
  if (a === b && c === d && a === c) return a;
  // Rounded: cut off, it would take up to two levels from a pixel beside ones that differ much. No weight is ever below 0.
  const wd = (u * v + 128) >> 8;
  const wb = u - wd;
  const wc = v - wd;
  const wa = 256 - u - wc;
  const low = ((imul(a & even, wa) + imul(b & even, wb) + imul(c & even, wc) + imul(d & even, wd)) >>> 8) & even;
  const high = imul((a >>> 8) & even, wa) + imul((b >>> 8) & even, wb) + imul((c >>> 8) & even, wc) + imul((d >>> 8) & even, wd);
  return low | (high & odd);
}
