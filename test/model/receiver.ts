import type { Held, SealedPhoto } from '../../src/intake/held.ts';
import { createHolds } from '../../src/intake/holds.ts';
import type { Finished } from '../../src/jobs/darkrooms.ts';
import type { Desk } from '../../src/jobs/front.ts';
import type { Holder, Ticket } from '../../src/jobs/job.ts';
import type { CloseReason } from '../../src/ledger/entry.ts';
import type { Vault } from '../../src/vault/vault.ts';
import { deferred } from '../kit/deferred.ts';
import { createProcess, type Process } from './machine.ts';

/** What an app sends. */
export const photo = Buffer.from('a photo of a person');

/** The process that a client talks to: holds photos and keys as the real one does, and dies when it is told to. */
export interface Receiver extends Holder {
  readonly jobs: readonly string[];
  /** Jobs that can go on: with an upload, to the desk, back to the app. */
  readonly ready: Readonly<Record<'upload' | 'submit' | 'deliver', readonly string[]>>;
  admit(): Promise<void>;
  /** Seals a whole photo of a job, or the beginning of one. */
  upload(job: string, whole: boolean): Promise<void>;
  submit(job: string): Promise<void>;
  /** Fetches the result and ends the job. */
  deliver(job: string): Promise<void>;
  close(job: string, why: CloseReason): Promise<void>;
  die(): void;
}

/**
 * @param key id of the app's key
 * @param handOver copies what goes to the supervisor, as the channel between the two does
 * @param onResult told of every result that was fetched
 */
export function createReceiver(
  desk: Desk,
  vaultFor: (process: Process) => Vault,
  key: string,
  handOver: (key: Uint8Array) => Buffer,
  onResult: (plain: Buffer) => void,
): Receiver {
  const process = createProcess();
  const vault = vaultFor(process);
  const holds = createHolds(vault);
  const gone = deferred<void>();
  const held = new Map<string, { readonly hold: Held; submitted: boolean; finished?: Finished }>();
  const copied = ({ key: own, ...photo }: SealedPhoto) => ({ ...photo, key: handOver(own) });

  const receiver: Receiver = {
    leavesBy: 1,
    async release(job) {
      // A process that dies while it is asked does not answer, but that it is gone is heard.
      if (!process.dead) await Promise.race([holds.release(job), gone.promise]);
      held.delete(job);
    },
    get jobs() {
      return [...held.keys()];
    },
    get ready() {
      const all = [...held].map(([job, { hold, submitted, finished }]) => ({ job, whole: hold.photos.length > 0, submitted, finished }));
      const names = (some: typeof all) => some.map(({ job }) => job);
      return {
        upload: names(all.filter(({ submitted }) => !submitted)),
        submit: names(all.filter(({ whole, submitted }) => whole && !submitted)),
        deliver: names(all.filter(({ finished }) => finished !== undefined)),
      };
    },
    async admit() {
      const ticket: Ticket = await desk.admit(receiver, key);
      // One that has died meanwhile is told nothing: the deadline ends the job.
      if (!process.dead) held.set(ticket.job, { hold: holds.hold(ticket), submitted: false });
    },
    async upload(job, whole) {
      const { hold, submitted } = held.get(job) ?? {};
      if (hold === undefined || submitted) return;
      const sealing = await hold.seal();
      await sealing.write(photo.subarray(0, whole ? photo.length : 5));
      if (whole) hold.keep(await sealing.finish());
    },
    async submit(job) {
      const own = held.get(job);
      const commitments = own?.hold.commitments();
      if (own === undefined || commitments === undefined || own.submitted) return;
      own.submitted = true;
      const task = { kind: 'landmarks', scheme: 'ibug-68' } as const;
      const finished = await desk.submit(job, own.hold.photos.map(copied), handOver(commitments.key), task);
      own.finished = finished;
      own.hold.onRelease(() => finished.result.key.fill(0));
      if (process.dead) finished.result.key.fill(0);
    },
    async deliver(job) {
      const { finished } = held.get(job) ?? {};
      if (finished === undefined) return;
      const { id, key: own } = finished.result;
      await vault.open(id, own).then(onResult, () => undefined);
      own.fill(0);
      await desk.close(job, 'done');
    },
    async close(job, why) {
      const own = held.get(job);
      if (own === undefined) return;
      const commitments = own.submitted ? undefined : own.hold.commitments();
      await desk.close(job, why, ...(commitments === undefined ? [] : [{ ...commitments, key: handOver(commitments.key) }]));
    },
    die() {
      process.die();
      gone.resolve();
      for (const { finished } of held.values()) finished?.result.key.fill(0);
      void desk.abandon(receiver);
    },
  };
  return receiver;
}
