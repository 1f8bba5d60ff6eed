import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Entry, LedgerEvent } from '../src/ledger/entry.ts';
import { concat, fromText, toBase64, toHex } from '../src/verify/bytes.ts';
import { folderSource } from '../src/verify/folder.ts';
import { verifyLedger } from '../src/verify/ledger.ts';
import { leafHash } from '../src/verify/merkle.ts';
import { nodeCrypto } from '../src/verify/node-crypto.ts';
import { tilePath, tileWidth } from '../src/verify/tiles.ts';
import { createTree } from '../src/verify/tree.ts';
import { temporaryFolder } from './temporary.ts';

/**
 * How long the checker takes for a whole ledger: `node .build/bench/verify.js [--entries 1000000]`. The ledger is made first, in the temporary
 * folder: a service at 50 jobs a second that sweeps every ten seconds. The second line is the measurement.
 */

const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' } } });
const size = Number(values.entries);

const folder = temporaryFolder();
try {
  const made = performance.now();
  writeLedger(folder.path, size);
  process.stdout.write(`made ${size} entries in ${seconds(made)} s\n`);

  const begun = performance.now();
  const before = process.cpuUsage();
  let peak = 0;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const report = await verifyLedger(folderSource(folder.path), { crypto: nodeCrypto });
  clearInterval(watch);
  const { user, system } = process.cpuUsage(before);
  if (!report.valid) throw new Error(JSON.stringify(report.violations.slice(0, 3)));
  process.stdout.write(
    `verified ${report.entries?.read} entries in ${seconds(begun)} s (${((user + system) / 1e6).toFixed(1)} s of a core), at most ${Math.round(peak / 1e6)} MB resident\n`,
  );
} finally {
  folder.remove();
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1000).toFixed(1);
}

function* events(count: number): Iterable<LedgerEvent> {
  const selfcheck = { 'vault-in-memory': 'ok', 'no-swap': 'ok', 'core-dumps': 'missing' } as const;
  const [build, models] = [toHex(randomBytes(32)), toHex(randomBytes(32))];
  const notice = '0123456789abcdef';
  const runs = { version: '0.1.0', build, models, engine: 'mediapipe', isolation: 'photo', notice, sweep_ms: 10_000, selfcheck };
  yield { ev: 'log.boot', ...runs, orphans: 0, open: 0 };
  for (let i = 1; i < count; ) {
    if (i % 1001 === 0 || i === count - 1) {
      yield { ev: 'sweep.ran', seen: 3, found: 0, destroyed: 0, failed: 0 };
      i += 1;
      continue;
    }
    const job = randomUUID();
    yield { ev: 'job.received', job, owner: toHex(randomBytes(8)), roles: ['in'], deadline: 90_000, notice };
    const commitment = () => toHex(randomBytes(32));
    const objects = (['in', 'out', 'landmarks'] as const).map((role) => ({ role, bytes: 1_000_000 + i, commitment: commitment() }));
    const proof = { unlinked: 2, keys: true, darkroom: 'killed:SIGKILL', receiver: { leaves_by: 1_800_000_000_000 + i } } as const;
    yield { ev: 'job.closed', job, why: 'done', held_ms: 300 + (i % 700), objects, proof };
    i += 2;
  }
}

function writeLedger(path: string, count: number): void {
  const write = (name: string, bytes: Uint8Array | string) => {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), bytes);
  };
  const rows: { index: number; hashes: Uint8Array[] }[] = [];
  const flush = (level: number) => {
    const row = rows[level];
    if (row === undefined || row.hashes.length === 0) return;
    write(tilePath({ level, index: row.index, width: row.hashes.length }), concat(...row.hashes));
    rows[level] = { index: row.index + 1, hashes: [] };
  };
  const tree = createTree(nodeCrypto, (height, _index, hash) => {
    if (height % 8 !== 0) return;
    rows[height / 8] ??= { index: 0, hashes: [] };
    rows[height / 8]?.hashes.push(hash);
    if (rows[height / 8]?.hashes.length === tileWidth) flush(height / 8);
  });
  let bundle: Uint8Array[] = [];
  const boot = randomUUID();
  let seq = 0;
  for (const event of events(count)) {
    const entry: Entry = { ...event, v: 1, at: 1_800_000_000_000 + 10 * seq, mono: 1_000_000 + 10 * seq, boot, seq };
    const leaf = fromText(canonical(entry));
    bundle.push(concat(Uint8Array.of(leaf.length >> 8, leaf.length & 255), leaf));
    tree.push(leafHash(nodeCrypto, leaf));
    seq += 1;
    if (bundle.length < tileWidth && seq < count) continue;
    write(tilePath({ level: 'entries', index: Math.floor((seq - 1) / tileWidth), width: bundle.length }), concat(...bundle));
    bundle = [];
  }
  for (const level of rows.keys()) flush(level);

  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const name = 'bench.example/ledger';
  const typed = concat(Uint8Array.of(1), publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  const id = nodeCrypto.sha256(concat(fromText(`${name}\n`), typed)).subarray(0, 4);
  const text = `${name}\n${seq}\n${toBase64(tree.root())}\n`;
  write('checkpoint', `${text}\n— ${name} ${toBase64(concat(id, sign(null, fromText(text), privateKey)))}\n`);
  write('vkey', `${name}+${toHex(id)}+${toBase64(typed)}\n`);
}

function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`).join(',')}}`;
}
