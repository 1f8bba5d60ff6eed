import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { goodDay, textsOf } from '../verify/histories.ts';
import { checkpointText, createSigner, leafOf, writeLog } from '../verify/log-writer.ts';
import { makeReceipt } from '../verify/receipts.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

describe('mayfly verify', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-verify-'));
  afterAll(() => rmSync(dir, { recursive: true }));

  function verify(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'verify', ...args], {
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }
  const write = (name: string, bytes: Uint8Array | string) => {
    const path = join(dir, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
    return path;
  };

  const signer = createSigner();
  const other = createSigner();
  const entries = textsOf(goodDay(300));
  const ledger = join(dir, 'ledger');
  for (const [path, bytes] of writeLog(entries, signer)) write(`ledger/${path}`, bytes);
  const made = makeReceipt({ signer });
  const receipt = write('job.tlog-proof', made.text);

  it('tells in words what a receipt proves, and what not', () => {
    const { status, stdout } = verify(
      receipt,
      '--key',
      signer.vkey,
      '--photo',
      write('a.jpg', made.photo),
      '--photo',
      write('b.jpg', made.second),
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ok {3}signature/m);
    expect(stdout).toMatch(/^ {5}key {9}the one you gave$/m);
    expect(stdout).toMatch(/^ok {3}photo {7}the files are what the entry commits to$/m);
    expect(stdout).toMatch(/It cannot prove that the statement is true/);
    expect(stdout).toMatch(/\nVALID\n$/);
  });

  it('says that a key it was not given is not pinned', () => {
    expect(verify(receipt)).toMatchObject({ status: 0, stdout: expect.stringContaining('taken from the receipt itself') });
    expect(verify(ledger)).toMatchObject({ status: 0, stdout: expect.stringContaining('taken from the ledger itself') });
  });

  it('answers 1 where something is wrong, and names it', () => {
    expect(verify(receipt, '--key', other.vkey)).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^BAD {2}signature.*\n\nNOT VALID\n$/m),
    });
    expect(verify(receipt, '--result', write('r.jpg', made.photo))).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^BAD {2}result/m),
    });
    expect(verify(write('bad.tlog-proof', Buffer.concat([Buffer.from(made.text), Uint8Array.of(0xff)])))).toMatchObject({ status: 1 });
    expect(verify(ledger, '--key', other.vkey)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^BAD {2}keys {8}vkey: /m) });
  });

  it('reports on a ledger: its entries, its jobs, how long they were held', () => {
    const { status, stdout } = verify(ledger, '--key', join(ledger, 'vkey'));
    expect(status).toBe(0);
    expect(stdout).toContain('trusted by the key you gave');
    expect(stdout).toContain('closed      done 300');
    expect(stdout.match(/^ok {3}/gm)).toHaveLength(10);
    expect(stdout).toMatch(/held {8}min 400, median 549, p95 684, p99 696, max 699 ms/);
    const report = JSON.parse(verify(ledger, '--json').stdout);
    expect(report).toMatchObject({ valid: true, checkpoint: { size: entries.length }, books: { why: { done: 300 } }, violations: [] });
  });

  it('compares a ledger with a checkpoint or a receipt that was kept', () => {
    const leaves = entries.map(leafOf);
    const kept = write('checkpoint', signer.sign(checkpointText(signer.name, leaves.slice(0, 300))));
    expect(verify(ledger, '--checkpoint', kept)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('compared with a checkpoint of 300 entries'),
    });
    // The receipt is of another history under the same key: a fork.
    expect(verify(ledger, '--checkpoint', receipt)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^BAD {2}fork/m) });
    for (const [path, bytes] of writeLog(made.entries, signer)) write(`whole/${path}`, bytes);
    expect(verify(join(dir, 'whole'), '--checkpoint', receipt).status).toBe(0);
  });

  it.each([
    ['nothing', []],
    ['two things', [receipt, receipt]],
    ['a file that is not there', [join(dir, 'nowhere')]],
    ['a photo that is not there', [receipt, '--photo', join(dir, 'nowhere')]],
    ['a key that is none', [receipt, '--key', 'name+00000000+AAAA']],
    ['a file of keys that is none', [receipt, '--key', receipt]],
    ['a photo beside a ledger', [ledger, '--photo', receipt]],
    ['a checkpoint beside a receipt', [receipt, '--checkpoint', receipt]],
    ['an unknown option', [receipt, '--url', 'x']],
  ])('answers 2 for %s', (_name, args) => {
    expect(verify(...args)).toMatchObject({ status: 2, stdout: '' });
  });
});
