import { createDecipheriv, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createSealer, unseal } from '../../src/vault/cipher.ts';
import { artifactId, isArtifactId, ownerOf, readHeader } from '../../src/vault/format.ts';

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
    expect(() => sealer.finish()).toThrow();
  });

  it('may be destroyed more than once', () => {
    const sealer = createSealer({ job: randomUUID(), role: 'out', deadline: 0, boot: randomUUID() });
    sealer.destroy();
    sealer.destroy();
    expect(() => sealer.finish()).toThrow();
  });

  it('loses its key when it is destroyed after it was finished', () => {
    const sealer = createSealer({ job: randomUUID(), role: 'out', deadline: 0, boot: randomUUID() });
    const { key } = sealer.finish();
    expect(key.equals(Buffer.alloc(32))).toBe(false);
    sealer.destroy();
    expect(key.equals(Buffer.alloc(32))).toBe(true);
  });

  it('has a header that is laid out as the format says', () => {
    const [job, boot] = [randomUUID(), randomUUID()];
    const { header } = createSealer({ job, role: 'out', deadline: 0x1_0203_0405, boot });
    const plain = (uuid: string) => uuid.replaceAll('-', '');
    expect(header.subarray(0, 48).toString('hex')).toBe(`4d4159464c5901${'01'}${'0000000102030405'}${plain(boot)}${plain(job)}`);
    expect(header).toHaveLength(60);
  });

  it('is AES-256-GCM under the nonce of the header, which is authenticated with it', () => {
    const sealer = createSealer({ job: randomUUID(), role: 'in', deadline: 7, boot: randomUUID() });
    const body = sealer.update(Buffer.from('a photo'));
    const { tag, key } = sealer.finish();
    const decipher = createDecipheriv('aes-256-gcm', key, sealer.header.subarray(48, 60)).setAAD(sealer.header).setAuthTag(tag);
    expect(Buffer.concat([decipher.update(body), decipher.final()]).toString()).toBe('a photo');
    expect([key.length, tag.length]).toEqual([32, 16]);
  });

  it('has no header of another version, or with a role that there is not', () => {
    const { header } = createSealer({ job: randomUUID(), role: 'in', deadline: 0, boot: randomUUID() });
    for (const [at, value] of [
      [6, 0],
      [6, 2],
      [7, 2],
    ] as const) {
      const other = Buffer.from(header);
      other[at] = value;
      expect(readHeader(other)).toBeUndefined();
    }
    expect(readHeader(header)).toBeDefined();
  });

  it('knows whose an artifact is by its name, and takes no other name for one', () => {
    const job = randomUUID();
    for (const role of ['in', 'out'] as const) {
      const id = artifactId({ job, role, deadline: 0, boot: randomUUID() });
      expect(isArtifactId(id)).toBe(true);
      expect(ownerOf(id)).toEqual({ job, role });
    }
    const tail = '0011223344556677';
    for (const name of [
      ...[`${job}.in.${tail}8`, `${job}.in.${tail.slice(1)}`, `${job}.in.${tail}\n`, `x${job}.in.${tail}`, ` ${job}.in.${tail}`],
      ...[`${job}.landmarks.${tail}`, `${job}.in.${tail.toUpperCase().replace('0', 'A')}`, `${job}_in_${tail}`, `${job}.in`, job, ''],
      ...[...job].map((_, i) => `${job.slice(0, i)}${job.slice(i + 1)}.in.${tail}`),
      ...[...job].map((_, i) => `${job.slice(0, i)}g${job.slice(i + 1)}.in.${tail}`),
      ...[...tail].map((_, i) => `${job}.in.${tail.slice(0, i)}g${tail.slice(i + 1)}`),
    ]) {
      expect(isArtifactId(name)).toBe(false);
      expect(ownerOf(name)).toBeUndefined();
    }
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
