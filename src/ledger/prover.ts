import { emptyRoot, nodeHash, push, rootOf, type Subtree } from './merkle.ts';
import { readTile } from './reading.ts';
import type { LedgerReader } from './store.ts';
import { tileHeight, tileWidth } from './tile.ts';

/** Proofs of RFC 6962, sections 2.1.1 and 2.1.2, out of the tiles of one tree. Each reads O(log n) tiles, each of them once. */
export interface Prover {
  /** Root of the first `leaves` leaves. */
  root(leaves?: number): Promise<Uint8Array>;
  /** Sibling hashes of a leaf, from the leaf up. @throws RangeError */
  inclusion(index: number): Promise<readonly Uint8Array[]>;
  /** That the tree of the first `from` leaves is the beginning of that of the first `to`, both within this one. @throws RangeError */
  consistency(from: number, to: number): Promise<readonly Uint8Array[]>;
}

/**
 * @param size leaves of the tree to prove in: one that a checkpoint was signed for
 * @throws LedgerError `damaged`, from every method, where a tile is missing
 */
export function createProver(reader: LedgerReader, size: number): Prover {
  const tiles = new Map<string, Promise<readonly Uint8Array[]>>();

  function tile(level: number, index: number): Promise<readonly Uint8Array[]> {
    const name = `${level}/${index}`;
    const read = tiles.get(name) ?? readTile(reader, size, { level, index });
    tiles.set(name, read);
    return read;
  }

  /** Root of the perfect subtree of 2^height leaves that begins at leaf `start`. */
  async function perfect(start: number, height: number): Promise<Uint8Array> {
    const level = Math.floor(height / tileHeight);
    const first = start / tileWidth ** level;
    const index = Math.floor(first / tileWidth);
    const hashes = await tile(level, index);
    const at = first - index * tileWidth;
    const range: Subtree[] = [];
    for (const hash of hashes.slice(at, at + 2 ** (height % tileHeight))) push(range, { height: 0, hash });
    return rootOf(range);
  }

  /** MTH(D[start:end]), where no subtree that is cut at `end` is cut at `start` too. */
  async function mth(start: number, end: number): Promise<Uint8Array> {
    if (start === end) return emptyRoot;
    const height = Math.log2(end - start);
    if (Number.isInteger(height)) return perfect(start, height);
    const middle = start + splitOf(end - start);
    return nodeHash(await mth(start, middle), await mth(middle, end));
  }

  /** PATH(m, D[start:end]) */
  async function path(m: number, start: number, end: number): Promise<Uint8Array[]> {
    if (end - start === 1) return [];
    const middle = start + splitOf(end - start);
    return m < middle
      ? [...(await path(m, start, middle)), await mth(middle, end)]
      : [...(await path(m, middle, end)), await mth(start, middle)];
  }

  /** SUBPROOF(m, D[start:end], whole) */
  async function subproof(m: number, start: number, end: number, whole: boolean): Promise<Uint8Array[]> {
    if (m === end) return whole ? [] : [await mth(start, end)];
    const middle = start + splitOf(end - start);
    return m <= middle
      ? [...(await subproof(m, start, middle, whole)), await mth(middle, end)]
      : [...(await subproof(m, middle, end, false)), await mth(start, middle)];
  }

  return {
    root: (leaves = size) => mth(0, leaves),
    async inclusion(index) {
      if (!Number.isSafeInteger(index) || index < 0 || index >= size) throw new RangeError(`Expected an index below ${size}`);
      return path(index, 0, size);
    },
    async consistency(from, to) {
      if (![from, to].every(Number.isSafeInteger) || from < 0 || from > to || to > size)
        throw new RangeError(`Expected two sizes in order, of at most ${size}`);
      return from === 0 ? [] : subproof(from, 0, to, true);
    },
  };
}

/** "Let k be the largest power of two smaller than n." */
function splitOf(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}
