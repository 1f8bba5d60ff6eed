const { log } = Math;

/** Powers for every pixel by table: `**` takes longer than everything else done to a pixel. */
const size = 1024;
const perUnit = 256;
const logs = new Float32Array(size);
for (let i = 0; i < size; i++) logs[i] = log((i + 0.5) / perUnit);

/** Natural logarithm of 0 to 4, right to half a percent; what lies beyond counts as the end. */
export function quickLog(value: number): number {
  const index = (value * perUnit) | 0;
  return logs[index < 0 ? 0 : index >= size ? size - 1 : index] ?? 0;
}

/** `exp` for -0.7 to 0.7, right to a thousandth. */
export function quickExp(t: number): number {
  return 1 + t * (1 + t * (0.5 + t * (1 / 6 + t * (1 / 24))));
}

/** `value ** power` for values from 0 to 4, 256 a unit. */
export function powers(power: number): Float32Array {
  const table = new Float32Array(size);
  for (let i = 0; i < size; i++) table[i] = ((i + 0.5) / perUnit) ** power;
  return table;
}

/** Looks a power up. @param table see `powers` @param value what lies beyond 0 to 4 counts as the end */
export function powerOf(table: Float32Array, value: number): number {
  const index = (value * perUnit) | 0;
  return table[index < 0 ? 0 : index >= size ? size - 1 : index] ?? 1;
}
