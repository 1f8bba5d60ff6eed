import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openFolderStore } from '../../src/ledger/folder-store.ts';
import { createKeyFiles } from '../../src/ledger/key-files.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { writeReceipt } from '../../src/ledger/receipt.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { openCheckpoint } from '../../src/verify/checkpoint.ts';
import { folderSource } from '../../src/verify/folder.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { verifyConsistency } from '../../src/verify/merkle.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { parseVerifierKey } from '../../src/verify/note.ts';
import { verifyReceipt } from '../../src/verify/receipt.ts';
import { fakeClock } from '../kit/clock.ts';
import { boot, closed, received, swept } from './histories.ts';

/** What the service's own ledger writes, before the eyes of a checker that shares no code with it. */
describe('the ledger of the service', () => {
  let dir: string;
  let ledger: Ledger;
  const clock = fakeClock();
  const folder = () => join(dir, 'ledger');
  const crypto = nodeCrypto;
  const open = async () =>
    openLedger({
      store: await openFolderStore(folder(), join(dir, 'last-signed')),
      keys: createKeyFiles(join(dir, 'ledger-key'), 'mayfly.test/ledger'),
      boot: randomUUID(),
      clock,
    });
  /** As the ledger is in this moment: what it has signed may not be published yet. */
  const check = (options = {}) => {
    const source = folderSource(folder());
    const read = async (path: string) => (path === 'checkpoint' ? Buffer.from(ledger.checkpoint) : source.read(path));
    return verifyLedger({ ...source, read }, { crypto, ...options });
  };
  /** As it is when the service has ended. */
  const checkAtRest = async (options = {}) => {
    await ledger.close();
    return verifyLedger(folderSource(folder()), { crypto, ...options });
  };
  const keyOf = (vkey: string) => parseVerifierKey(vkey, crypto);

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'mayfly-real-'));
    ledger = await open();
  });
  afterEach(async () => {
    await ledger.close();
    rmSync(dir, { recursive: true });
  });

  async function jobs(count: number): Promise<void> {
    const ids = Array.from({ length: count }, () => randomUUID());
    await ledger.appendAll(ids.flatMap((job) => [received(job), closed(job)]));
  }

  it('is valid at every size, while it grows', async () => {
    expect(await check()).toMatchObject({ valid: true, entries: { read: 0 } });
    await ledger.append(boot());
    for (let size = 1; size < 40; size += 2) {
      await jobs(1);
      expect(await check()).toMatchObject({ valid: true, entries: { read: size + 2 } });
    }
    expect(await checkAtRest()).toMatchObject({ valid: true, entries: { read: 41 }, notes: [] });
  });

  it('is valid across bundles, commits of many entries and runs', async () => {
    await ledger.append(boot());
    const many = Array.from({ length: 300 }, () => randomUUID());
    await ledger.appendAll(many.map((job) => received(job)));
    expect(await check()).toMatchObject({ valid: true, books: { open: 300 } });
    await ledger.close();
    ledger = await open();
    await ledger.appendAll([boot(300), ...many.map((job) => closed(job, { why: 'crash' }))]);
    await ledger.append(swept());
    expect(await checkAtRest()).toMatchObject({ valid: true, entries: { read: 603 }, books: { open: 0, why: { crash: 300 } }, notes: [] });
  });

  it('proves its growth from every checkpoint that was kept', async () => {
    await ledger.append(boot());
    const kept: string[] = [];
    for (let i = 0; i < 12; i++) {
      kept.push(ledger.checkpoint);
      await jobs(i === 7 ? 130 : 1);
    }
    const newest = await openCheckpoint(ledger.checkpoint, [keyOf(ledger.vkey)], crypto);
    for (const note of kept) {
      expect(await check({ kept: note })).toMatchObject({ valid: true });
      const older = await openCheckpoint(note, [keyOf(ledger.vkey)], crypto);
      expect(verifyConsistency(crypto, older, newest, await ledger.consistency(older.size, newest.size))).toBe(true);
    }
  });

  it('was rolled back where a copy of yesterday took its place', async () => {
    await ledger.append(boot());
    await jobs(3);
    await ledger.close();
    cpSync(folder(), join(dir, 'yesterday'), { recursive: true });
    ledger = await open();
    await ledger.append(boot());
    const kept = ledger.checkpoint;
    const { violations } = await verifyLedger(folderSource(join(dir, 'yesterday')), { crypto, kept });
    expect(violations).toEqual([expect.objectContaining({ rule: 'rollback', index: 7 })]);
  });

  it('drops what is old, and stays valid', async () => {
    await ledger.append(boot());
    await jobs(300);
    const { at } = (await ledger.append(swept())).entry;
    clock.advance(10);
    expect(await ledger.prune(at + 1)).toBe(512);
    expect(await checkAtRest()).toMatchObject({ valid: true, entries: { pruned: 512, read: 91 }, notes: [] });
  });

  it('hands its key over, so that trust in the first key reaches the newest', async () => {
    await ledger.append(boot());
    const first = keyOf(ledger.vkey);
    for (let i = 0; i < 3; i++) {
      await ledger.rotate();
      expect(await check({ pinned: [first] })).toMatchObject({ valid: true, pinned: true });
      await jobs(2);
      expect(await check({ pinned: [first] })).toMatchObject({ valid: true, pinned: true });
    }
    expect(await checkAtRest({ pinned: [first] })).toMatchObject({ valid: true, pinned: true, notes: [] });
    expect(await check({ pinned: [keyOf(ledger.vkey)] })).toMatchObject({ valid: true, pinned: true });
  });

  it('gives receipts that hold, before and after its key was replaced', async () => {
    await ledger.append(boot());
    const job = randomUUID();
    await ledger.append(received(job));
    const { index, text } = await ledger.append(closed(job));
    const receipt = async () => writeReceipt({ entry: text, proof: await ledger.proof(index), vkey: ledger.vkey });
    const early = await receipt();
    const first = keyOf(ledger.vkey);
    await jobs(200);
    expect(await verifyReceipt(await receipt(), { crypto, pinned: [first] })).toMatchObject({ valid: true, index, closed: { job } });
    await ledger.rotate();
    await jobs(1);
    const late = await receipt();
    expect(await verifyReceipt(early, { crypto, pinned: [first] })).toMatchObject({ valid: true });
    expect(await verifyReceipt(late, { crypto, pinned: [first] })).toMatchObject({ valid: false });
    expect(await verifyReceipt(late, { crypto, pinned: [keyOf(ledger.vkey)] })).toMatchObject({ valid: true });
  });
});
