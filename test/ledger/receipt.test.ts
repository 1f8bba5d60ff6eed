import { hash, randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { cannotProve, proves, writeReceipt } from '../../src/ledger/receipt.ts';

const proof = { index: 7, hashes: [randomBytes(32), randomBytes(32)], checkpoint: 'log\n9\nAAAA\n\n— log BBBB\n' };
const entry = '{"at":1,"ev":"job.closed"}';

/** Reads a proof as c2sp.org/tlog-proof describes it, line by line. */
function read(text: string) {
  const lines = text.split('\n');
  expect(lines.shift()).toBe('c2sp.org/tlog-proof@v1');
  const extra: unknown = JSON.parse(Buffer.from(/^extra (\S+)$/.exec(lines.shift() ?? '')?.[1] ?? '', 'base64').toString());
  const index = /^index (0|[1-9]\d*)$/.exec(lines.shift() ?? '')?.[1];
  const hashes = lines.splice(0, lines.indexOf(''));
  expect(lines.shift()).toBe('');
  return { extra, index: Number(index), hashes: hashes.map((line) => Buffer.from(line, 'base64')), checkpoint: lines.join('\n') };
}

describe('a receipt', () => {
  it('is a transparency log proof with the entry beside it', () => {
    const key = randomBytes(32);
    const { extra, ...rest } = read(writeReceipt({ entry, proof, vkey: 'log+id+key', commitmentKey: key }));
    expect(rest).toEqual(proof);
    expect(extra).toEqual({ entry, keys: { commitment: key.toString('base64') }, vkey: 'log+id+key', proves, cannot_prove: cannotProve });
  });

  it('without the key says nothing of keys, and is the same each time', () => {
    const text = writeReceipt({ entry, proof, vkey: 'v' });
    expect(read(text).extra).not.toHaveProperty('keys');
    expect(hash('sha256', writeReceipt({ entry, proof, vkey: 'v' }))).toBe(hash('sha256', text));
  });

  it('of a log with one entry has no hashes', () => {
    expect(read(writeReceipt({ entry, proof: { ...proof, index: 0, hashes: [] }, vkey: 'v' }))).toMatchObject({ index: 0, hashes: [] });
  });

  it('says in words what it proves and what not', () => {
    expect(proves).toContain('destroyed');
    expect(cannotProve).toContain('copy');
  });
});
