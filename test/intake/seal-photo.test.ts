import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdJob } from '../../src/intake/held.ts';
import { sealPhoto } from '../../src/intake/seal-photo.ts';
import { commitTo } from '../../src/jobs/commitment.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { jpegLike } from '../http/harness.ts';

function setUp() {
  const files = new Map<string, Buffer>();
  const vault = createMemoryVault(files);
  const held = holdJob(vault, { job: randomUUID(), boot: randomUUID(), deadline: 1 });
  return { files, vault, held };
}

describe('sealing a body', () => {
  it('keeps every byte, however it arrives, and overwrites each chunk', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1, maxLength: 30 }), async (sizes) => {
        const photo = jpegLike(
          Math.max(
            16,
            sizes.reduce((sum, size) => sum + size, 0),
          ),
        );
        const chunks: Buffer[] = [];
        for (let at = 0, i = 0; at < photo.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          chunks.push(Buffer.from(photo.subarray(at, at + size)));
          at += size;
        }
        const { vault, held } = setUp();
        const sealed = await sealPhoto(Readable.from(chunks), { left: 1e6, total: 1e6 }, () => held.seal());
        const { id, key, bytes, commitment } = sealed;
        held.keep(sealed);
        expect(bytes).toBe(photo.length);
        expect(await vault.open(id, key)).toEqual(photo);
        expect(held.commitments()).toEqual({ key: expect.any(Buffer), photos: [{ id, commitment }] });
        expect(commitTo(held.commitments()?.key ?? Buffer.alloc(0), photo)).toBe(commitment);
        for (const chunk of chunks) expect(chunk.every((byte) => byte === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('stops at the limit to the byte', async () => {
    const { held } = setUp();
    const body = () => Readable.from([jpegLike(600), randomBytes(400)]);
    expect((await sealPhoto(body(), { left: 1000, total: 1000 }, () => held.seal())).bytes).toBe(1000);
    await expect(sealPhoto(body(), { left: 999, total: 999 }, () => held.seal())).rejects.toMatchObject({
      code: 'upload-too-large',
      fields: { limit: 999 },
    });
  });

  it('gives an empty, short or foreign body no artifact at all', async () => {
    const { held, files } = setUp();
    const seal = (...chunks: Buffer[]) => sealPhoto(Readable.from(chunks), { left: 1e6, total: 1e6 }, () => held.seal());
    await expect(seal()).rejects.toMatchObject({ code: 'unreadable-image' });
    await expect(seal(Buffer.from([0xff, 0xd8]))).rejects.toMatchObject({ code: 'unreadable-image' });
    await expect(seal(Buffer.from('%PDF-1.7 and more of it'))).rejects.toMatchObject({ code: 'unsupported-image-type' });
    expect(files.size).toBe(0);
  });

  it('leaves the body open when it stops early: the answer goes out on it', async () => {
    const { held } = setUp();
    const body = Readable.from([Buffer.from('%PDF-1.7 and more of it'), Buffer.from('more')]);
    await expect(sealPhoto(body, { left: 1e6, total: 1e6 }, () => held.seal())).rejects.toThrow();
    expect(body.destroyed).toBe(false);
  });
});

describe('a released job', () => {
  it('can seal nothing more, and what is being sealed dies', async () => {
    const { held } = setUp();
    const sealing = await held.seal();
    let told = 0;
    held.onRelease(() => {
      told += 1;
    });
    await held.release();
    await held.release();
    await expect(sealing.write(Buffer.from('x'))).rejects.toMatchObject({ fault: 'dead' });
    await expect(held.seal()).rejects.toThrow('released');
    held.onRelease(() => {
      told += 1;
    });
    expect(told).toBe(2);
  });

  it('has overwritten its keys, those that come late too', async () => {
    const { held } = setUp();
    const seal = async () => (await held.seal()).finish();
    const [early, late] = [await seal(), await seal()];
    expect(held.commitments()).toBeUndefined();
    held.keep(early);
    const commitments = held.commitments();
    await held.release();
    held.keep(late);
    expect(commitments?.key.every((byte) => byte === 0)).toBe(true);
    for (const { key } of [early, late]) expect(key.every((byte) => byte === 0)).toBe(true);
  });
});
