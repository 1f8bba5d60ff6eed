import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** HEIF files by hand (ISO 14496-12, ISO 23008-12) around pictures that `heif-enc` has coded: grids, turns and claims as telephones and forgers write them. */

/** One picture coded as HEVC: its decoder configuration and its data. */
export interface Coded {
  readonly config: Buffer;
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

export interface HeifOptions {
  /** Of a grid; the tiles fill it row by row. Left out: a single picture. */
  readonly columns?: number;
  /** What `ispe` (and the grid) says, where that is not the truth. */
  readonly claim?: { readonly width: number; readonly height: number };
  /** Quarter turns against the clock. */
  readonly irot?: 0 | 1 | 2 | 3;
  /** 0: top and bottom change places, 1: left and right. */
  readonly imir?: 0 | 1;
  /** What is cut out of the picture before it is turned: this size, around a point so far right of and below its middle. */
  readonly clap?: { readonly width: number; readonly height: number; readonly right: number; readonly down: number };
  readonly icc?: Buffer;
  /** Colour primaries, transfer and matrix of ITU-T H.273; the range is full. */
  readonly nclx?: readonly [primaries: number, transfer: number, matrix: number];
  /** Pictures that come before the primary one, each an item of its own. */
  readonly others?: readonly Coded[];
  readonly brand?: string;
}

/** Has `heif-enc` code a PNG (or a JPEG). The file is a plain HEIC with one picture. */
export function heicOf(image: Buffer, ...flags: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'heif-'));
  try {
    const [input, output] = [join(folder, image[0] === 0x89 ? 'in.png' : 'in.jpg'), join(folder, 'out.heic')];
    writeFileSync(input, image);
    execFileSync('heif-enc', ['-q', '80', ...flags, '-o', output, input], { stdio: 'ignore' });
    return readFileSync(output);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Takes the picture out of a file of `heicOf`. */
export function codedOf(heic: Buffer): Coded {
  const at = (name: string) => {
    const found = heic.indexOf(name, 0, 'latin1') - 4;
    if (found < 0) throw new Error(`Expected a box ${name}`);
    return found;
  };
  const body = (name: string) => heic.subarray(at(name) + 8, at(name) + heic.readUInt32BE(at(name)));
  const ispe = body('ispe');
  return { config: body('hvcC'), data: body('mdat'), width: ispe.readUInt32BE(4), height: ispe.readUInt32BE(8) };
}

/** A HEIF file of one picture, or of a grid of equal tiles. */
export function heifOf(tiles: readonly Coded[], options: HeifOptions = {}): Buffer {
  const { columns, others = [], brand = 'heic' } = options;
  const properties: Buffer[] = [];
  /** The number of a property; items share equal ones, as telephones have it. */
  const property = (one: Buffer) => {
    const known = properties.findIndex((other) => other.equals(one));
    return known < 0 ? properties.push(one) : known + 1;
  };
  const items: { readonly type: string; readonly data: Buffer; readonly uses: readonly number[]; readonly hidden: boolean }[] = [];
  const coded = ({ config, width, height, data }: Coded, hidden: boolean, more: readonly number[] = []) => {
    items.push({ type: 'hvc1', data, uses: [property(box('hvcC', config)), property(extent(width, height)), ...more], hidden });
  };
  for (const other of others) coded(other, false);
  const first = tiles[0];
  if (first === undefined) throw new Error('Expected at least one tile');
  const common = [
    ...(options.icc === undefined ? [] : [property(box('colr', Buffer.from('prof'), options.icc))]),
    ...(options.nclx === undefined ? [] : [property(box('colr', Buffer.from('nclx'), u16(...options.nclx), u8(0x80)))]),
    ...(options.clap === undefined
      ? []
      : [property(box('clap', u32(options.clap.width, 1, options.clap.height, 1, options.clap.right, 1, options.clap.down, 1)))]),
    ...(options.irot === undefined ? [] : [property(box('irot', u8(options.irot)))]),
    ...(options.imir === undefined ? [] : [property(box('imir', u8(options.imir)))]),
  ];
  const rows = columns === undefined ? 1 : tiles.length / columns;
  const whole = options.claim ?? { width: first.width * (columns ?? 1), height: first.height * rows };
  if (columns === undefined) {
    coded({ ...first, ...whole }, false, common);
  } else {
    for (const tile of tiles) coded(tile, true);
    const data = Buffer.concat([u8(0, 1, rows - 1, columns - 1), u32(whole.width, whole.height)]);
    items.push({ type: 'grid', data, uses: [property(extent(whole.width, whole.height)), ...common], hidden: false });
  }
  const primary = items.length;
  const ids = items.map((_, i) => i + 1);
  const references =
    columns === undefined ? [] : [full('iref', 0, box('dimg', u16(primary, tiles.length, ...ids.slice(others.length, -1))))];

  const meta = (offset: number) => {
    let next = offset;
    const places = items.map(({ data }, i) => {
      const place = Buffer.concat([u16(i + 1, 0, 1), u32(next, data.length)]);
      next += data.length;
      return place;
    });
    return full(
      'meta',
      0,
      full('hdlr', 0, u32(0), Buffer.from('pict'), u32(0, 0, 0), u8(0)),
      full('pitm', 0, u16(primary)),
      full('iloc', 0, u8(0x44, 0), u16(items.length), ...places),
      full('iinf', 0, u16(items.length), ...items.map(({ type, hidden }, i) => entry(i + 1, type, hidden))),
      ...references,
      box('iprp', box('ipco', ...properties), full('ipma', 0, u32(items.length), ...items.map(({ uses }, i) => association(i + 1, uses)))),
    );
  };
  const head = box('ftyp', Buffer.from(brand), u32(0), Buffer.from(`mif1${brand}`));
  const offset = head.length + meta(0).length + 8;
  return Buffer.concat([head, meta(offset), box('mdat', ...items.map(({ data }) => data))]);
}

function entry(id: number, type: string, hidden: boolean): Buffer {
  const out = full('infe', 2, u16(id, 0), Buffer.from(type), u8(0));
  out[11] = hidden ? 1 : 0;
  return out;
}

/** Configurations and turns are essential, as the standard wants it. */
function association(id: number, uses: readonly number[]): Buffer {
  return Buffer.concat([u16(id), u8(uses.length), u8(...uses.map((use) => use | 0x80))]);
}

const extent = (width: number, height: number) => full('ispe', 0, u32(width, height));

function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), ...parts]);
  return Buffer.concat([u32(body.length + 4), body]);
}

const full = (type: string, version: number, ...parts: readonly Buffer[]) => box(type, u8(version, 0, 0, 0), ...parts);

const u8 = (...values: readonly number[]) => Buffer.from(values);

function u16(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(2 * values.length);
  for (const [i, value] of values.entries()) out.writeUInt16BE(value, 2 * i);
  return out;
}

function u32(...values: readonly number[]): Buffer {
  const out = Buffer.alloc(4 * values.length);
  for (const [i, value] of values.entries()) out.writeUInt32BE(value >>> 0, 4 * i);
  return out;
}
