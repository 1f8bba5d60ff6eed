import type { Contents } from './contents.ts';

const needed = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH']);

/** Walks the chunks of a WebP (RFC 9649). @throws Error where they do not fill the file */
export function webpContents(file: Buffer): Contents {
  const xmp: string[] = [];
  const others: string[] = [];
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WEBP') throw new Error('Expected a WebP');
  const riff = 8 + file.readUInt32LE(4);
  if (riff > file.length) throw new Error('Expected the end of the file');
  for (let at = 12; at < riff; ) {
    const type = file.toString('latin1', at, at + 4);
    const size = file.readUInt32LE(at + 4);
    const body = file.subarray(at + 8, at + 8 + size);
    if (type === 'XMP ') xmp.push(body.toString('utf8'));
    else if (!needed.has(type)) others.push(`chunk ${type}`);
    // Chunks begin at even places.
    at += 8 + size + (size & 1);
  }
  if (riff + (riff & 1) < file.length) others.push('bytes behind the end');
  return { xmp, others };
}
