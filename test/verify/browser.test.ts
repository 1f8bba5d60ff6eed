import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createContext, SourceTextModule } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { createSigner } from './log-writer.ts';
import { makeReceipt } from './receipts.ts';

const file = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/verify.js');

const answer = z.object({
  valid: z.boolean(),
  pinned: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), says: z.string() })),
});

/** The bundle as a browser would run it: as a module, with what the web has and nothing of Node. */
async function load() {
  const web = { TextEncoder, TextDecoder, atob, btoa, crypto: globalThis.crypto, Uint8Array };
  const context = createContext(web);
  const module = new SourceTextModule(readFileSync(file, 'utf8'), { context, identifier: 'verify.js' });
  await module.link((name) => {
    throw new Error(`The bundle imports ${name}`);
  });
  await module.evaluate();
  const { verifyReceipt, ...rest } = z
    .object({ verifyReceipt: z.function() })
    .loose()
    .parse({ ...module.namespace });
  expect(Object.keys(rest)).toEqual([]);
  return async (...args: unknown[]) => answer.parse(await Reflect.apply(verifyReceipt, undefined, args));
}

describe('the checker for browsers', () => {
  const { text, photo, second, result, signer } = makeReceipt();

  it('needs nothing but the web, and says the same', async () => {
    const verify = await load();
    expect(await verify(text)).toMatchObject({ valid: true, pinned: false });
    expect(await verify(text, { vkey: `${signer.vkey}\n`, photo, result })).toMatchObject({ valid: true, pinned: true });
    expect(await verify(text, { vkey: signer.vkey, photo: [photo, second] })).toMatchObject({ valid: true });
    expect(await verify(text, { vkey: createSigner().vkey })).toMatchObject({ valid: false });
    expect(await verify(text, { photo: result })).toMatchObject({
      valid: false,
      checks: expect.arrayContaining([expect.objectContaining({ name: 'photo', ok: false })]),
    });
    expect(await verify(text.replace('index ', 'index 0'))).toMatchObject({ valid: false });
    await expect(verify(text, { vkey: 'nonsense' })).rejects.toThrow();
  });

  it('is small enough for a page', () => {
    expect(readFileSync(file).length).toBeLessThan(150_000);
  });
});
