// IEEE 754 half precision: how the originals keep their weights, and how the converted files keep them too.

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** Float32 values as 16-bit patterns, rounded to nearest, ties to even. */
export function toHalf(values) {
  return Uint16Array.from(values, (value) => {
    single[0] = value;
    const [sign, size] = [(bits[0] >>> 16) & 0x8000, Math.abs(value)];
    // Below 2^-14 the steps are 2^-24 wide; Math.fround is of no use there.
    if (size < 2 ** -14) return sign | even(size / 2 ** -24);
    const exponent = ((bits[0] >>> 23) & 0xff) - 127;
    const pattern = ((exponent + 15) << 10) + even((size / 2 ** exponent - 1) * 1024);
    if (pattern >= 0x7c00) throw new Error(`${value} is too large for half precision`);
    return sign | pattern;
  });
}

function even(value) {
  const low = Math.floor(value);
  const rest = value - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === 1) ? low + 1 : low;
}

/** What such patterns stand for. */
export function fromHalf(patterns) {
  return Float32Array.from(patterns, (pattern) => {
    const [sign, exponent, fraction] = [pattern & 0x8000 ? -1 : 1, (pattern >>> 10) & 0x1f, pattern & 0x3ff];
    return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
  });
}
