import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ledgerFolder, openBooks } from '../build.ts';
import { readConfig } from '../config.ts';
import { LedgerError } from '../ledger/ledger.ts';
import { lockFolder } from '../supervisor/lock.ts';

/**
 * A new key for the books of a service that is stopped: the old key signs for the new one, and is destroyed.
 * @throws LockError while a service runs, who is the one writer of its books; LedgerError
 */
export async function rotateLedgerKey(): Promise<number> {
  const config = readConfig(process.env);
  // Opening would begin a new log.
  if (!existsSync(join(ledgerFolder(config), 'checkpoint'))) throw new LedgerError('damaged', 'There is no ledger here');
  const lock = await lockFolder(config.dataDir);
  try {
    const books = await openBooks(config, randomUUID());
    const { from, to } = await books.rotate().finally(() => books.close());
    process.stdout.write(`old key  ${from}\nnew key  ${to}\n`);
    return 0;
  } finally {
    await lock.release();
  }
}
