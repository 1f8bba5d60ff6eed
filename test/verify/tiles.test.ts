import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Invalid } from '../../src/verify/crypto.ts';
import { parseBundle, parseHashes, parseTilePath, readTile, rowLength, tilePath } from '../../src/verify/tiles.ts';
import { bundleOf, pathOf, sourceOf } from './log-writer.ts';

const level = fc.oneof(fc.constant('entries' as const), fc.nat({ max: 7 }));
const width = fc.integer({ min: 1, max: 256 });
const partial = (count: number) => ({ level: 0, index: 0, width: count });

describe('the path of a tile', () => {
  it('is that of the specification', () => {
    expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('tile/0/x001/x234/067');
    expect(tilePath({ level: 'entries', index: 0, width: 3 })).toBe('tile/entries/000.p/3');
    expect(tilePath({ level: 2, index: 1000, width: 255 })).toBe('tile/2/x001/000.p/255');
  });

  it('is read back, and made as the definition says', () => {
    fc.assert(
      fc.property(level, fc.nat({ max: 2 ** 31 - 1 }), width, (l, n, w) => {
        const tile = { level: l, index: n, width: w };
        expect(tilePath(tile)).toBe(pathOf(l, n, w));
        expect(parseTilePath(tilePath(tile))).toEqual(tile);
      }),
    );
  });

  it.each(
    'checkpoint|tile/0|tile/0/00|tile/0/0000|tile/0/001/000|tile/0/x000/001|tile/00/000|tile/x/000|tile/0/000.p/0|tile/0/000.p/256|tile/0/000.p/01|tile/0/000.p/|/tile/0/000|tile/0/000/|tile/0/x001|tile/data/000'.split(
      '|',
    ),
  )('is not %s', (path) => {
    expect(parseTilePath(path)).toBeUndefined();
  });
});

describe('the files of a tile log', () => {
  it('are as many as the specification counts for 70,000 entries', () => {
    expect([0, 1, 2, 3].map((l) => rowLength(l, 70_000))).toEqual([70_000, 273, 1, 0]);
  });

  it('hold entries that fill them exactly', () => {
    const entries = ['', 'a', 'x'.repeat(65_535)];
    const bytes = bundleOf(entries);
    expect(parseBundle(bytes, partial(3)).map((entry) => Buffer.from(entry).toString())).toEqual(entries);
    for (const wrong of [2, 4, 256]) expect(() => parseBundle(bytes, partial(wrong))).toThrow(Invalid);
    for (const cut of [1, 100, 65_536, 65_538]) expect(() => parseBundle(bytes.subarray(0, -cut), partial(3))).toThrow(Invalid);
    expect(() => parseBundle(Buffer.concat([bytes, Uint8Array.of(0)]), partial(3))).toThrow(Invalid);
    expect(() => parseBundle(Buffer.concat([bytes, Uint8Array.of(0, 0)]), partial(3))).toThrow(Invalid);
  });

  it('hold hashes that fill them exactly', () => {
    const bytes = Buffer.from(Array.from({ length: 64 }, (_, i) => i));
    expect(parseHashes(bytes, partial(2))).toEqual([bytes.subarray(0, 32), bytes.subarray(32)]);
    for (const wrong of [1, 3]) expect(() => parseHashes(bytes, partial(wrong))).toThrow(Invalid);
    expect(() => parseHashes(bytes.subarray(1), partial(2))).toThrow(Invalid);
  });

  it('may be full where a part is asked for, and only then', async () => {
    const full = bundleOf(Array.from({ length: 256 }, (_, i) => `entry ${i}`));
    const source = sourceOf(new Map([['tile/entries/000', full]]));
    const read = (index: number, count: number) => readTile(source, { level: 'entries', index, width: count }, parseBundle);
    expect((await read(0, 2))?.map((entry) => Buffer.from(entry).toString())).toEqual(['entry 0', 'entry 1']);
    expect(await read(0, 256)).toHaveLength(256);
    expect(await read(1, 2)).toBeUndefined();
    expect(await read(1, 256)).toBeUndefined();
  });
});
