import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLogPath, lastTiles, tilePath, widthIn } from '../../src/ledger/tile.ts';

describe('tiles', () => {
  // c2sp.org/tlog-tiles: "index 1234067 will be encoded as x001/x234/067".
  it.each([
    [0, 0, 256, 'tile/0/000'],
    [0, 5, 3, 'tile/0/005.p/3'],
    [1, 999, 256, 'tile/1/999'],
    [1, 1000, 256, 'tile/1/x001/000'],
    [63, 1_234_067, 255, 'tile/63/x001/x234/067.p/255'],
    ['entries', 1_234_067, 256, 'tile/entries/x001/x234/067'],
  ] as const)('level %p, index %p, width %p is at %s', (level, index, width, path) => {
    expect(tilePath({ level, index, width })).toBe(path);
    expect(isLogPath(path)).toBe(true);
  });

  // The example of the specification.
  it('has the widths that the specification names for 70,000 entries', () => {
    expect(lastTiles(70_000)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ]);
    expect(lastTiles(256)).toEqual([
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 0, width: 1 },
    ]);
    expect(lastTiles(0)).toEqual([]);
  });

  it('spans every leaf once at every level', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200_000 }), (size) => {
        const tiles = Array.from({ length: Math.ceil(size / 256) + 1 }, (_, index) => widthIn(size, { level: 0, index }));
        expect(tiles.reduce((sum, width) => sum + width, 0)).toBe(size);
        expect(widthIn(size, { level: 1, index: 0 })).toBe(Math.min(256, Math.floor(size / 256)));
      }),
    );
  });

  it.each([
    '../last-signed',
    'tile/0/../../ledger-key',
    'tile/64/000',
    'tile/00/000',
    'tile/0/1000',
    'tile/0/001/000',
    'tile/0/x001/',
    'tile/0/000.p/0',
    'tile/0/000.p/01',
    'tile/0/000.p/256',
    'tile/0/000/1',
    'checkpoint.tmp',
    'checkpoints',
    'xcheckpoint',
    'vkeys',
    'handover/0123abc',
    'handover/0123abcde',
    'handover/0123ABCD',
    'handover/',
    'tile/x/000',
    'tile/070/000',
    'tile/70/000',
    'tile/-1/000',
    'tile/entrie/000',
    'tile/0/x01/000',
    'tile/0/x0001/000',
    'tile/0/xabc/000',
    'tile/0/00',
    'tile/0/abc',
    'tile/0/000.p/260',
    'tile/0/000.p/300',
    'tile/0/000.p/1000',
    'tile/0/000.p/x',
    'tile/0/000.q/1',
    'tile/0/000xp/1',
    'tile/0/000.p/1/',
    'x/tile/0/000',
    'ledger-key',
    '/checkpoint',
    'checkpoint\n',
    '',
  ])('nobody reads %p out of a log', (path) => {
    expect(isLogPath(path)).toBe(false);
  });

  it.each([
    'checkpoint',
    'vkey',
    'handover/0123abcd',
    'tile/0/000',
    'tile/9/000',
    'tile/10/000',
    'tile/59/000',
    'tile/60/000',
    'tile/63/x123/000',
    'tile/0/x001/x234/067',
    'tile/entries/005.p/17',
    ...[1, 9, 10, 99, 100, 199, 200, 249, 250, 255].map((width) => `tile/0/000.p/${width}`),
  ])('anybody may read %p', (path) => {
    expect(isLogPath(path)).toBe(true);
  });
});
