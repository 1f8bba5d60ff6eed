import { newCommitmentKey, startCommitting } from '../jobs/commitment.ts';
import type { Commitments, Ticket } from '../jobs/job.ts';
import { type Sealed, type Sealing, type Vault, VaultError } from '../vault/vault.ts';

/** A whole photo in the vault, and what the books will say of it. */
export interface SealedPhoto extends Sealed {
  readonly commitment: string;
}

/** A photo while it is being sealed; what goes in is committed to on the way. */
export interface PhotoSealing extends Pick<Sealing, 'write' | 'abort'> {
  finish(): Promise<SealedPhoto>;
}

/**
 * All that a receiver holds of one job: artifacts being sealed, keys of sealed ones, the key of its commitments, and the response while a result
 * is being sent. Released, it holds nothing, and nothing more can be sealed for it.
 */
export interface Held {
  readonly job: string;
  /** Begins another photo of the job. @throws VaultError `dead` once released */
  seal(): Promise<PhotoSealing>;
  /** Keeps the key of a sealed photo. */
  keep(photo: SealedPhoto): void;
  readonly photos: readonly SealedPhoto[];
  /** What is committed to so far, with the key; undefined while no photo is whole. Good until released. */
  commitments(): Commitments | undefined;
  /** Calls back when the job is released; at once if it is already. */
  onRelease(call: () => void): void;
  release(): Promise<void>;
}

export function holdJob(vault: Vault, ticket: Ticket): Held {
  const key = newCommitmentKey();
  const sealings = new Set<PhotoSealing>();
  const photos: SealedPhoto[] = [];
  const callbacks: (() => void)[] = [];
  let opening: Promise<unknown> = Promise.resolve();
  let released: Promise<void> | undefined;

  return {
    job: ticket.job,
    async seal() {
      const begin = async () => {
        const sealing = committed(await vault.seal({ job: ticket.job, role: 'in', deadline: ticket.deadline, boot: ticket.boot }), key);
        sealings.add(sealing);
        if (released !== undefined) await sealing.abort();
        return sealing;
      };
      if (released !== undefined) throw new Error('The job is released');
      const sealing = begin();
      opening = Promise.allSettled([opening, sealing]);
      return sealing;
    },
    keep(photo) {
      if (released === undefined) photos.push(photo);
      else photo.key.fill(0);
    },
    photos,
    commitments() {
      if (photos.length === 0) return undefined;
      return { key, photos: photos.map(({ id, commitment }) => ({ id, commitment })) };
    },
    onRelease(call) {
      if (released === undefined) callbacks.push(call);
      else call();
    },
    release() {
      released ??= (async () => {
        key.fill(0);
        for (const photo of photos) photo.key.fill(0);
        for (const call of callbacks) call();
        // A file that is being created right now must exist before the purge looks for it.
        await opening;
        await Promise.all([...sealings].map((sealing) => sealing.abort()));
      })();
      return released;
    },
  };
}

function committed(sealing: Sealing, key: Uint8Array): PhotoSealing {
  const committing = startCommitting(key);
  let dead = false;
  return {
    async write(chunk) {
      await sealing.write(chunk);
      committing.update(chunk);
    },
    async finish() {
      if (dead) throw new VaultError('dead', 'This photo cannot be sealed any more');
      dead = true;
      const commitment = committing.finish();
      return { ...(await sealing.finish()), commitment };
    },
    abort() {
      dead = true;
      committing.abandon();
      return sealing.abort();
    },
  };
}
