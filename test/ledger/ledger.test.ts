import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { openFolderStore } from '../../src/ledger/folder-store.ts';
import { createKeyFiles } from '../../src/ledger/key-files.ts';
import { createMemoryLedger } from '../../src/ledger/memory.ts';
import type { LedgerStore } from '../../src/ledger/store.ts';
import { openLedger } from '../../src/ledger/tile-ledger.ts';
import { ledgerContract } from '../contract/ledger.ts';

ledgerContract('the folder', async (boot) => {
  const dir = await mkdtemp(join(tmpdir(), 'mayfly-ledger-'));
  let broken = false;
  const inner = await openFolderStore(join(dir, 'ledger'), join(dir, 'last-signed'));
  const store: LedgerStore = {
    ...inner,
    async write(files) {
      if (!broken) return inner.write(files);
      // As a full disk does it: the first files are there, one is there by half.
      await inner.write(files.map(({ path, bytes }, i) => ({ path, bytes: i === 0 ? bytes : bytes.subarray(0, bytes.length / 2) })));
      throw new Error('ENOSPC');
    },
  };
  const ledger = await openLedger({ store, keys: createKeyFiles(join(dir, 'ledger-key'), 'test/ledger'), boot, clock: systemClock });
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
