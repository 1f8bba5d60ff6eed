import type { Contents } from './contents.ts';

/** Markers of ITU-T T.81 that a picture needs: frame headers, tables, restart interval, scans. */
const needed = new Set([0xc0, 0xc1, 0xc2, 0xc4, 0xda, 0xdb, 0xdd]);
const xmpName = 'http://ns.adobe.com/xap/1.0/\0';
const [startOfImage, endOfImage, startOfScan, app1] = [0xd8, 0xd9, 0xda, 0xe1];

/** Walks the segments of a JPEG. @throws Error where they do not follow one another to the end of the image */
export function jpegContents(file: Buffer): Contents {
  const xmp: string[] = [];
  const others: string[] = [];
  if (file.readUInt16BE(0) !== 0xff00 + startOfImage) throw new Error('Expected a JPEG');
  for (let at = 2; ; ) {
    if (file[at] !== 0xff) throw new Error(`Expected a marker at ${at}`);
    const marker = file.readUInt8(at + 1);
    if (marker === endOfImage) {
      if (at + 2 < file.length) others.push('bytes behind the end');
      return { xmp, others };
    }
    const end = at + 2 + file.readUInt16BE(at + 2);
    const body = file.subarray(at + 4, end);
    if (marker === app1 && body.toString('latin1', 0, xmpName.length) === xmpName) xmp.push(body.toString('utf8', xmpName.length));
    else if (!needed.has(marker)) others.push(`marker ${marker.toString(16)}`);
    at = marker === startOfScan ? endOfScan(file, end) : end;
  }
}

/** Coded data ends at the first marker that is neither a stuffed 0xff nor a restart. */
function endOfScan(file: Buffer, start: number): number {
  for (let at = file.indexOf(0xff, start); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new Error('Expected an end of the image');
}
