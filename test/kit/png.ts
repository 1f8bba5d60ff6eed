/** PNG chunks by hand, for files that no encoder would write. */

export const pngSignature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');

/** One chunk with a right checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG with one more ancillary chunk right behind its header. */
export function withPngChunk(png: Buffer, type: string, data: Buffer): Buffer {
  const end = pngSignature.length + 25;
  return Buffer.concat([png.subarray(0, end), pngChunk(type, data), png.subarray(end)]);
}

/** A black-and-white PNG of this size: header, compressed data (as given, even none), end. */
export function pngOf(width: number, height: number, data: Buffer = Buffer.alloc(0)): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    pngSignature,
    pngChunk('IHDR', header),
    ...(data.length > 0 ? [pngChunk('IDAT', data)] : []),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** ISO 3309, the polynomial of PNG. */
function crc32(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return (value ^ 0xffffffff) >>> 0;
}
