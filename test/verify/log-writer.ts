import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Source } from '../../src/verify/tiles.ts';

/**
 * A small log, written word for word after RFC 6962 and the C2SP pages, with nothing of src/ in it: slow, and easy to compare with the text.
 */

export const sha256 = (...parts: readonly (Uint8Array | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export const leafOf = (entry: Uint8Array | string): Buffer => sha256(Uint8Array.of(0), entry);
const nodeOf = (left: Uint8Array, right: Uint8Array): Buffer => sha256(Uint8Array.of(1), left, right);

/** "The largest power of two smaller than n". */
function splitOf(n: number): number {
  let k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

/** MTH of RFC 6962, section 2.1, over leaf hashes. */
export function mth(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256('');
  if (leaves.length === 1) return only;
  const k = splitOf(leaves.length);
  return nodeOf(mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

/** PATH(m, D[n]) of section 2.1.1. */
export function path(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  const n = leaves.length;
  if (n <= 1) return [];
  const k = splitOf(n);
  return m < k ? [...path(m, leaves.slice(0, k)), mth(leaves.slice(k))] : [...path(m - k, leaves.slice(k)), mth(leaves.slice(0, k))];
}

/** PROOF(m, D[n]) of section 2.1.2. */
export function consistency(m: number, leaves: readonly Uint8Array[]): Uint8Array[] {
  return m === 0 || m === leaves.length ? [] : subproof(m, leaves, true);
}

function subproof(m: number, leaves: readonly Uint8Array[], whole: boolean): Uint8Array[] {
  const n = leaves.length;
  if (m === n) return whole ? [] : [mth(leaves)];
  const k = splitOf(n);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), whole), mth(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), mth(leaves.slice(0, k))];
}

export interface Signer {
  readonly name: string;
  readonly vkey: string;
  /** 8 hexadecimal digits. */
  readonly id: string;
  readonly privateKey: KeyObject;
  /** A signed note with this text. */
  sign(text: string): string;
  line(text: string): string;
}

export function createSigner(name = 'mayfly.test/ledger'): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32);
  const typed = Buffer.concat([Uint8Array.of(1), raw]);
  const id = sha256(`${name}\n`, typed).subarray(0, 4);
  const line = (text: string) => `— ${name} ${Buffer.concat([id, sign(null, Buffer.from(text), privateKey)]).toString('base64')}\n`;
  const vkey = `${name}+${id.toString('hex')}+${typed.toString('base64')}`;
  return { name, vkey, id: id.toString('hex'), privateKey, line, sign: (text) => `${text}\n${line(text)}` };
}

export const checkpointText = (name: string, leaves: readonly Uint8Array[]): string =>
  `${name}\n${leaves.length}\n${Buffer.from(mth(leaves)).toString('base64')}\n`;

export type Files = Map<string, Uint8Array>;

/** The path of a tile: "1234067 will be encoded as x001/x234/067". */
export function pathOf(level: number | 'entries', n: number, width: number): string {
  let digits = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000))
    digits = `x${String(rest % 1000).padStart(3, '0')}/${digits}`;
  return `tile/${level}/${digits}${width === 256 ? '' : `.p/${width}`}`;
}

/** The files of a log with these entries. @param last the key that signs it; @param keys all keys, newest last */
export function writeLog(entries: readonly string[], last = createSigner(), keys: readonly Signer[] = [last]): Files {
  const files: Files = new Map();
  const leaves = entries.map(leafOf);
  for (let n = 0; n * 256 < entries.length; n++) {
    const bundle = entries.slice(n * 256, (n + 1) * 256);
    files.set(pathOf('entries', n, bundle.length), bundleOf(bundle));
  }
  for (let level = 0; 256 ** level <= entries.length; level++) {
    // "The sequence of the following Merkle Tree Hashes, with i from 0 to 255: MTH(D[(n * 256 + i) * 256**l : (n * 256 + i + 1) * 256**l])"
    const row = Array.from({ length: Math.floor(entries.length / 256 ** level) }, (_, i) =>
      mth(leaves.slice(i * 256 ** level, (i + 1) * 256 ** level)),
    );
    for (let n = 0; n * 256 < row.length; n++) {
      const tile = row.slice(n * 256, (n + 1) * 256);
      files.set(pathOf(level, n, tile.length), Buffer.concat(tile));
    }
  }
  files.set('checkpoint', Buffer.from(last.sign(checkpointText(last.name, leaves))));
  files.set('vkey', Buffer.from(keys.map(({ vkey }) => `${vkey}\n`).join('')));
  return files;
}

export function bundleOf(entries: readonly string[]): Buffer {
  return Buffer.concat(
    entries.flatMap((entry) => {
      const bytes = Buffer.from(entry);
      return [Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes];
    }),
  );
}

export function sourceOf(files: Files): Source {
  return {
    read: async (name) => files.get(name),
    async *list() {
      yield* files.keys();
    },
  };
}
