import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { concat, fromBase64, fromDecimal, fromText, same, toBase64, toHex, toText } from '../../src/verify/bytes.ts';
import { Invalid } from '../../src/verify/crypto.ts';

describe('bytes', () => {
  it('are the same where all of them are, and none is left over', () => {
    const bytes = Uint8Array.of(1, 2, 3);
    expect(same(bytes, bytes.slice())).toBe(true);
    expect(same(new Uint8Array(0), new Uint8Array(0))).toBe(true);
    for (const other of [[], [1, 2], [1, 2, 3, 0], [0, 2, 3], [1, 0, 3], [1, 2, 0]])
      expect(same(bytes, Uint8Array.from(other))).toBe(false);
  });

  it('are put together in their order', () => {
    expect(concat()).toEqual(new Uint8Array(0));
    expect(concat(Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3))).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('are written as Node writes them, and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(toBase64(bytes), 'bytes')).toEqual(bytes);
      }),
    );
  });

  it.each(['AA', 'AA=', 'AB==', 'AA==\n', ' AAAA', 'A', '*', 'AA==AA==', '_w=='])('are not %j in base64', (text) => {
    expect(() => fromBase64(text, 'bytes')).toThrow(Invalid);
  });
});

describe('a text', () => {
  it('is UTF-8, with all that is in it', () => {
    for (const text of ['', 'è — ü', '\uFEFFx', '\0']) expect(toText(fromText(text), 'text')).toBe(text);
    for (const wrong of [[0xff], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80]])
      expect(() => toText(Uint8Array.from(wrong), 'text')).toThrow(Invalid);
  });
});

describe('a whole number', () => {
  it('is written in one way', () => {
    expect(['0', '7', '10', '9007199254740991'].map((text) => fromDecimal(text, 'number'))).toEqual([0, 7, 10, 2 ** 53 - 1]);
    for (const wrong of ['', '00', '01', '-1', '+1', '1.0', '1e3', '0x1', ' 1', '1 ', '1\n', 'x1', '1x', '9007199254740992']) {
      expect(() => fromDecimal(wrong, 'number')).toThrow(Invalid);
    }
  });
});
