import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { answerOfPage } from '../kit/browser.ts';
import { createSigner } from './log-writer.ts';
import { makeReceipt } from './receipts.ts';

const bundle = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/verify.js');

/** What the page does: checks a receipt in several ways, and sends what it found, or the error that it met. */
const script = `
const answer = (body) => fetch('/answer', { method: 'POST', body: JSON.stringify(body) });
addEventListener('unhandledrejection', ({ reason }) => answer(String(reason)));
const { verifyReceipt } = await import('/verify.js');
const { text, vkey, other, photo, result } = await (await fetch('/case.json')).json();
const bytes = (base64) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
const cases = {
  plain: [text],
  pinned: [text, { vkey, photo: photo.map(bytes), result: bytes(result) }],
  stranger: [text, { vkey: other }],
  exchanged: [text, { photo: bytes(result) }],
  changed: [text.replace('index ', 'index 0')],
};
const found = {};
for (const [name, args] of Object.entries(cases)) {
  const { valid, pinned } = await verifyReceipt(...args);
  found[name] = { valid, pinned };
}
await answer({ secure: isSecureContext, found });
`;

it('the checker runs in a real browser, by its own cryptography', async () => {
  const { text, photo, second, result, signer } = makeReceipt();
  const base64 = (value: Uint8Array) => Buffer.from(value).toString('base64');
  const given = {
    text,
    vkey: signer.vkey,
    other: createSigner().vkey,
    photo: [photo, second].map(base64),

    result: base64(result),
  };
  const answer = await answerOfPage({
    '/': { type: 'text/html', body: '<!doctype html><title>Check</title><script type="module" src="/page.js"></script>' },
    '/page.js': { type: 'text/javascript', body: script },
    '/verify.js': { type: 'text/javascript', body: readFileSync(bundle) },
    '/case.json': { type: 'application/json', body: JSON.stringify(given) },
  });
  expect(answer).toEqual({
    secure: true,
    found: {
      plain: { valid: true, pinned: false },
      pinned: { valid: true, pinned: true },
      stranger: { valid: false, pinned: true },
      exchanged: { valid: false, pinned: false },
      changed: { valid: false, pinned: false },
    },
  });
}, 90_000);
