import { randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '../src/clock.ts';
import { formatCheckpoint } from '../src/ledger/checkpoint.ts';
import type { LedgerEvent } from '../src/ledger/entry.ts';
import { openFolderStore } from '../src/ledger/folder-store.ts';
import { createKeyFiles } from '../src/ledger/key-files.ts';
import type { Ledger } from '../src/ledger/ledger.ts';
import { rootOf } from '../src/ledger/merkle.ts';
import { signNote } from '../src/ledger/note.ts';
import { openLedger } from '../src/ledger/tile-ledger.ts';
import { emptyTree, grow, type Tree } from '../src/ledger/tree.ts';
import { describeMachine } from './machine.ts';
import { spread } from './stats.ts';
import { type Temporary, temporaryFolder } from './temporary.ts';

/**
 * `node .build/bench/ledger.js [FOLDER]`: what the books cost on the disk of FOLDER (the temporary folder), next to the least that any durable
 * log costs there in the same seconds: one small write with O_DSYNC behind the last one, in one open file. About 20 seconds on a quiet machine.
 */

const parent = process.argv[2];
const jobsPerSecond = 50;
const seconds = 6;
/** From received to closed, milliseconds: a photo's way. */
const jobMs = 150;
const sizes = [1e3, 1e4, 1e5, 1e6];
const appendsAtSize = 150;

const { cpu, cores, system, node } = describeMachine(loadavg()[0] ?? 0);
say(`${cpu}, ${cores} cores, ${system}, Node ${node}; load ${loadavg()[0]?.toFixed(1)} before\n`);
await steady();
await crowd();
for (const size of sizes) await atSize(size);

/** The least: 400 bytes behind each other in one open file. */
async function openFloor(folder: Temporary): Promise<{ write(): Promise<number>; close(): Promise<void> }> {
  const file = await open(join(folder.path, 'floor'), constants.O_WRONLY | constants.O_CREAT | constants.O_DSYNC);
  const bytes = Buffer.alloc(400, 'x');
  let at = 0;
  return {
    write: () => timed(() => file.write(bytes, 0, bytes.length, bytes.length * at++)),
    close: () => file.close(),
  };
}

/** What a request waits for: 50 jobs a second, each booked twice. */
async function steady(): Promise<void> {
  const { ledger, folder } = await begin();
  const floor = await openFloor(folder);
  const times: Times = { floor: [], received: [], closed: [] };
  const begun = performance.now();
  const jobs: Promise<void>[] = [];
  for (let i = 0; i < jobsPerSecond * seconds; i++) {
    await pause(Math.max(0, begun + (i * 1000) / jobsPerSecond - performance.now()));
    jobs.push(job(ledger, times));
    times.floor.push(await floor.write());
  }
  await Promise.all(jobs);
  await ledger.close();
  await floor.close();
  folder.remove();
  // The first second warms the code up.
  const warm = (name: keyof Times) => times[name].slice(jobsPerSecond);
  report('one durable write of 400 bytes, in the same seconds', warm('floor'));
  report(`job.received at ${jobsPerSecond} jobs a second`, warm('received'));
  report(`job.closed at ${jobsPerSecond} jobs a second`, warm('closed'));
}

type Times = Record<'floor' | 'received' | 'closed', number[]>;

async function job(ledger: Ledger, { received, closed }: Times): Promise<void> {
  const id = randomUUID();
  received.push(await timed(() => ledger.append(receivedEvent(id))));
  await pause(jobMs);
  closed.push(await timed(() => ledger.append(closedEvent(id))));
}

/** How many appends get through when 64 wait at any time. */
async function crowd(): Promise<void> {
  const { ledger, folder } = await begin();
  const until = performance.now() + 3000;
  const times: number[] = [];
  const append = async () => {
    while (performance.now() < until) times.push(await timed(() => ledger.append(receivedEvent(randomUUID()))));
  };
  await Promise.all(Array.from({ length: 64 }, append));
  await ledger.close();
  folder.remove();
  report('append with 64 at once', times);
  say(`  ${(times.length / 3).toFixed(0)} entries a second by group commit`);
}

/** A log of many entries goes on: its right edge is made, signed and opened; what lies left of it is never read by an append. */
async function atSize(size: number): Promise<void> {
  const folder = temporaryFolder(parent);
  const keys = createKeyFiles(join(folder.path, 'ledger-key'), 'bench/ledger');
  const signer = await keys.prepare();
  await keys.promote();
  const store = await openFolderStore(join(folder.path, 'ledger'), join(folder.path, 'last-signed'));
  const { tree, edge } = synthetic(size);
  await store.write(edge);
  const text = formatCheckpoint({ origin: signer.name, size, root: rootOf(tree.range) });
  await store.swapLastSigned(undefined, signNote(text, [signer]));
  const begun = performance.now();
  const ledger = await openLedger({ store, keys, boot: randomUUID(), clock: systemClock });
  const opening = performance.now() - begun;
  const times: number[] = [];
  for (let i = 0; i < appendsAtSize; i++) times.push(await timed(() => ledger.append(receivedEvent(randomUUID()))));
  await ledger.close();
  folder.remove();
  report(`append behind ${size.toLocaleString('en')} entries, one at a time`, times);
  say(`  recovered in ${opening.toFixed(0)} ms`);
}

/** The tree of `size` made-up entries, and the files of its right edge. */
function synthetic(size: number): { tree: Tree; edge: ReturnType<typeof grow>['files'] } {
  let tree = emptyTree;
  const edge = new Map<string, ReturnType<typeof grow>['files'][number]>();
  for (let at = 0; at < size; at += 4096) {
    const entries = Array.from({ length: Math.min(4096, size - at) }, (_, i) => Buffer.from(`${at + i}`.padEnd(300)));
    const grown = grow(tree, entries);
    tree = grown.tree;
    for (const file of grown.files) if (file.path.includes('.p/')) edge.set(file.path, file);
  }
  return { tree, edge: [...edge.values()] };
}

async function begin(): Promise<{ ledger: Ledger; folder: Temporary }> {
  const folder = temporaryFolder(parent);
  const store = await openFolderStore(join(folder.path, 'ledger'), join(folder.path, 'last-signed'));
  const keys = createKeyFiles(join(folder.path, 'ledger-key'), 'bench/ledger');
  return { ledger: await openLedger({ store, keys, boot: randomUUID(), clock: systemClock }), folder };
}

function receivedEvent(job: string): LedgerEvent {
  return { ev: 'job.received', job, owner: '0123456789abcdef', roles: ['in'], deadline: 30_000, notice: '0123456789abcdef' };
}

function closedEvent(job: string): LedgerEvent {
  const commitment = '0'.repeat(64);
  return {
    ev: 'job.closed',
    job,
    why: 'done',
    held_ms: jobMs,
    objects: (['in', 'landmarks', 'out'] as const).map((role) => ({ role, bytes: 100_000, commitment })),
    proof: { unlinked: 2, keys: true, darkroom: 'killed:SIGKILL', receiver: { leaves_by: Date.now() } },
  };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function report(name: string, times: readonly number[]): void {
  const { rounds, median, p95 } = spread(times);
  say(
    `${name.padEnd(52)} ${rounds.toString().padStart(6)} × median ${median.toFixed(2).padStart(6)} ms, p95 ${p95.toFixed(2).padStart(7)} ms`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
