import { commitTo } from '../jobs/commitment.ts';
import type { CommittedLandmarks, Finished, Order } from '../jobs/darkrooms.ts';
import { canonicalJson } from '../ledger/canonical.ts';
import { vaultProblem } from '../vault/problem.ts';
import type { Vault } from '../vault/vault.ts';
import type { Develop, Kit } from './develop.ts';

/** What the supervisor is told while the work goes on. */
export interface Telling {
  /** The sealed photos have been read. */
  opened(): void;
  /** Landmarks of one photo exist here; told before anything can be refused for them. */
  found(landmarks: CommittedLandmarks): void;
}

/**
 * Open, develop, commit, seal. Everything that was plain is overwritten, whatever happens; the key of the result is the caller's.
 * @throws Problem
 */
export async function fulfil(vault: Vault, kit: Kit, work: Develop, order: Order, tell: Telling): Promise<Finished> {
  const { job, boot, deadline, task, commitmentKey } = order;
  const photos: Buffer[] = [];
  try {
    for (const { id, key } of order.photos) {
      photos.push(await vault.open(id, key));
      key.fill(0);
    }
    tell.opened();
    const { body, mediaType, timings, quality } = await work(kit, photos, task, job, (points) => {
      const object = Buffer.from(canonicalJson(points));
      tell.found({ bytes: object.length, commitment: commitTo(commitmentKey, object) });
      object.fill(0);
    });
    const commitment = commitTo(commitmentKey, body);
    const sealing = await vault.seal({ job, role: 'out', deadline, boot });
    await sealing.write(body);
    body.fill(0);
    const { id, key, bytes } = await sealing.finish();
    return { result: { id, key, bytes, commitment }, mediaType, timings: { ...timings }, quality: { ...quality } };
  } catch (error) {
    throw vaultProblem(error);
  } finally {
    for (const photo of photos) photo.fill(0);
    for (const { key } of order.photos) key.fill(0);
    commitmentKey.fill(0);
  }
}
