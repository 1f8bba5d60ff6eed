import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSealer, unseal } from '../../src/vault/cipher.ts';
import { readHeader } from '../../src/vault/format.ts';

describe('the sealed format', () => {
  it('opens what was sealed, however it was cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (chunks) => {
        const label = { job: randomUUID(), role: 'in' as const, deadline: 42, boot: randomUUID() };
        const sealer = createSealer(label);
        const body = chunks.map((chunk) => sealer.update(chunk));
        const { tag, key } = sealer.finish();
        const file = Buffer.concat([sealer.header, ...body, tag]);
        expect(unseal(file, key)).toEqual(Buffer.concat(chunks));
        expect(readHeader(file)).toMatchObject(label);
      }),
    );
  });

  it('cannot be finished once it is destroyed, and its key is gone', () => {
    const sealer = createSealer({ job: randomUUID(), role: 'out', deadline: 0, boot: randomUUID() });
    sealer.update(Buffer.from('x'));
    sealer.destroy();
    sealer.destroy();
    expect(() => sealer.finish()).toThrow();
  });

  it('reads no header from anything else', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => expect(readHeader(bytes)).toBeUndefined()));
  });

  it('takes no key of another length', () => {
    const sealer = createSealer({ job: randomUUID(), role: 'in', deadline: 0, boot: randomUUID() });
    const { tag, key } = sealer.finish();
    expect(() => unseal(Buffer.concat([sealer.header, tag]), key.subarray(0, 16))).toThrow('Not a sealed artifact');
  });
});
