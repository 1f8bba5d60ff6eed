import { describe, expect, it } from '@jest/globals';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { parseVerifierKey } from '../../src/verify/note.ts';
import { verifyReceipt } from '../../src/verify/receipt.ts';
import { checkpointText, createSigner, leafOf, path } from './log-writer.ts';
import { makeReceipt, proofText } from './receipts.ts';

type Options = Partial<Parameters<typeof verifyReceipt>[1]>;
const check = (text: string, options: Options = {}) => verifyReceipt(text, { crypto: nodeCrypto, ...options });
const pin = ({ vkey }: { vkey: string }) => [parseVerifierKey(vkey, nodeCrypto)];
const made = makeReceipt();
const { text, photo, second, result, signer } = made;

/** What the first check that fails says. */
async function complaint(receipt: string, options?: Options): Promise<string> {
  const { valid, checks } = await check(receipt, options);
  const failed = checks.find(({ ok }) => !ok);
  expect(valid).toBe(false);
  return `${failed?.name}: ${failed?.says}`;
}

describe('a receipt', () => {
  it('is valid by itself, and says so of each step', async () => {
    const report = await check(text);
    expect(report).toMatchObject({ valid: true, pinned: false, index: made.index, closed: { ev: 'job.closed', why: 'done' } });
    expect(report.checks.map(({ name, ok }) => `${name} ${ok}`)).toEqual(['format true', 'signature true', 'inclusion true', 'entry true']);
    expect(report.checkpoint).toMatchObject({ origin: signer.name, size: made.entries.length });
  });

  it('is valid under the key that somebody trusts, and under no other', async () => {
    expect(await check(text, { pinned: pin(signer) })).toMatchObject({ valid: true, pinned: true });
    expect(await check(text, { pinned: [...pin(createSigner()), ...pin(signer)] })).toMatchObject({ valid: true, pinned: true });
    expect(await complaint(text, { pinned: pin(createSigner()) })).toMatch(/^signature: No signature by/);
    expect(await complaint(text, { pinned: [] })).toMatch(/^signature: No signature by any known key/);
  });

  it('recognises the photos and the result, each of them once, in any order', async () => {
    const ok = async (options: Options) => (await check(text, options)).valid;
    expect(await ok({ photos: [photo] })).toBe(true);
    expect(await ok({ photos: [second, photo], result })).toBe(true);
    expect(await complaint(text, { photos: [photo, photo] })).toBe('photo: the file of 5000 bytes is not one of the job');
    expect(await complaint(text, { photos: [result] })).toMatch(/^photo/);
    expect(await complaint(text, { result: photo })).toMatch(/^result/);
    expect(await complaint(text, { photos: [photo.subarray(1)] })).toMatch(/^photo/);
    const changed = Buffer.from(photo);
    changed[4000] = (changed[4000] ?? 0) ^ 1;
    expect(await complaint(text, { photos: [changed] })).toMatch(/^photo/);
  });

  it('cannot recognise anything without its key', async () => {
    const without = makeReceipt({ withKey: false });
    expect((await check(without.text)).valid).toBe(true);
    expect(await complaint(without.text, { photos: [without.photo] })).toMatch(/^photo: cannot be told/);
    const other = makeReceipt({ extra: { keys: { commitment: Buffer.alloc(32).toString('base64') } } });
    expect(await complaint(other.text, { result: other.result })).toMatch(/^result: the file/);
  });

  it.each([
    ['another index', { index: made.index + 1 }, 'inclusion'],
    ['an index beyond the ledger', { index: 1000 }, 'inclusion'],
    ['another entry', { extra: { entry: '{"ev":"job.closed"}' } }, 'inclusion'],
    ['an entry of another kind', { of: 1 }, 'entry: Expected a job.closed'],
    ['the key of another', { extra: { vkey: createSigner().vkey } }, 'signature'],
    ['no key', { extra: { vkey: '' } }, 'format'],
    ['another field', { extra: { more: 1 } }, 'format: extra: Expected entry'],
    ['another key', { extra: { keys: { commitment: '', other: '' } } }, 'format: extra: Expected entry'],
    ['an entry that is no text', { extra: { entry: {} } }, 'format: extra: Expected entry'],
    ['a commitment key that is not base64', { extra: { keys: { commitment: 'x' } } }, 'entry: commitment key'],
  ])('with %s is not valid', async (_name, parts, where) => {
    expect(await complaint(makeReceipt(parts).text)).toContain(where);
  });

  it('without extra data, or with other bytes there, is not valid', async () => {
    const extraLine = text.split('\n')[1] ?? '';
    const with_ = (bytes: string | Uint8Array) => text.replace(extraLine, `extra ${Buffer.from(bytes).toString('base64')}`);
    expect(await complaint(text.replace(`${extraLine}\n`, ''))).toBe('format: Expected an extra line');
    expect(await complaint(with_('{'))).toBe('format: extra: Expected JSON');
    expect(await complaint(with_(` ${JSON.stringify(made.extra)}`))).toBe('format: extra: Expected canonical JSON');
    expect(await complaint(with_(Uint8Array.of(0xff)))).toBe('format: extra: Expected UTF-8');
  });

  /** The receipt of a ledger in which the entry says something else. */
  function receiptOf(entry: string): string {
    const leaves = made.entries.with(made.index, entry).map(leafOf);
    return proofText({ ...made.extra, entry }, made.index, path(made.index, leaves), signer.sign(checkpointText(signer.name, leaves)));
  }
  const own = made.entries[made.index] ?? '';

  it('of an entry that breaks the schema is not valid, though the ledger holds it', async () => {
    expect(await complaint(receiptOf(own.replace('"v":1', '"ip":"203.0.113.7","v":1')))).toBe(
      'entry: The entry does not follow the schema: entry (1 unknown)',
    );
  });

  it('of an entry that speaks of another length does not recognise the file', async () => {
    const receipt = receiptOf(own.replace('"bytes":5000', '"bytes":5001'));
    expect((await check(receipt)).valid).toBe(true);
    expect(await complaint(receipt, { photos: [photo] })).toBe('photo: the file of 5000 bytes is not one of the job');
  });

  it('is found out with any byte changed, but for its words and the key of the commitments', async () => {
    const bytes = Buffer.from(text);
    const extra = Buffer.from(String(text.split('\n')[1]).slice('extra '.length), 'base64').toString();
    const free = (name: string) => {
      const begin = extra.indexOf(`"${name}":"`);
      const from = begin + name.length + 4;
      return [from, extra.indexOf('"', from)] as const;
    };
    const spans = [free('proves'), free('cannot_prove'), free('commitment')];
    const start = text.indexOf('extra ') + 'extra '.length;
    const isFree = (at: number) =>
      spans.some(([from, to]) => at >= start + Math.floor((from * 4) / 3) - 1 && at < start + Math.ceil((to * 4) / 3) + 1);
    let tried = 0;
    for (let at = 0; at < bytes.length; at++) {
      if (isFree(at)) continue;
      for (const bit of [1 << (at % 8), 0x20]) {
        tried += 1;
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ bit;
        const { valid } = await check(changed.toString('utf8'), { pinned: pin(signer), photos: [photo] });
        expect({ at, bit, valid }).toEqual({ at, bit, valid: false });
      }
    }
    expect(tried).toBeGreaterThan(2 * 1500);
  });

  it('is found out when cut short, or made longer', async () => {
    for (let length = 0; length < text.length; length += 3) expect((await check(text.slice(0, length))).valid).toBe(false);
    for (const more of ['\n', ' ', 'x', '\0', text]) expect((await check(text + more)).valid).toBe(false);
  });

  it('does not hide a fault of the program', async () => {
    const sha256 = () => {
      throw new RangeError('broken');
    };
    await expect(verifyReceipt(text, { crypto: { ...nodeCrypto, sha256 } })).rejects.toThrow('broken');
  });
});
