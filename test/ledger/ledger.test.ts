import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { type Disk, openDisk, openFileLedger } from '../../src/ledger/file.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import { ledgerContract } from '../contract/ledger.ts';

/** A disk that fails at will: after half of the bytes, as a full disk does. */
export function fragile(disk: Disk, broken: () => boolean): Disk {
  return {
    ...disk,
    async write(bytes, at) {
      if (!broken()) return disk.write(bytes, at);
      await disk.write(bytes.subarray(0, bytes.length / 2), at);
      throw new Error('ENOSPC');
    },
  };
}

ledgerContract('the file', async (boot) => {
  const dir = await mkdtemp(join(tmpdir(), 'mayfly-ledger-'));
  let broken = false;
  const ledger = await openFileLedger(join(dir, 'ledger.jsonl'), boot, systemClock, async (path) =>
    fragile(await openDisk(path), () => broken),
  );
  return {
    ledger,
    breakDisk(now) {
      broken = now;
    },
    async dispose() {
      await ledger.close();
      await rm(dir, { recursive: true });
    },
  };
});

ledgerContract('memory', async (boot) => {
  let broken = false;
  return {
    ledger: createMemoryLedger(boot, systemClock, () => broken),
    breakDisk(now) {
      broken = now;
    },
    dispose: async () => undefined,
  };
});
