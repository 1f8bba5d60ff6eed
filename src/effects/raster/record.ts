/**
 * Numbers and arrays one after the other in one piece of memory, read back without being copied: each begins at a multiple of four bytes. Reader and
 * writer have to name the same things in the same order, and nothing in the bytes says what they are: a version belongs in front of them.
 */

type Numbers = Int8Array | Uint8Array | Uint8ClampedArray | Uint16Array | Int32Array | Float32Array;

export interface Writer {
  number(value: number): void;
  array(values: Numbers): void;
  /** All that was written. */
  bytes(): Buffer;
}

export function writer(): Writer {
  const parts: Buffer[] = [];
  const number = (value: number): void => {
    const part = Buffer.alloc(8);
    part.writeDoubleLE(value);
    parts.push(part);
  };
  return {
    number,
    array(values) {
      number(values.length);
      parts.push(Buffer.from(values.buffer, values.byteOffset, values.byteLength), Buffer.alloc(padding(values.byteLength)));
    },
    bytes: () => Buffer.concat(parts),
  };
}

export interface Reader {
  number(): number;
  /**
   * A number that was written as a whole one of 32 bits. To the engine it is one too: what is read as a float stays a float in all that is reckoned
   * with it, and loops whose places in arrays are floats take twice the time.
   */
  whole(): number;
  bytes(): Uint8Array;
  signed(): Int8Array;
  clamped(): Uint8ClampedArray;
  shorts(): Uint16Array;
  words(): Int32Array;
  floats(): Float32Array;
}

/**
 * @param from where in the bytes, a multiple of four
 * @throws RangeError where they end too early
 */
export function reader(bytes: Buffer, from: number): Reader {
  // What was read from a file lies at the beginning of memory of its own; anything else is moved there.
  const own = bytes.byteOffset % 4 === 0 ? bytes : Buffer.from(Uint8Array.from(bytes).buffer);
  let at = from;
  const number = (): number => {
    at += 8;
    return own.readDoubleLE(at - 8);
  };
  const take = (size: number): readonly [ArrayBufferLike, number, number] => {
    const length = number() | 0;
    const start = own.byteOffset + at;
    if (at + length * size > own.length) throw new RangeError('The record ends too early');
    at += length * size + padding(length * size);
    return [own.buffer, start, length];
  };
  return {
    number,
    whole: () => number() | 0,
    bytes: () => new Uint8Array(...take(1)),
    signed: () => new Int8Array(...take(1)),
    clamped: () => new Uint8ClampedArray(...take(1)),
    shorts: () => new Uint16Array(...take(2)),
    words: () => new Int32Array(...take(4)),
    floats: () => new Float32Array(...take(4)),
  };
}

function padding(length: number): number {
  return (4 - (length % 4)) % 4;
}
