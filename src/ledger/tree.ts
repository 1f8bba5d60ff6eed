import { encodeBundle } from './bundle.ts';
import { leafHash, push, type Subtree } from './merkle.ts';
import type { StoredFile } from './store.ts';
import { leavesUnder, tileHeight, tilePath, tileWidth } from './tile.ts';

/** What of a tree is needed to append to it: its right edge. At most 255 hashes a level and 255 entries, however long the log is. */
export interface Tree {
  readonly size: number;
  /** Compact range of all leaves: see merkle.ts. */
  readonly range: readonly Subtree[];
  /** Hashes of the last, partial tile of each level; empty where the level ends in a full one. */
  readonly levels: readonly (readonly Uint8Array[])[];
  /** Entries of the last, partial bundle. */
  readonly bundle: readonly Uint8Array[];
}

export const emptyTree: Tree = { size: 0, range: [], levels: [], bundle: [] };

/**
 * Appends entries. The tree given is left as it was, so that a commit that fails has nothing to undo.
 * @returns the new tree and the files that it has and the old one has not
 */
export function grow(tree: Tree, entries: readonly Uint8Array[]): { readonly tree: Tree; readonly files: readonly StoredFile[] } {
  const range = [...tree.range];
  const levels = tree.levels.map((hashes) => [...hashes]);
  let bundle = [...tree.bundle];
  let { size } = tree;
  const files: StoredFile[] = [];
  const touched = new Set<number>();

  /** A hash takes its place in the last tile of its level. */
  function place(level: number, hash: Uint8Array): void {
    const hashes = levels[level] ?? [];
    levels[level] = hashes;
    hashes.push(hash);
    touched.add(level);
    if (hashes.length < tileWidth) return;
    const index = size / leavesUnder(level + 1) - 1;
    files.push({ path: tilePath({ level, index, width: tileWidth }), bytes: Buffer.concat(hashes) });
    levels[level] = [];
  }

  for (const entry of entries) {
    size += 1;
    bundle.push(entry);
    push(range, { height: 0, hash: leafHash(entry) }, ({ height, hash }) => {
      if (height % tileHeight === 0) place(height / tileHeight, hash);
    });
    if (bundle.length < tileWidth) continue;
    files.push({ path: tilePath({ level: 'entries', index: size / tileWidth - 1, width: tileWidth }), bytes: encodeBundle(bundle) });
    bundle = [];
  }

  for (const level of touched) {
    const hashes = levels[level] ?? [];
    const index = Math.floor(size / leavesUnder(level + 1));
    if (hashes.length > 0) files.push({ path: tilePath({ level, index, width: hashes.length }), bytes: Buffer.concat(hashes) });
  }
  if (bundle.length > 0) {
    const index = Math.floor(size / tileWidth);
    files.push({ path: tilePath({ level: 'entries', index, width: bundle.length }), bytes: encodeBundle(bundle) });
  }
  return { tree: { size, range, levels, bundle }, files };
}
