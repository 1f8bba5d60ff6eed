import { randomUUID } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/clock.ts';
import { openJobs } from '../../src/ledger/balance.ts';
import { type Disk, openDisk, openFileLedger } from '../../src/ledger/file.ts';
import { entriesOf, received } from '../contract/ledger.ts';

describe('the ledger in a file', () => {
  let dir: string;
  let path: string;
  const open = (diskOf?: (path: string) => Promise<Disk>) => openFileLedger(path, randomUUID(), systemClock, diskOf);
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'mayfly-ledger-'));
    path = join(dir, 'deep', 'ledger.jsonl');
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('is there after it was closed, and goes on behind its end', async () => {
    const first = await open();
    await first.append(received());
    await first.close();
    const second = await open();
    await second.append(received());
    const entries = await entriesOf(second);
    await second.close();
    expect(entries).toHaveLength(2);
    expect(new Set(entries.map(({ boot }) => boot)).size).toBe(2);
  });

  it('writes one line of sorted members for each entry', async () => {
    const ledger = await open();
    await ledger.append({ ev: 'log.close' });
    await ledger.close();
    expect(await readFile(path, 'utf8')).toMatch(/^\{"at":\d+,"boot":"[0-9a-f-]{36}","ev":"log.close","mono":\d+,"seq":0,"v":1\}\n$/);
  });

  it('cuts off a last line that a crash left without its end, at every length', async () => {
    const ledger = await open();
    await ledger.append(received());
    await ledger.append(received());
    await ledger.close();
    const whole = await readFile(path);
    const firstLine = whole.indexOf(10) + 1;
    for (let length = firstLine; length < whole.length; length += 7) {
      await writeFile(path, whole.subarray(0, length));
      const again = await open();
      expect(await entriesOf(again)).toHaveLength(1);
      await again.close();
      expect((await readFile(path)).length).toBe(firstLine);
    }
    await truncate(path, 0);
    const empty = await open();
    expect(await entriesOf(empty)).toEqual([]);
    await empty.close();
  });

  it('says that it is damaged when a whole line is not an entry', async () => {
    const ledger = await open();
    await ledger.append(received());
    await ledger.close();
    await appendFile(path, '{"ev":"job.received","ip":"203.0.113.7"}\n');
    const again = await open();
    await expect(entriesOf(again)).rejects.toMatchObject({ fault: 'damaged' });
    await again.close();
  });

  it('shares one fsync among all that wait', async () => {
    let syncs = 0;
    const ledger = await open(async (at) => {
      const disk = await openDisk(at);
      const sync = () => {
        syncs += 1;
        return disk.sync();
      };
      return { ...disk, sync };
    });
    await Promise.all(Array.from({ length: 100 }, () => ledger.append(received())));
    await ledger.close();
    expect(syncs).toBeLessThanOrEqual(2);
  });

  it('never lets a refused entry come back when cutting it off fails too', async () => {
    let broken = false;
    const ledger = await open(async (at) => {
      const disk = await openDisk(at);
      const fail = () => Promise.reject(new Error('EIO'));
      return { ...disk, sync: () => (broken ? fail() : disk.sync()), truncate: (length) => (broken ? fail() : disk.truncate(length)) };
    });
    const refused = randomUUID();
    broken = true;
    await expect(ledger.append(received(refused))).rejects.toMatchObject({ fault: 'unwritable' });
    broken = false;
    await ledger.append({ ev: 'log.close' });
    await ledger.close();
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(refused);
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('knows which jobs are open', async () => {
    const ledger = await open();
    const [open1, closed, open2] = [randomUUID(), randomUUID(), randomUUID()];
    for (const job of [open1, closed, open2]) await ledger.append(received(job));
    const proof = { unlinked: 0, keys: true, darkroom: 'none', receiver: { leaves_by: 1 } } as const;
    await ledger.append({ ev: 'job.closed', job: closed, why: 'done', held_ms: 1, objects: [], proof });
    expect((await openJobs(ledger.entries())).map(({ job }) => job)).toEqual([open1, open2]);
    await ledger.close();
  });

  it('takes nothing once it is closed', async () => {
    const ledger = await open();
    await ledger.close();
    await expect(ledger.append(received())).rejects.toMatchObject({ fault: 'closed' });
  });
});
