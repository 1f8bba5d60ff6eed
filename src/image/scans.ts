/** Encoders write about ten; the decoder's work grows with each, and a file of 140 kB can ask for 700 of 49 megapixels: 8 seconds. */
const most = 100;

const startOfScan = Buffer.from([0xff, 0xda]);

/**
 * Whether a progressive JPEG has more scans than any encoder writes. Coded data cannot hold the marker (T.81, B.1.1.5); where metadata do, as in a
 * thumbnail, it counts too, and does no harm.
 */
export function tooManyScans(jpeg: Buffer): boolean {
  let scans = 0;
  for (let at = jpeg.indexOf(startOfScan); at >= 0 && scans <= most; at = jpeg.indexOf(startOfScan, at + 2)) scans++;
  return scans > most;
}
