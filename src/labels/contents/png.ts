import type { Contents } from './contents.ts';

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const needed = new Set(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
/** Keyword, not compressed, no language, no translated keyword (XMP part 3, 1.1.5). */
const xmpHead = 'XML:com.adobe.xmp\0\0\0\0\0';

/** Walks the chunks of a PNG. @throws Error where they do not follow one another to the end */
export function pngContents(file: Buffer): Contents {
  const xmp: string[] = [];
  const others: string[] = [];
  if (!file.subarray(0, 8).equals(signature)) throw new Error('Expected a PNG');
  for (let at = 8; ; ) {
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + 12 + file.readUInt32BE(at);
    if (end > file.length) throw new Error(`Expected the end of ${type}`);
    const body = file.subarray(at + 8, end - 4);
    if (type === 'iTXt' && body.toString('latin1', 0, xmpHead.length) === xmpHead) xmp.push(body.toString('utf8', xmpHead.length));
    else if (!needed.has(type)) others.push(`chunk ${type}`);
    at = end;
    if (type !== 'IEND') continue;
    if (at < file.length) others.push('bytes behind the end');
    return { xmp, others };
  }
}
