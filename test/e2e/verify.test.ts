import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { landscape, selfie } from '../kit/photos.ts';
import { appKey, auditorKey, type Service, startService, upload } from '../kit/service.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

/** What a client keeps of a real service, and what an auditor copies from it, before the command that both are given. */
describe('receipts and ledger of a running service', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-kept-'));
  let service: Service;
  let ledger: string;
  beforeAll(async () => {
    service = await startService();
    ledger = join(service.dir, 'data', 'ledger');
  });
  afterAll(async () => {
    await service.dispose();
    rmSync(dir, { recursive: true });
  });

  function verify(...args: readonly string[]) {
    const { status, stdout } = spawnSync(process.execPath, [main, 'verify', ...args], {
      env: { PATH: process.env.PATH },
      encoding: 'utf8',
    });
    return { status, stdout };
  }
  const keep = (name: string, bytes: Uint8Array | string) => {
    const path = join(dir, name);
    writeFileSync(path, bytes);
    return path;
  };
  async function receiptOf(answer: Response, key = appKey): Promise<string> {
    const [, path = ''] = /<([^>]+)>; rel="receipt"/.exec(answer.headers.get('Link') ?? '') ?? [];
    for (;;) {
      const receipt = await fetch(`${service.url}${path}`, { headers: { Authorization: `Bearer ${key}`, Connection: 'close' } });
      // 202: not closed yet; the service itself has waited for up to two seconds.
      if (receipt.status !== 202) return receipt.text();
    }
  }

  it('hold for a photo that became a picture, and recognise both', async () => {
    const photo = await selfie();
    const answer = await upload(service, photo);
    expect(answer.status).toBe(200);
    const picture = keep('picture.jpg', new Uint8Array(await answer.arrayBuffer()));
    const receipt = keep('done.tlog-proof', await receiptOf(answer));
    const vkey = join(ledger, 'vkey');
    expect(verify(receipt, '--key', vkey, '--photo', keep('photo.jpg', photo), '--result', picture)).toMatchObject({ status: 0 });
    expect(verify(receipt, '--photo', picture)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^BAD {2}photo/m) });
    // The key of the commitments is handed out once.
    const again = keep('again.tlog-proof', await receiptOf(answer));
    expect(verify(again).status).toBe(0);
    expect(verify(again, '--photo', join(dir, 'photo.jpg')).stdout).toContain('no commitment key');
    expect(verify(ledger, '--checkpoint', receipt)).toMatchObject({ status: 0 });
  });

  it('hold for a photo that was refused', async () => {
    const answer = await upload(service, await landscape());
    expect(answer.status).toBe(422);
    const { status, stdout } = verify(keep('refused.tlog-proof', await receiptOf(answer, auditorKey)), '--key', join(ledger, 'vkey'));
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining(', refused') });
  });

  it('balance when it has ended, after a crash too', async () => {
    const pending = upload(service, await selfie(2400)).catch(() => undefined);
    await service.end('SIGKILL');
    await pending;
    const { dir: folder } = service;
    service = await startService({}, folder);
    await service.end('SIGTERM');
    const { status, stdout } = verify(ledger, '--key', join(ledger, 'vkey'), '--checkpoint', join(dir, 'done.tlog-proof'));
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringMatching(/^ {5}open {8}0 jobs/m) });
    const bytes = readFileSync(join(ledger, 'checkpoint'));
    writeFileSync(join(ledger, 'checkpoint'), bytes.subarray(0, -1));
    expect(verify(ledger)).toMatchObject({ status: 1, stdout: expect.stringMatching(/^BAD {2}checkpoint {2}checkpoint: /m) });
  });
});
