import type { Ticket } from '../jobs/job.ts';
import type { Sealed, Sealing, Vault } from '../vault/vault.ts';

/**
 * All that a receiver holds of one job: artifacts being sealed, keys of sealed ones, and the response while a result is being sent. Released,
 * it holds nothing, and nothing more can be sealed for it.
 */
export interface Held {
  readonly job: string;
  /** Begins another photo of the job. @throws VaultError `dead` once released */
  seal(): Promise<Sealing>;
  /** Keeps the key of a sealed photo. */
  keep(sealed: Sealed): void;
  readonly photos: readonly Sealed[];
  /** Calls back when the job is released; at once if it is already. */
  onRelease(call: () => void): void;
  release(): Promise<void>;
}

export function holdJob(vault: Vault, ticket: Ticket): Held {
  const sealings = new Set<Sealing>();
  const photos: Sealed[] = [];
  const callbacks: (() => void)[] = [];
  let opening: Promise<unknown> = Promise.resolve();
  let released: Promise<void> | undefined;

  return {
    job: ticket.job,
    async seal() {
      const begin = async () => {
        const sealing = await vault.seal({ job: ticket.job, role: 'in', deadline: ticket.deadline, boot: ticket.boot });
        sealings.add(sealing);
        if (released !== undefined) await sealing.abort();
        return sealing;
      };
      if (released !== undefined) throw new Error('The job is released');
      const sealing = begin();
      opening = Promise.allSettled([opening, sealing]);
      return sealing;
    },
    keep(sealed) {
      if (released === undefined) photos.push(sealed);
      else sealed.key.fill(0);
    },
    photos,
    onRelease(call) {
      if (released === undefined) callbacks.push(call);
      else call();
    },
    release() {
      released ??= (async () => {
        for (const { key } of photos) key.fill(0);
        for (const call of callbacks) call();
        // A file that is being created right now must exist before the purge looks for it.
        await opening;
        await Promise.all([...sealings].map((sealing) => sealing.abort()));
      })();
      return released;
    },
  };
}
