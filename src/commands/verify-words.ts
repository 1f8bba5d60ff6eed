import type { Rule } from '../verify/findings.ts';
import type { Distribution } from '../verify/holding.ts';
import type { LedgerReport } from '../verify/ledger.ts';
import type { ReceiptReport } from '../verify/receipt.ts';

/** The reports of the checker in plain words. */

const line = (mark: 'ok' | 'BAD' | '', label: string, says: string) => `${mark.padEnd(5)}${label.padEnd(12)}${says}\n`;
const time = (ms: number | undefined) => (ms === undefined ? 'never' : new Date(ms).toISOString());
const notPinned = (where: string) =>
  `taken from ${where} itself, so it shows only that all was signed by one hand; give --key to say by whose`;

export function describeReceipt({ valid, pinned, checks, closed, checkpoint }: ReceiptReport): string {
  const words = checks.map(({ name, ok, says }) => line(ok ? 'ok' : 'BAD', name, says));
  if (closed !== undefined && checkpoint !== undefined) {
    const { proof, objects } = closed;
    const { receiver } = proof;
    words.push(
      line('', 'key', pinned ? 'the one you gave' : notPinned('the receipt')),
      line('', 'job', `${closed.job}, ${closed.why}`),
      line('', 'closed', `${time(closed.at)}, held for ${closed.held_ms} ms`),
      ...objects.map(({ role, bytes, commitment }) =>
        line('', roleWords[role], `${bytes} bytes, ${commitment === undefined ? 'never whole' : `commitment ${commitment.slice(0, 16)}…`}`),
      ),
      line('', 'destroyed', `${proof.unlinked} sealed files unlinked and looked for in vain; keys overwritten`),
      line('', 'darkroom', darkroomWords(proof.darkroom)),
      line('', 'receiver', `the process that took the upload is gone by ${time(receiver.leaves_by)}`),
    );
  }
  if (valid) words.push(whatReceiptProves);
  return `${words.join('')}\n${valid ? 'VALID' : 'NOT VALID'}\n`;
}

const roleWords = { in: 'photo', out: 'result', landmarks: 'landmarks' } as const;

function darkroomWords(end: string): string {
  if (end === 'none') return 'none worked on the job';
  if (end === 'pool') return 'it works on: its memory is not erased yet';
  const [how, what] = end.split(':');
  return how === 'killed' ? `ended by ${what}, its memory with it` : `ended with code ${what}, its memory with it`;
}

const whatReceiptProves = `
It proves that the operator has stated the above, in a ledger that the operator has signed, and cannot take it back or say otherwise to others
without being found out: keep the receipt, and check a copy of the ledger against it (mayfly verify LEDGER --checkpoint RECEIPT).
It cannot prove that the statement is true, that nobody made a copy before, or that the server ran the program that it says.
`;

/** What is checked of a ledger whose checkpoint is signed, in the order of docs/verify.md. */
const rules: readonly (readonly [Rule, string])[] = [
  ['keys', 'the keys are well-formed, and the newest is trusted where a key was given'],
  ['checkpoint', 'the newest key has signed it'],
  ['tree', 'every entry and every hash in every file leads to the signed root'],
  ['rollback', 'nothing is missing that a kept checkpoint had'],
  ['fork', 'nothing is changed that a kept checkpoint had'],
  ['entry', 'every entry is canonical JSON of the closed schema'],
  ['run', 'every run begins with log.boot and counts its entries without a gap'],
  ['balance', 'every job received is closed once; every boot accounts for what was open'],
  ['deadline', 'every job was closed before its deadline'],
  ['sweep', 'sweeps are at most twice their interval apart'],
  ['rotation', 'the keys follow each other as the entries say'],
  ['pruning', 'what is gone was dropped by the rule of retention'],
];

export function describeLedger(report: LedgerReport): string {
  const { valid, pinned, checkpoint, continues, entries, books, violations, violationCount, notes } = report;
  const words: string[] = [];
  const broken = new Set(violations.map(({ rule }) => rule));
  if (checkpoint !== undefined && entries !== undefined) {
    const { origin, size, root, signers } = checkpoint;
    const signer = signers.map(({ name, id }) => `${name}+${id}`).join(', ');
    words.push(
      line('', 'ledger', `${origin}, ${size} entries, root ${Buffer.from(root).toString('base64')}`),
      line('', 'key', `${signer}, ${pinned ? 'trusted by the key you gave' : notPinned('the ledger')}`),
      line('', 'entries', `${entries.read} read, ${entries.pruned} dropped by the rule of retention (their hashes are there)`),
    );
    if (continues !== undefined) words.push(line('', 'kept', `compared with a checkpoint of ${continues} entries`));
  }
  if (books !== undefined) {
    const { events, why, open, held, heldOverCrash, troubles } = books;
    words.push(
      line('', 'time', `${time(books.from)} to ${time(books.to)}`),
      line('', 'events', counts(events)),
      line('', 'closed', counts(why)),
      line('', 'open', `${open} jobs at the last entry`),
      line('', 'held', distribution(held)),
      ...(heldOverCrash ? [line('', 'over crash', distribution(heldOverCrash))] : []),
      line('', 'troubles', counts(troubles)),
    );
  }
  words.push(...notes.map((note) => line('', 'note', note)));
  // What was not looked at is not called good.
  const unasked: readonly Rule[] = continues === undefined ? ['rollback', 'fork'] : broken.has('rollback') ? ['fork'] : [];
  if (checkpoint !== undefined) {
    for (const [rule, says] of rules) if (!unasked.includes(rule)) words.push(line(broken.has(rule) ? 'BAD' : 'ok', rule, says));
  }
  words.push(...violations.map(({ rule, what, index, file }) => line('BAD', rule, `${placeOf(index, file)}${what}`)));
  if (violationCount > violations.length) words.push(line('', '', `and ${violationCount - violations.length} more`));
  return `${words.join('')}\n${valid ? 'VALID' : `NOT VALID: ${violationCount} ${violationCount === 1 ? 'violation' : 'violations'}`}\n`;
}

function placeOf(index: number | undefined, file: string | undefined): string {
  const place = [...(index === undefined ? [] : [`entry ${index}`]), ...(file === undefined ? [] : [file])].join(', ');
  return place === '' ? '' : `${place}: `;
}

function counts(of: Readonly<Partial<Record<string, number>>>): string {
  return (
    Object.entries(of)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  );
}

function distribution(held: Distribution | undefined): string {
  if (held === undefined) return 'nothing';
  return `min ${held.min}, median ${held.median}, p95 ${held.p95}, p99 ${held.p99}, max ${held.max} ms`;
}
