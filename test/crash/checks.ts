import { join } from 'node:path';
import type { Entry } from '../../src/ledger/entry.ts';
import { folderSource } from '../../src/verify/folder.ts';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { parseProof } from '../../src/verify/proof.ts';
import { verifyReceipt } from '../../src/verify/receipt.ts';
import { entriesIn } from '../kit/books.ts';
import type { Service } from '../kit/service.ts';
import type { Told } from './told.ts';

/** What a crash left, seen before anything is started again. */
export interface Left {
  /** Names in the vault. */
  readonly sealed: readonly string[];
  /** Jobs in the books that nothing closes. */
  readonly open: readonly string[];
  /** The checkpoint that readers saw last. */
  readonly checkpoint?: string;
}

/**
 * What must hold once a service is there again: of the vault, of the books, and of everything that anybody was told before.
 * @returns what does not hold, in words; nothing is as it should be
 */
export async function wrongWith(service: Service, told: Told, left: Left): Promise<readonly string[]> {
  const entries = entriesIn(join(service.dir, 'data'));
  const boot = entries.findLast(({ ev }) => ev === 'log.boot');
  return [
    ...service.vault().map((name) => `in the vault: ${name}`),
    ...(await wrongWithLedger(service.dir, left)),
    ...(await wrongWithReceipt(service.dir, told)),
    ...balance(entries),
    ...(told.job !== undefined && !entries.some((entry) => entry.ev === 'job.received' && entry.job === told.job)
      ? ['a client was told of a job that is not in the books']
      : []),
    ...(boot?.ev === 'log.boot' && (boot.open !== left.open.length || boot.orphans !== left.sealed.length)
      ? [`log.boot says ${boot.open} open and ${boot.orphans} orphans, there were ${left.open.length} and ${left.sealed.length}`]
      : []),
  ];
}

/** Received without closed, and what is closed twice or was never received. */
export function balance(entries: readonly Entry[]): readonly string[] {
  const open = new Set<string>();
  const wrong: string[] = [];
  for (const entry of entries) {
    if (entry.ev === 'job.received') open.add(entry.job);
    if (entry.ev === 'job.closed' && !open.delete(entry.job)) wrong.push('closed, but not open');
  }
  return [...wrong, ...[...open].map(() => 'received, and not closed')];
}

/** Jobs that are open in the books. */
export function openIn(entries: readonly Entry[]): readonly string[] {
  const closed = new Set(entries.flatMap((entry) => (entry.ev === 'job.closed' ? [entry.job] : [])));
  return entries.flatMap((entry) => (entry.ev === 'job.received' && !closed.has(entry.job) ? [entry.job] : []));
}

/** The independent checker over the whole ledger; what readers saw before must be its beginning. */
async function wrongWithLedger(dir: string, { checkpoint }: Left): Promise<readonly string[]> {
  const source = folderSource(join(dir, 'data/ledger'));
  const report = await verifyLedger(source, { crypto: nodeCrypto, ...(checkpoint !== undefined && { kept: checkpoint }) });
  return report.violations.map(({ rule, what }) => `ledger, ${rule}: ${what}`);
}

/** A receipt must hold by itself, and its checkpoint be the beginning of the ledger. */
async function wrongWithReceipt(dir: string, { receipt }: Told): Promise<readonly string[]> {
  if (receipt === undefined) return [];
  const { valid, checkpoint, checks } = await verifyReceipt(receipt, { crypto: nodeCrypto });
  if (!valid || checkpoint === undefined) return checks.filter(({ ok }) => !ok).map(({ says }) => `receipt: ${says}`);
  const kept = parseProof(receipt).checkpoint;
  const report = await verifyLedger(folderSource(join(dir, 'data/ledger')), { crypto: nodeCrypto, kept });
  return report.violations.map(({ rule, what }) => `receipt and ledger, ${rule}: ${what}`);
}
