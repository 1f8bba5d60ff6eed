import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBundle } from '../../src/ledger/bundle.ts';
import { type Entry, parseEntry } from '../../src/ledger/entry.ts';
import { tilePath, tileWidth, widthIn } from '../../src/ledger/tile.ts';

/** Size of the last signed checkpoint in a service's data folder. */
export function signedSize(dataDir: string): number {
  const notes = readFileSync(join(dataDir, 'last-signed'), 'latin1');
  return Math.max(0, ...[...notes.matchAll(/^(\d+)\n[A-Za-z0-9+/]{43}=\n/gm)].map(([, size]) => Number(size)));
}

/** All entries in a service's books, read from its files while it may be running. */
export function entriesIn(dataDir: string): Entry[] {
  const size = signedSize(dataDir);
  return Array.from({ length: Math.ceil(size / tileWidth) }, (_, index) => {
    const width = widthIn(size, { level: 'entries', index });
    const read = (of: number) => readFileSync(join(dataDir, 'ledger', tilePath({ level: 'entries', index, width: of })));
    // The partial bundle goes as soon as the full one is there.
    const bundle = attempt(() => decodeBundle(read(width), width)) ?? decodeBundle(read(tileWidth), tileWidth).slice(0, width);
    return bundle.map((bytes) => parseEntry(JSON.parse(Buffer.from(bytes).toString())));
  }).flat();
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
