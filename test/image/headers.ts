/** Files made by hand that are all header, so that nothing large is ever allocated. */

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc(bytes: Buffer): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (table[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type: string, body: Buffer): Buffer {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
}

/** A PNG whose header claims a size that its 57 bytes do not hold. */
export function bombPng(width: number, height: number): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', Buffer.alloc(0)), chunk('IEND', Buffer.alloc(0))]);
}

/** The first box of a HEIC file as a telephone writes it. */
export function heicHeader(): Buffer {
  const out = Buffer.alloc(64);
  out.writeUInt32BE(24, 0);
  out.write('ftypheic', 4, 'latin1');
  out.write('mif1heic', 16, 'latin1');
  return out;
}

/**
 * A grey progressive JPEG (T.81, annex G) of as many scans as asked for, 694 at most, each a hundred bytes: one gives all blocks the same mean, the others
 * say of one coefficient and one bit after another that all are zero, in runs of 27,306 blocks.
 */
export function scanBomb(width: number, height: number, scans: number): Buffer {
  const segment = (marker: number, ...body: readonly number[]) =>
    Buffer.from([0xff, marker, (body.length + 2) >> 8, (body.length + 2) & 255, ...body]);
  /** One symbol, coded as a single 0. */
  const table = (kind: number, symbol: number) => segment(0xc4, kind << 4, 1, ...Array.from({ length: 15 }, () => 0), symbol);
  const scan = (from: number, to: number, high: number, low: number) => segment(0xda, 1, 1, 0, from, to, (high << 4) | low);
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const run = `0${'10'.repeat(7)}`;
  const bits = run.repeat(Math.ceil(blocks / 27_306));
  const zeros = Buffer.from((bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '1'), 2)));
  const parts = [
    Buffer.from([0xff, 0xd8]),
    segment(0xdb, 0, ...Array.from({ length: 64 }, () => 1)),
    segment(0xc2, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0),
    table(0, 0),
    table(1, 0xe0),
    scan(0, 0, 0, 0),
    Buffer.alloc(Math.ceil(blocks / 8)),
  ];
  const lowest = 10;
  for (let i = 0; i < scans - 1; i++) {
    const [coefficient, low] = [1 + Math.floor(i / (lowest + 1)), lowest - (i % (lowest + 1))];
    parts.push(scan(coefficient, coefficient, low === lowest ? 0 : low + 1, low), zeros);
  }
  return Buffer.concat([...parts, Buffer.from([0xff, 0xd9])]);
}
