import { same } from './bytes.ts';
import { Invalid } from './crypto.ts';
import type { Find } from './findings.ts';
import {
  parseBundle,
  parseHashes,
  parseTilePath,
  readTile,
  rowLength,
  type Source,
  span,
  type Tile,
  tilePath,
  tileWidth,
} from './tiles.ts';

/**
 * The files beside those that the tree was rebuilt from: partial tiles of earlier sizes, which must be beginnings of what they grew into, what
 * an interrupted commit left, and what does not belong there.
 * @param size entries in the log
 * @param pruned entries at its beginning that were dropped
 * @param known files that others look after
 * @returns what is worth knowing and breaks no rule
 */
export async function checkStrays(
  source: Source,
  { size, pruned }: { size: number; pruned: number },
  known: ReadonlySet<string>,
  find: Find,
): Promise<readonly string[]> {
  let beyond = 0;
  const foreign: string[] = [];
  for await (const path of source.list?.() ?? []) {
    if (known.has(path)) continue;
    const tile = parseTilePath(path);
    if (tile === undefined) {
      foreign.push(path);
      continue;
    }
    const row = (tile.level === 'entries' ? size : rowLength(tile.level, size)) - tile.index * tileWidth;
    if (tile.width > row) beyond += 1;
    else if (tile.width < tileWidth) await compare(path, tile, { ...tile, width: Math.min(row, tileWidth) });
  }
  return [
    ...(beyond === 0
      ? []
      : [`${beyond} files reach beyond the checkpoint: an interrupted commit left them, or the folder was copied meanwhile`]),
    ...foreign.map((path) => `${path} is no file of a ledger`),
  ];

  /** @param grown what the tile is now */
  async function compare(path: string, tile: Tile, grown: Tile): Promise<void> {
    const index = tile.index * span(tile.level);
    if (tile.level === 'entries' && index < pruned) {
      find({ rule: 'pruning', index, file: path, what: 'It holds entries that were to be dropped' });
      return;
    }
    try {
      const parse = tile.level === 'entries' ? parseBundle : parseHashes;
      const bytes = await source.read(path);
      // A ledger that is in use has removed it meanwhile.
      if (bytes === undefined) return;
      const part = parse(bytes, tile);
      // Damage of the tile itself has been reported where the tree was rebuilt.
      const whole = await readTile(source, grown, parse).catch(() => undefined);
      const wrong = part.findIndex((bytes, i) => !same(bytes, whole?.[i] ?? bytes));
      if (wrong >= 0) {
        const at = index + (wrong * span(tile.level)) / tileWidth;
        find({ rule: 'tree', index: at, file: path, what: `It is not the beginning of ${tilePath(grown)}` });
      }
    } catch (error) {
      if (!(error instanceof Invalid)) throw error;
      find({ rule: 'tree', index, file: path, what: error.message });
    }
  }
}
