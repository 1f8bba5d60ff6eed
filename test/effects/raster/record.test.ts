import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reader, writer } from '../../../src/effects/raster/record.ts';

test('what is written is read, wherever the bytes lie', () => {
  const bytes = fc.uint8Array({ maxLength: 9 });
  const floats = fc.float32Array({ maxLength: 9 });
  fc.assert(
    fc.property(
      fc.double(),
      bytes,
      fc.int8Array({ maxLength: 9 }),
      fc.uint16Array({ maxLength: 9 }),
      fc.int32Array({ maxLength: 9 }),
      floats,
      fc.nat(9),
      (...all) => {
        const [number, few, signed, shorts, words, numbers, offset] = all;
        const out = writer();
        out.number(number);
        for (const values of [few, signed, shorts, words, numbers]) out.array(values);
        const elsewhere = Buffer.concat([Buffer.alloc(offset), Buffer.alloc(40), out.bytes()]).subarray(offset);
        const read = reader(elsewhere, 40);
        expect(read.number()).toBe(number);
        expect(read.bytes()).toEqual(few);
        expect(read.signed()).toEqual(signed);
        expect(read.shorts()).toEqual(shorts);
        expect(read.words()).toEqual(words);
        expect(read.floats()).toEqual(numbers);
      },
    ),
  );
});

test('a record that ends too early says so', () => {
  const out = writer();
  out.array(new Float32Array(8));
  const bytes = out.bytes();
  expect(() => reader(bytes.subarray(0, -1), 0).floats()).toThrow(/early|bounds/);
  expect(() => reader(bytes.subarray(0, 4), 0).floats()).toThrow(/early|bounds/);
});
