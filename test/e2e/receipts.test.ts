import { spawnSync } from 'node:child_process';
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../src/ledger/canonical.ts';
import { type EntryOf, parseEntry } from '../../src/ledger/entry.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { parseVerifierKey } from '../../src/verify/note.ts';
import { verifyReceipt } from '../../src/verify/receipt.ts';
import { eventually } from '../http/harness.ts';
import { landscape, selfie } from '../kit/photos.ts';
import { appKey, auditorKey, type Service, startService, upload } from '../kit/service.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');
const other = 'another-app-secret-of-the-tests';
const keys = `app:${appKey},app:${other},auditor:${auditorKey}`;
const sweepEachSecond = { MAYFLY_KEYS: keys, MAYFLY_SWEEP_CRON: '* * * * * *' };

/** What a client sees in a receipt, with nothing but the format at hand. */
function read(text: string): { closed: EntryOf<'job.closed'>; key: Buffer | undefined; vkey: string } {
  const extra = JSON.parse(Buffer.from(/^extra (\S+)$/m.exec(text)?.[1] ?? '', 'base64').toString());
  const closed = parseEntry(JSON.parse(extra.entry));
  if (closed.ev !== 'job.closed') throw new Error('Expected the end of a job');
  return { closed, key: extra.keys && Buffer.from(extra.keys.commitment, 'base64'), vkey: extra.vkey };
}

const commitment = (key: Buffer | undefined, object: Uint8Array | string) =>
  createHmac('sha256', key ?? '')
    .update(createHash('sha256').update(object).digest())
    .digest('hex');

describe('a receipt of a real service', () => {
  let service: Service;
  let photo: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    service = await startService(sweepEachSecond);
    photo = await selfie();
  });
  afterAll(() => service.dispose());
  const get = (path: string, key = appKey) => fetch(`${service.url}${path}`, { headers: { Authorization: `Bearer ${key}` } });
  /** Follows the link of an answer, as any client can. */
  const receiptOf = async (answer: Response) => {
    const [, path] = /^<(\/v1\/receipts\/[0-9a-f-]{36})>; rel="receipt"$/.exec(answer.headers.get('link') ?? '') ?? [];
    const receipt = await get(path ?? '');
    expect(receipt.status).toBe(200);
    return receipt.text();
  };

  it('shows that photo, landmarks and result were destroyed, and that they were these', async () => {
    const answer = await upload(service, photo);
    const result = Buffer.from(await answer.arrayBuffer());
    const text = await receiptOf(answer);
    const { closed, key, vkey } = read(text);
    expect(closed).toMatchObject({
      job: answer.headers.get('mayfly-job'),
      why: 'done',
      proof: { unlinked: 2, keys: true, darkroom: 'killed:SIGKILL' },
    });
    const of = (role: string) => closed.objects.filter((object) => object.role === role);
    expect(of('in')).toEqual([{ role: 'in', bytes: photo.length, commitment: commitment(key, photo) }]);
    expect(of('out')).toEqual([{ role: 'out', bytes: result.length, commitment: commitment(key, result) }]);
    expect(of('landmarks')).toMatchObject([{ commitment: expect.any(String) }]);
    expect(closed.proof.receiver.leaves_by).toBeGreaterThan(Date.now());
    expect(closed.held_ms).toBeGreaterThan(0);

    // The checker that knows nothing of the ledger but its format, with a key that came another way.
    expect(await (await fetch(`${service.url}/ledger/vkey`)).text()).toBe(`${vkey}\n`);
    const pinned = [parseVerifierKey(vkey, nodeCrypto)];
    expect(await verifyReceipt(text, { crypto: nodeCrypto, pinned, photos: [photo], result })).toMatchObject({ valid: true });
    expect(await verifyReceipt(text, { crypto: nodeCrypto, pinned, photos: [photo.slice(1)], result })).toMatchObject({ valid: false });
  });

  it('commits to the landmarks that were answered', async () => {
    const answer = await fetch(`${service.url}/v1/landmarks`, {
      method: 'POST',
      body: photo,
      headers: { Authorization: `Bearer ${appKey}`, 'Content-Type': 'image/jpeg', 'Mayfly-Consent': service.consent },
    });
    const { faces } = JSON.parse(await answer.text());
    const { closed, key } = read(await receiptOf(answer));
    const points = canonicalJson(faces.map(({ landmarks }: { landmarks: { points: unknown } }) => landmarks.points));
    expect(closed.objects).toContainEqual({ role: 'landmarks', bytes: points.length, commitment: commitment(key, points) });
  });

  it('is there for a refusal too', async () => {
    const scene = await landscape();
    const answer = await upload(service, scene);
    expect(answer.status).toBe(422);
    const { closed, key } = read(await receiptOf(answer));
    expect(closed).toMatchObject({ why: 'refused', objects: [{ role: 'in', commitment: commitment(key, scene) }] });
    const outdated = await upload(service, photo, { consent: '{"notice":"old","granted":true,"age":"adult"}' });
    expect(read(await receiptOf(outdated)).closed).toMatchObject({ why: 'refused', objects: [] });
  });

  it('has its key once, belongs to one app, and outlives a restart', async () => {
    const answer = await upload(service, photo);
    const path = `/v1/receipts/${answer.headers.get('mayfly-job')}`;
    expect((await get(path, other)).status).toBe(404);
    expect(read(await (await get(path, auditorKey)).text()).key).toBeUndefined();
    expect(read(await (await get(path)).text()).key).toHaveLength(32);
    expect(read(await (await get(path)).text()).key).toBeUndefined();
    const { dir } = service;
    expect(await service.end('SIGTERM')).toMatchObject({ code: 0 });
    service = await startService(sweepEachSecond, dir);
    const later = await (await get(path)).text();
    expect(read(later).closed).toMatchObject({ why: 'done' });
    expect(await verifyReceipt(later, { crypto: nodeCrypto })).toMatchObject({ valid: true });
    expect((await get(path, other)).status).toBe(404);
  });

  it('and the books carry nothing of who sent what: no subject, address, agent, file name, secret or query', async () => {
    const mark = () => randomBytes(12).toString('hex');
    const marks = { subject: mark(), file: mark(), agent: mark(), query: mark(), address: '203.0.113.7', secret: mark() };
    const form = new FormData();
    form.set('consent', JSON.stringify({ ...JSON.parse(service.consent), subject: marks.subject }));
    form.set('template', 'sunglasses');
    form.set('image', new Blob([photo]), `${marks.file}.jpg`);
    const headers = { 'User-Agent': marks.agent, 'X-Forwarded-For': marks.address, Forwarded: `for=${marks.address}`, Connection: 'close' };
    const answer = await fetch(`${service.url}/v1/effects?from=${marks.query}`, {
      method: 'POST',
      body: form,
      headers: { ...headers, Authorization: `Bearer ${appKey}` },
    });
    expect(answer.status).toBe(200);
    await fetch(`${service.url}/v1/receipts/${marks.query}`, { headers: { ...headers, Authorization: `Bearer ${marks.secret}` } });
    await eventually(
      () => service.ledger().some((entry) => entry.ev === 'access.denied' && entry.why === 'unknown-key'),
      'a denial in the books',
    );
    const books = JSON.stringify(service.ledger());
    const hashes = ['hex', 'base64'] as const;
    const photoHashes = hashes.map((encoding) => createHash('sha256').update(photo).digest(encoding));
    for (const needle of [...Object.values(marks), ...photoHashes, '127.0.0.1', appKey]) {
      expect(books).not.toContain(needle);
      expect(service.output()).not.toContain(needle);
    }
  });

  it('is in the review of the ledger while the service runs', () => {
    const env = { PATH: process.env.PATH, MAYFLY_DATA_DIR: join(service.dir, 'data') };
    const { status, stdout } = spawnSync(process.execPath, [main, 'ledger', 'report', '--json'], { env, encoding: 'utf8' });
    expect(status).toBe(0);
    const { jobs, boots, denials, held } = JSON.parse(stdout);
    expect(jobs).toMatchObject({ open: 0, why: { done: expect.any(Number), refused: 2 } });
    expect(jobs.received).toBe(jobs.closed);
    expect([boots.count, denials['unknown-key'] > 0, held.jobs]).toEqual([2, true, jobs.closed]);
  });

  it('is one of the entries that an auditor reads', async () => {
    const { entries } = JSON.parse(await (await get('/v1/ledger/entries?event=job.closed', auditorKey)).text());
    expect(entries.length).toBeGreaterThanOrEqual(5);
    const [{ entry }] = JSON.parse(await (await get('/v1/ledger/entries?event=log.boot', auditorKey)).text()).entries;
    expect(entry).toMatchObject({
      build: expect.stringMatching(/^[0-9a-f]{64}$/),
      models: expect.stringMatching(/^[0-9a-f]{64}$/),
      isolation: 'photo',
      sweep_ms: 1000,
      selfcheck: expect.objectContaining({ vault: 'ok' }),
    });
  });
});
