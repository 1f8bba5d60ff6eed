import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeBundle } from '../../src/ledger/bundle.ts';
import { parseCheckpoint } from '../../src/ledger/checkpoint.ts';
import { createMemoryKeys, type LedgerKeys } from '../../src/ledger/keys.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { createMemoryStore, emptyMemory, type Memory } from '../../src/ledger/memory-store.ts';
import { openNote, parseVerifier } from '../../src/ledger/note.ts';
import { createProver } from '../../src/ledger/prover.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { received } from '../contract/ledger.ts';
import { promptClock } from '../kit/clock.ts';
import { type Fault, type Faulty, faults, faulty } from '../kit/faulty-store.ts';
import { leafOf, rootOfLeaves } from '../kit/naive-tree.ts';

/** What those who appended were told, by job. */
interface Told {
  readonly yes: Set<string>;
  readonly no: Set<string>;
}

/** What is done to a ledger: appends of so many entries at once, or something else. */
type Step = number | 'rotate' | 'prune';

/** Up to and over the edge of a tile. */
const day: readonly Step[] = [1, 2, 'rotate', 3, 1, 'prune', 2, 'rotate', 1];

/** Does every step; waits for no answer longer than the ledger works on it. */
async function live(ledger: Ledger, steps: readonly Step[], told: Told): Promise<void> {
  for (const step of steps) {
    if (step === 'rotate') await ledger.rotate().catch(() => undefined);
    else if (step === 'prune') await ledger.prune(Date.now() + 1000).catch(() => undefined);
    else {
      const jobs = Array.from({ length: step }, () => randomUUID());
      await ledger.appendAll(jobs.map(received)).then(
        () => jobs.forEach((job) => void told.yes.add(job)),
        (error: { fault?: string }) => error.fault === 'unwritable' && jobs.forEach((job) => void told.no.add(job)),
      );
    }
  }
}

interface Disk {
  readonly memory: Memory;
  readonly keys: LedgerKeys;
  readonly signed: string[];
}

/** A log of 252 entries, so that a day crosses the edge of its first tile: made once, and copied for each run. */
const first = (async () => {
  const [memory, keys, told] = [emptyMemory(), createMemoryKeys('test/ledger'), { yes: new Set<string>(), no: new Set<string>() }];
  const { store, signed } = faulty(memory, keys);
  const ledger = await openLedger({ store, keys, boot: randomUUID(), clock: promptClock });
  await live(ledger, [252], told);
  await ledger.close();
  return { memory, signer: await keys.current(), signed, yes: told.yes };
})();

async function begin(): Promise<Disk & { readonly told: Told }> {
  const { memory, signer, signed, yes } = await first;
  const files = new Map(memory.files);
  return {
    memory: { files, lastSigned: memory.lastSigned },
    keys: createMemoryKeys('test/ledger', signer),
    told: { yes: new Set(yes), no: new Set() },
    signed: [...signed],
  };
}

/** One run of the program over what is on the disk; at its end it is killed. */
async function run(disk: Disk, steps: readonly Step[], told: Told, at?: number, fault?: Fault): Promise<Faulty> {
  const broken = faulty(disk.memory, disk.keys, at, fault);
  const life = openLedger({ ...broken, boot: randomUUID(), clock: promptClock }).then(
    (ledger) => live(ledger, steps, told),
    () => undefined,
  );
  await Promise.race([life, broken.over]);
  broken.kill();
  disk.signed.push(...broken.signed);
  return broken;
}

/** The books as they are must be whole, hold every yes and no no, and be what every signature that ever was speaks of. */
async function judge({ memory, keys, signed }: Disk, told: Told): Promise<void> {
  const last = faulty(memory, keys);
  const ledger = await openLedger({ ...last, boot: randomUUID(), clock: promptClock });
  await ledger.append({ ev: 'log.close' });
  await ledger.close();

  const store = createMemoryStore(memory);
  const published = Buffer.from((await store.read('checkpoint')) ?? []).toString();
  const vkeys = Buffer.from((await store.read('vkey')) ?? [])
    .toString()
    .trimEnd()
    .split('\n');
  const verifiers = vkeys.map(parseVerifier);
  const headOf = (note: string) => parseCheckpoint(openNote(note, verifiers));
  const head = headOf(published);
  if (head === undefined) throw new Error('Nothing is published');

  const prover = createProver(store, head.size);
  for (const note of [...signed, ...last.signed, published]) {
    const claim = headOf(note);
    expect(Buffer.from((await prover.root(claim?.size ?? 0)) ?? []).equals(claim?.root ?? Buffer.of())).toBe(true);
  }

  const { leaves, texts, first } = bundles(memory, head.size);
  const jobs = new Set(texts.flatMap((text) => /"job":"([^"]+)"/.exec(text)?.[1] ?? []));
  expect([...told.no].filter((job) => jobs.has(job))).toEqual([]);
  // What was pruned was told yes and is gone by the rule; only whole bundles are.
  if (first === 0) {
    expect([...told.yes].filter((job) => !jobs.has(job))).toEqual([]);
    expect(rootOfLeaves(leaves).equals(head.root)).toBe(true);
  } else expect(texts.some((text) => text.includes('"ev":"log.pruned"') && text.includes(`"entries":${first}`))).toBe(true);

  for (const line of vkeys.slice(0, -1)) {
    const { id } = parseVerifier(line);
    const handover = Buffer.from((await store.read(`handover/${id}`)) ?? []).toString();
    expect(parseCheckpoint(openNote(handover, [parseVerifier(line)]))).toBeDefined();
  }
  expect(strays(memory, head.size)).toEqual([]);
}

function bundles({ files }: Memory, size: number): { leaves: Buffer[]; texts: string[]; first: number } {
  const texts: string[] = [];
  let first = 0;
  for (let at = 0; at < size; at += 256) {
    const width = Math.min(256, size - at);
    const bytes = files.get(`tile/entries/00${at / 256}${width < 256 ? `.p/${width}` : ''}`);
    if (bytes === undefined && width === 256 && texts.length === 0) first = at + 256;
    else for (const entry of decodeBundle(bytes ?? new Uint8Array(), width)) texts.push(Buffer.from(entry).toString());
  }
  return { leaves: texts.map((text) => leafOf(Buffer.from(text))), texts, first };
}

/** Files of hashes that are not the beginning of what the log has, and files that reach beyond it. */
function strays({ files }: Memory, size: number): string[] {
  return [...files].flatMap(([path, bytes]) => {
    const [, level, index, width = '256'] = /^tile\/(\d+|entries)\/(\d+)(?:\.p\/(\d+))?$/.exec(path) ?? [];
    if (level === undefined) return [];
    const nodes = Math.floor(size / (level === 'entries' ? 1 : 256 ** Number(level)));
    if (Number(index) * 256 + Number(width) > nodes) return [`${path} reaches beyond ${size}`];
    const widest = Math.min(256, nodes - Number(index) * 256);
    const grown = files.get(`tile/${level}/${index}${widest < 256 ? `.p/${widest}` : ''}`);
    if (grown === undefined) return [`${path} has not grown`];
    return Buffer.from(bytes).equals(Buffer.from(grown.subarray(0, bytes.length))) ? [] : [`${path} is another history`];
  });
}

const operations = async () => {
  const disk = await begin();
  return (await run(disk, day, disk.told)).asked;
};

describe('books over a disk that fails', () => {
  it('are whole where nothing fails', async () => {
    const disk = await begin();
    await run(disk, day, disk.told);
    expect(disk.told.no.size).toBe(0);
    await judge(disk, disk.told);
  });

  it.each(faults)('are whole after any one operation failed, with $effect effect, and from then on: $after', async (fault) => {
    const { length } = await operations();
    expect(length).toBeGreaterThan(30);
    for (let at = 0; at < length; at++) {
      const disk = await begin();
      await run(disk, day, disk.told, at, fault);
      await judge(disk, disk.told);
    }
  });

  it('refuse nothing but what met the fault: one failing operation costs one append', async () => {
    const asked = await operations();
    const appended = day.reduce<number>((sum, step) => sum + (typeof step === 'number' ? step : 0), 0);
    for (const [at, name] of asked.entries()) {
      const disk = await begin();
      const before = disk.told.yes.size;
      await run(disk, day, disk.told, at, { effect: 'whole', after: 'works' });
      // Before the first append the ledger does not open.
      if (asked.indexOf('write') > at) continue;
      const refused = [...disk.told.no].length;
      expect(refused).toBeLessThanOrEqual(3);
      // After the swap nobody is told no any more.
      if (['swap', 'publish checkpoint'].includes(name)) expect(refused).toBe(0);
      expect(disk.told.yes.size + refused).toBe(before + appended);
    }
  });

  it('are whole after any history of faults and restarts', async () => {
    const step = fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom('rotate' as const, 'prune' as const));
    const life = fc.record({
      steps: fc.array(step, { maxLength: 5 }),
      at: fc.option(fc.nat(25), { nil: undefined }),
      fault: fc.constantFrom(...faults),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(life, { maxLength: 5 }), async (lives) => {
        const disk = await begin();
        for (const { steps, at, fault } of lives) await run(disk, steps, disk.told, at, fault);
        await judge(disk, disk.told);
      }),
      { numRuns: 60 },
    );
  });
});
