import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commitmentOf, hmac } from '../../src/verify/commitment.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { sha256 } from '../../src/verify/sha256.ts';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');

describe('SHA-256 for browsers', () => {
  // NIST, "SHA-256 examples", and the empty message.
  it.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  ])('of %j', (text, digest) => {
    expect(hex(sha256(Buffer.from(text)))).toBe(digest);
  });

  it('agrees with that of Node at every length up to three blocks, and for large ones', () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 7919) >> 3));
    for (let length = 0; length <= 192; length++) {
      const part = bytes.subarray(0, length);
      expect(hex(sha256(part))).toBe(createHash('sha256').update(part).digest('hex'));
    }
    expect(hex(sha256(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('agrees with that of Node for any bytes, wherever they lie', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat({ max: 3 }), (bytes, offset) => {
        const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset);
        expect(hex(sha256(shifted))).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(hex(nodeCrypto.sha256(shifted))).toBe(createHash('sha256').update(bytes).digest('hex'));
      }),
    );
  });
});

describe('a commitment', () => {
  it('is the HMAC of RFC 4231', () => {
    expect(hex(hmac(nodeCrypto, Buffer.from('Jefe'), Buffer.from('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    const long = Buffer.alloc(131, 0xaa);
    expect(hex(hmac({ sha256 }, long, Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First')))).toBe(
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    );
  });

  it('agrees with that of Node for keys around the length of a block', () => {
    for (const length of [0, 1, 63, 64, 65, 128]) {
      const key = Buffer.from(Array.from({ length }, (_, i) => 3 * i + 1));
      expect(hex(hmac(nodeCrypto, key, Buffer.from('message')))).toBe(createHmac('sha256', key).update('message').digest('hex'));
    }
  });

  it('is to the hash of the object, under the key of the job', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 0, maxLength: 70 }), fc.uint8Array({ maxLength: 200 }), (key, object) => {
        const digest = createHash('sha256').update(object).digest();
        expect(commitmentOf({ sha256 }, key, object)).toBe(createHmac('sha256', key).update(digest).digest('hex'));
      }),
    );
  });
});
