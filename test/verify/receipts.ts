import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { closed, goodDay, received, textsOf } from './histories.ts';
import { checkpointText, createSigner, leafOf, path, type Signer, sha256 } from './log-writer.ts';

/** A receipt, written as c2sp.org/tlog-proof says, and all that went into it. */
export interface Made {
  readonly text: string;
  readonly signer: Signer;
  readonly photo: Buffer;
  readonly second: Buffer;
  readonly result: Buffer;
  readonly entries: readonly string[];
  readonly index: number;
  readonly extra: Record<string, unknown>;
}

export interface Parts {
  readonly signer?: Signer;
  readonly extra?: Record<string, unknown>;
  readonly index?: number;
  /** Which entry the receipt is of, counted from that of the job. */
  readonly of?: number;
  readonly withKey?: boolean;
}

export const proofText = (extra: unknown, index: number, hashes: readonly Uint8Array[], checkpoint: string): string =>
  [
    'c2sp.org/tlog-proof@v1',
    `extra ${Buffer.from(canonicalJson(extra)).toString('base64')}`,
    `index ${index}`,
    ...hashes.map((hash) => Buffer.from(hash).toString('base64')),
    '',
    checkpoint,
  ].join('\n');

export function makeReceipt({ signer = createSigner(), extra = {}, index, of = 0, withKey = true }: Parts = {}): Made {
  const key = randomBytes(32);
  const [photo, second, result] = [randomBytes(5000), randomBytes(600), randomBytes(7000)];
  const commitTo = (object: Buffer) => createHmac('sha256', key).update(sha256(object)).digest('hex');
  const objectOf = (role: 'in' | 'out', object: Buffer) => ({ role, bytes: object.length, commitment: commitTo(object) });
  const job = randomUUID();
  const objects = [objectOf('in', photo), objectOf('in', second), objectOf('out', result), { role: 'landmarks' as const, bytes: 9 }];
  const entries = textsOf([...goodDay(10).slice(0, -2), received(job), closed(job, { objects }), 'reboot', ...goodDay(5)]);
  const place = entries.findIndex((text) => text.includes(job) && text.includes('job.closed')) + of;
  const leaves = entries.map(leafOf);
  const all = {
    entry: entries[place],
    ...(withKey && { keys: { commitment: key.toString('base64') } }),
    vkey: signer.vkey,
    proves: 'much',
    cannot_prove: 'more',
    ...extra,
  };
  const text = proofText(all, index ?? place, path(place, leaves), signer.sign(checkpointText(signer.name, leaves)));
  return { text, signer, photo, second, result, entries, index: place, extra: all };
}
