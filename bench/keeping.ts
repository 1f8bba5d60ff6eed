import { randomBytes, randomUUID } from 'node:crypto';
import { openBooks } from '../src/build.ts';
import { systemClock } from '../src/clock.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { createFolderVault } from '../src/vault/folder.ts';
import { type Purged, purge } from '../src/vault/purge.ts';
import type { Role, Vault } from '../src/vault/vault.ts';
import type { Keeping } from './results.ts';
import { median } from './stats.ts';
import { temporaryFolder } from './temporary.ts';
import { tmpfs } from './under-test.ts';

/** As much of a body as a socket hands over at once. */
const chunkBytes = 64 * 1024;

/** Jobs that warm the code up. */
const warmUp = 20;

const boot = randomUUID();

export interface Keeper {
  /** Measures so many jobs' worth, after one that finds its code and its files in the caches again. */
  rounds(count: number): Promise<void>;
  result(): Keeping;
  close(): Promise<void>;
}

/**
 * What one job costs in the vault and in the books, by the service's own code and in the order of a real job: received, photo sealed as it
 * streams in, opened, result sealed, photo purged, result opened, everything purged, closed. The books are on the disk, as always.
 * @param resultBytes length of the result
 */
export async function openKeeper(place: Keeping['vault'], photo: Buffer, resultBytes: number): Promise<Keeper> {
  const books = temporaryFolder();
  const folder = temporaryFolder(place === 'tmpfs' ? tmpfs : undefined);
  const ledger = await openBooks({ dataDir: books.path, ledgerOrigin: 'bench/ledger' }, boot);
  const vault = createFolderVault(folder.path);
  const output = randomBytes(resultBytes);
  const measured: Laps[] = [];
  for (let i = 0; i < warmUp; i++) await keepOne(vault, ledger, photo, output);

  const of = (part: keyof Laps) => median(measured.map((laps) => laps[part]));
  return {
    async rounds(count) {
      await keepOne(vault, ledger, photo, output);
      for (let i = 0; i < count; i++) measured.push(await keepOne(vault, ledger, photo, output));
    },
    result: () => ({
      vault: place,
      rounds: measured.length,
      photoBytes: photo.length,
      resultBytes,
      seal: of('seal'),
      open: of('open'),
      purge: of('purge'),
      books: of('books'),
      total: median(measured.map(({ seal, open, purge, books }) => seal + open + purge + books)),
    }),
    async close() {
      await ledger.close();
      books.remove();
      folder.remove();
    },
  };
}

type Laps = Record<'seal' | 'open' | 'purge' | 'books', number>;

async function keepOne(vault: Vault, ledger: Ledger, photo: Buffer, output: Buffer): Promise<Laps> {
  const laps: Laps = { seal: 0, open: 0, purge: 0, books: 0 };
  const timed = async <T>(part: keyof Laps, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const value = await work();
    laps[part] += performance.now() - begun;
    return value;
  };
  const job = randomUUID();
  await timed('books', () =>
    ledger.append({ ev: 'job.received', job, owner: '0123456789abcdef', roles: ['in'], deadline: 30_000, notice: 'bench' }),
  );
  const input = await timed('seal', () => seal(vault, job, 'in', photo));
  const opened = await timed('open', () => vault.open(input.id, input.key));
  opened.fill(0);
  const sealed = await timed('seal', () => seal(vault, job, 'out', output));
  const met = new Map<string, Purged>();
  await timed('purge', () => purge(vault, job, met, 'in'));
  const sent = await timed('open', () => vault.open(sealed.id, sealed.key));
  sent.fill(0);
  await timed('purge', () => purge(vault, job, met));
  await timed('books', () =>
    ledger.append({
      ev: 'job.closed',
      job,
      why: 'done',
      held_ms: 0,
      objects: [
        { role: 'in', bytes: photo.length },
        { role: 'out', bytes: output.length },
      ],
      proof: { unlinked: 2, keys: true, darkroom: 'killed:SIGKILL', receiver: { leaves_by: 0 } },
    }),
  );
  return laps;
}

async function seal(vault: Vault, job: string, role: Role, bytes: Buffer) {
  const sealing = await vault.seal({ job, role, deadline: systemClock.mono() + 60_000, boot });
  for (let at = 0; at < bytes.length; at += chunkBytes) await sealing.write(bytes.subarray(at, at + chunkBytes));
  return sealing.finish();
}
