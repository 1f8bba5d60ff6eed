import { same } from './bytes.ts';
import { rowLength, type Source, tilePath, tileWidth } from './tiles.ts';

/** How often a ledger may have grown while its edge was read before we take it as it is: then something will be missing, and be reported. */
const mostTries = 20;

/**
 * A ledger as it was at one moment, though it grows: partial tiles are removed when what they grew into has come, so those of the checkpoint are
 * read at once and kept. Full tiles stay as they are. Which tiles these are goes by a size that nobody has vouched for yet; to read a file
 * too many harms nobody.
 */
export async function snapshot(source: Source): Promise<Source> {
  for (let tries = 1; ; tries++) {
    const kept = new Map<string, Uint8Array | undefined>();
    const keep = async (path: string) => kept.set(path, await source.read(path));
    const checkpoint = await source.read('checkpoint');
    kept.set('checkpoint', checkpoint);
    await keep('vkey');
    for (const path of edgeOf(sizeIn(checkpoint))) await keep(path);
    const now = await source.read('checkpoint');
    const settled = checkpoint === undefined ? now === undefined : now !== undefined && same(checkpoint, now);
    if (!settled && tries < mostTries) continue;
    return { ...source, read: async (path) => kept.get(path) ?? source.read(path) };
  }
}

/** The paths of the partial tiles of a tree. */
function edgeOf(size: number): readonly string[] {
  const paths: string[] = [];
  const add = (level: number | 'entries', row: number) => {
    const width = row % tileWidth;
    if (width > 0) paths.push(tilePath({ level, index: Math.floor(row / tileWidth), width }));
  };
  add('entries', size);
  for (let level = 0; rowLength(level, size) > 0; level++) add(level, rowLength(level, size));
  return paths;
}

function sizeIn(checkpoint: Uint8Array | undefined): number {
  const [, digits = '0'] = /^[^\n]*\n(\d{1,15})\n/.exec(new TextDecoder().decode(checkpoint)) ?? [];
  return Number(digits);
}
