import { crc32 } from 'node:zlib';

const head = 8 + 25;

/**
 * A PNG as an encoder wrote it, without the size in metres that libvips makes up (`pHYs`), and with an XMP packet as the standard wants it: libvips would
 * write a compressed `zTXt`, which readers of XMP do not look into. No pixel is touched.
 */
export function cleanPng(file: Buffer, xmp?: string): Buffer {
  const parts = [file.subarray(0, head)];
  if (xmp !== undefined) parts.push(chunk('iTXt', Buffer.from(`XML:com.adobe.xmp\0\0\0\0\0${xmp}`)));
  for (let at = head; at < file.length; ) {
    const end = at + 12 + file.readUInt32BE(at);
    if (file.toString('latin1', at + 4, at + 8) !== 'pHYs') parts.push(file.subarray(at, end));
    at = end;
  }
  return Buffer.concat(parts);
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}
