/** An uncompressed TIFF with its pixels still to be filled in, row by row, 8 bits a sample. */
export interface BlankTiff {
  readonly file: Buffer;
  /** The part of `file` that holds the pixels. */
  readonly pixels: Uint8Array;
}

export interface TiffHead {
  readonly width: number;
  readonly height: number;
  /** The fourth is straight alpha. */
  readonly channels: 3 | 4;
  /** As in EXIF, 1 to 8. */
  readonly orientation: number;
}

/** Types of TIFF 6.0: bytes in one value. */
const short = { code: 3, bytes: 2 } as const;
const long = { code: 4, bytes: 4 } as const;
const raw = { code: 7, bytes: 1 } as const;

/**
 * Wraps pixels into the plainest file there is (TIFF 6.0, one strip). libvips takes a colour profile and straight alpha only with a file, and
 * so decoded pixels go through the very pipeline that any other photo goes through.
 * @param profile ICC profile; without one the pixels count as sRGB
 */
export function blankTiff({ width, height, channels, orientation }: TiffHead, profile?: Buffer): BlankTiff {
  const bits = shorts(Array.from({ length: channels }, () => 8));
  const entries: { readonly tag: number; readonly type: typeof short | typeof long | typeof raw; readonly value: number | Buffer }[] = [
    { tag: 256, type: long, value: width },
    { tag: 257, type: long, value: height },
    { tag: 258, type: short, value: bits },
    { tag: 259, type: short, value: 1 },
    { tag: 262, type: short, value: 2 },
    { tag: 273, type: long, value: 0 },
    { tag: 274, type: short, value: orientation },
    { tag: 277, type: short, value: channels },
    { tag: 278, type: long, value: height },
    { tag: 279, type: long, value: width * height * channels },
    ...(channels === 4 ? [{ tag: 338, type: short, value: 2 }] : []),
    ...(profile === undefined ? [] : [{ tag: 34675, type: raw, value: profile }]),
  ];
  const directory = 8;
  let end = directory + 2 + 12 * entries.length + 4;
  const outside = entries.reduce((sum, { value }) => sum + (typeof value === 'number' ? 0 : value.length + (value.length & 1)), 0);
  const start = end + outside;
  const file = Buffer.alloc(start + width * height * channels);
  file.write('II*\0', 'latin1');
  file.writeUInt32LE(directory, 4);
  file.writeUInt16LE(entries.length, directory);
  for (const [i, { tag, type, value }] of entries.entries()) {
    const at = directory + 2 + 12 * i;
    file.writeUInt16LE(tag, at);
    file.writeUInt16LE(type.code, at + 2);
    if (typeof value === 'number') {
      file.writeUInt32LE(1, at + 4);
      file.writeUInt32LE(tag === 273 ? start : value, at + 8);
      continue;
    }
    file.writeUInt32LE(value.length / type.bytes, at + 4);
    file.writeUInt32LE(end, at + 8);
    file.set(value, end);
    end += value.length + (value.length & 1);
  }
  return { file, pixels: file.subarray(start) };
}

function shorts(values: readonly number[]): Buffer {
  const out = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) out.writeUInt16LE(value, 2 * i);
  return out;
}
