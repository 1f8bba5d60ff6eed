/**
 * Memory for what an effect needs only while it works: kept between calls, because asking for megabytes again and again keeps the garbage collector
 * busier than the effect itself. It is a face's pixels that lie here, so whoever borrows wipes before the result is handed over.
 */

const kept = new Map<string, ArrayBuffer>();

/** @param name whose memory it is; of one name there is only one at a time. What it holds is not defined. */
export function floats(name: string, length: number): Float32Array {
  return new Float32Array(borrow(name, 4 * length), 0, length);
}

/** See `floats`. */
export function bytes(name: string, length: number): Uint8ClampedArray {
  return new Uint8ClampedArray(borrow(name, length), 0, length);
}

/** Overwrites all that was borrowed. */
export function wipe(): void {
  for (const buffer of kept.values()) new Uint8Array(buffer).fill(0);
}

function borrow(name: string, size: number): ArrayBuffer {
  const known = kept.get(name);
  if (known !== undefined && known.byteLength >= size) return known;
  const made = new ArrayBuffer(size + (size >> 2));
  kept.set(name, made);
  return made;
}
