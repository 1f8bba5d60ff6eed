import { describe, expect, it } from '@jest/globals';
import { verifyReceipt } from '../../src/verify/browser.ts';
import { createSigner } from './log-writer.ts';
import { makeReceipt } from './receipts.ts';

/** What the file for browsers offers, on WebCrypto; test/verify/browser.test.ts has the file itself. */
describe('the checker of receipts for browsers', () => {
  const { text, signer, photo, second, result } = makeReceipt();

  it('takes a receipt at its word where no key is given', async () => {
    const report = await verifyReceipt(text);
    expect(report).toMatchObject({ valid: true, pinned: false });
    expect(report.checks.map(({ name }) => name)).toEqual(['format', 'signature', 'inclusion', 'entry']);
  });

  it('holds it against the key that is given, as it was copied', async () => {
    expect(await verifyReceipt(text, { vkey: `${signer.vkey}\n` })).toMatchObject({ valid: true, pinned: true });
    expect(await verifyReceipt(text, { vkey: createSigner().vkey })).toMatchObject({ valid: false });
    await expect(verifyReceipt(text, { vkey: 'no key' })).rejects.toThrow();
  });

  it('recognises one photo, several, and the result', async () => {
    const names = async (options: Parameters<typeof verifyReceipt>[1]) =>
      (await verifyReceipt(text, options)).checks.slice(4).map(({ name, ok }) => `${name} ${ok}`);
    expect(await names({ photo })).toEqual(['photo true']);
    expect(await names({ photo: [photo, second], result })).toEqual(['photo true', 'result true']);
    expect(await names({ photo: result, result: photo })).toEqual(['photo false', 'result false']);
  });
});
