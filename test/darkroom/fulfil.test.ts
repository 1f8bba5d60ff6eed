import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Develop } from '../../src/darkroom/develop.ts';
import { fulfil } from '../../src/darkroom/fulfil.ts';
import { commitTo, newCommitmentKey } from '../../src/jobs/commitment.ts';
import type { CommittedLandmarks, Order } from '../../src/jobs/darkrooms.ts';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { Problem } from '../../src/problems.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';

const kit = {
  detector: { name: 'none', schemes: [], detect: async () => [], locate: async () => undefined, close: async () => undefined },
  templatesDir: '',
  maxPixels: 1,
};
const points = [
  [
    [12.5, 3],
    [4, 5.25],
  ],
];

describe('an order', () => {
  const vault = createMemoryVault();

  async function setUp(work: Develop) {
    const job = randomUUID();
    const boot = randomUUID();
    const sealing = await vault.seal({ job, role: 'in', deadline: 1, boot });
    await sealing.write(Buffer.from('a photo'));
    const photo = { ...(await sealing.finish()), commitment: '0'.repeat(64) };
    const commitmentKey = newCommitmentKey();
    const copy = Buffer.from(commitmentKey);
    const task = { kind: 'landmarks', scheme: 'ibug-68' } as const;
    const order: Order = { job, boot, deadline: 1, photos: [photo], commitmentKey, task };
    const found: CommittedLandmarks[] = [];
    let opened = 0;
    const outcome = fulfil(vault, kit, work, order, { opened: () => void opened++, found: (landmarks) => void found.push(landmarks) });
    return { outcome, order, found, key: copy, opened: () => opened };
  }
  const developed = { mediaType: 'image/jpeg', timings: { decode: 0, faces: 0, effect: 0, encode: 0 }, quality: {} };

  it('ends with a sealed result and commitments to it and to the landmarks', async () => {
    const { outcome, found, key, opened } = await setUp(async (_kit, [photo], _task, _job, tell) => {
      expect(photo?.toString()).toBe('a photo');
      tell?.(points);
      return { ...developed, body: Buffer.from('a picture') };
    });
    const { result } = await outcome;
    expect(opened()).toBe(1);
    expect((await vault.open(result.id, result.key)).toString()).toBe('a picture');
    expect(result.commitment).toBe(commitTo(key, 'a picture'));
    const text = canonicalJson(points);
    expect(text).toBe('[[[12.5,3],[4,5.25]]]');
    expect(found).toEqual([{ bytes: text.length, commitment: commitTo(key, text) }]);
  });

  it('that is refused has told of its landmarks before, and keeps no key', async () => {
    const { outcome, order, found } = await setUp(async (_kit, _photos, _task, _job, tell) => {
      tell?.(points);
      throw new Problem('side-face');
    });
    await expect(outcome).rejects.toMatchObject({ code: 'side-face' });
    expect(found).toHaveLength(1);
    for (const key of [order.commitmentKey, ...order.photos.map((photo) => photo.key)]) expect(key.every((byte) => byte === 0)).toBe(true);
  });
});
