import { fromBase64, fromDecimal } from './bytes.ts';
import { Invalid } from './crypto.ts';
import { hashBytes } from './merkle.ts';

/** A proof that an entry is in a log, as a text file: https://c2sp.org/tlog-proof */
export interface TlogProof {
  /** What the application adds; nothing in the file vouches for it. */
  readonly extra?: Uint8Array;
  readonly index: number;
  /** From the leaf's sibling up. */
  readonly hashes: readonly Uint8Array[];
  /** A signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

const header = 'c2sp.org/tlog-proof@v1';
/** A path is as long as the tree is high, and no index has more bits than a number holds exactly. */
const mostHashes = 53;

export function isProof(text: string): boolean {
  return text.startsWith(`${header}\n`);
}

/** @throws Invalid for everything that the format does not allow, and for a second way to write the same */
export function parseProof(text: string): TlogProof {
  if (!isProof(text)) throw new Invalid(`proof: Expected the first line to be ${header}`);
  const end = text.indexOf('\n\n');
  if (end < 0) throw new Invalid('proof: Expected an empty line before the checkpoint');
  const [, ...lines] = text.slice(0, end).split('\n');
  const extra = lines[0]?.startsWith('extra ') ? lines.shift()?.slice('extra '.length) : undefined;
  const index = lines.shift();
  if (!index?.startsWith('index ')) throw new Invalid('proof: Expected an index line');
  if (lines.length > mostHashes) throw new Invalid(`proof: Expected at most ${mostHashes} hashes`);
  const hashes = lines.map((line) => fromBase64(line, 'proof: hash'));
  if (hashes.some(({ length }) => length !== hashBytes)) throw new Invalid(`proof: Expected hashes of ${hashBytes} bytes`);
  return {
    ...(extra !== undefined && { extra: fromBase64(extra, 'proof: extra') }),
    index: fromDecimal(index.slice('index '.length), 'proof: index'),
    hashes,
    checkpoint: text.slice(end + 2),
  };
}
