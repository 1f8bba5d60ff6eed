import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { appKey, auditorKey, type Doorway, doorway, eventually, jpegLike } from './harness.ts';

describe('the books over HTTP', () => {
  let door: Doorway;
  const jobs: string[] = [];
  beforeAll(async () => {
    door = await doorway({ MAYFLY_RATE: '1000' });
    for (let i = 0; i < 5; i++) {
      const sent = post().attach('image', jpegLike(1000 + i), 'me.jpg');
      const [answer] = await Promise.all([sent, finish(i)]);
      jobs.push(answer.headers['mayfly-job'] ?? '');
    }
    await eventually(() => door.desk.open === 0, 'all closed');
  });
  afterAll(() => door.close());

  const post = () =>
    request(door.server)
      .post('/v1/effects')
      .set('Authorization', `Bearer ${appKey}`)
      .field('template', 'glasses')
      .field('consent', door.consent);
  async function finish(i: number) {
    await eventually(() => door.darkrooms.runs.length > i, 'a darkroom at work');
    await door.darkrooms.runs[i]?.finish();
  }
  const get = (path: string, key = auditorKey) => request(door.server).get(path).set('Authorization', `Bearer ${key}`);

  it('are pages of entries, each with the way to the next', async () => {
    const seen: number[] = [];
    let path: string | undefined = '/v1/ledger/entries?limit=4';
    let pages = 0;
    while (path !== undefined) {
      const { body, headers } = await get(path);
      seen.push(...body.entries.map(({ index }: { index: number }) => index));
      expect(headers.link).toBe(body.next === undefined ? undefined : `<${body.next}>; rel="next"`);
      path = body.next;
      pages += 1;
    }
    expect(seen).toEqual(Array.from({ length: 10 }, (_, i) => i));
    expect(pages).toBe(3);
  });

  it('are selected from by job, event, time and place', async () => {
    const indexes = async (query: string) =>
      (await get(`/v1/ledger/entries?${query}`)).body.entries.map(({ index }: { index: number }) => index);
    expect(await indexes(`job=${jobs[2]}`)).toEqual([4, 5]);
    expect(await indexes('event=job.closed')).toEqual([1, 3, 5, 7, 9]);
    expect(await indexes(`job=${jobs[2]}&event=job.closed`)).toEqual([5]);
    expect(await indexes('from=2&to=4')).toEqual([2, 3]);
    const day = new Date(door.clock.wall()).toISOString().slice(0, 10);
    expect(await indexes(`from=${day}&to=${day}`)).toHaveLength(10);
    expect(await indexes('to=2020-01')).toEqual([]);
    expect((await get(`/v1/ledger/entries?job=${jobs[2]}`)).body.entries[1].entry).toEqual(door.ledger.all[5]);
  });

  it.each(['from=yesterday', 'job=7', 'event=photo.seen', 'limit=0', 'limit=5000', 'subject=Ann', 'from=1&from=2'])(
    'refuse %s',
    async (query) => {
      const { status, body } = await get(`/v1/ledger/entries?${query}`);
      expect([status, body.code, body.reasons]).toEqual([400, 'malformed-request', [expect.any(String)]]);
    },
  );

  it('are the files of the log, byte for byte, with their types', async () => {
    const checkpoint = await get('/ledger/checkpoint');
    expect(checkpoint.text).toBe(door.ledger.checkpoint);
    expect(checkpoint.headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' });
    const tile = await get('/ledger/tile/0/000.p/10').buffer(true);
    expect(tile.headers).toMatchObject({ 'content-type': 'application/octet-stream', 'cache-control': 'no-store' });
    expect(tile.body).toHaveLength(10 * 32);
    const entries = await get('/ledger/tile/entries/000.p/10').buffer(true);
    expect(entries.body).toEqual(Buffer.from((await door.ledger.reader.read('tile/entries/000.p/10')) ?? []));
  });

  it('keep a full tile for ever', async () => {
    for (let i = 0; i < 256; i++) await door.ledger.append({ ev: 'sweep.ran', seen: 0, found: 0, destroyed: 0, failed: 0 });
    const tile = await get('/ledger/tile/0/000').buffer(true);
    expect(tile.headers['cache-control']).toBe('private, max-age=31536000, immutable');
    expect(tile.body).toHaveLength(8192);
  });

  it('show their verifier key to everybody', async () => {
    const { status, text } = await request(door.server).get('/ledger/vkey');
    expect([status, text]).toEqual([200, `${door.ledger.vkey}\n`]);
  });

  it.each([
    '/ledger/tile/0/001',
    '/ledger/tile/0/000.p/256',
    '/ledger/tile/0/0',
    '/ledger/tile/64/000',
    '/ledger/tile/0/..%2f..%2fcheckpoint',
    '/ledger/tile/entries/%2e%2e/vkey',
    '/ledger/tile/0/x000/000/',
    '/ledger/handover/..%2fvkey',
    '/ledger/handover/12345678',
    '/ledger/key',
  ])('have no %s', async (path) => {
    const { status, body } = await get(path);
    expect([status, body.code]).toEqual([404, 'unknown-page']);
  });

  it.each(['/ledger/checkpoint', '/ledger/tile/0/000', '/v1/ledger/entries', '/ledger/handover/12345678'])(
    'show %s to auditors alone',
    async (path) => {
      expect((await get(path, appKey)).body.code).toBe('forbidden');
      expect((await get(path, 'nobody')).body.code).toBe('unauthorized');
      expect((await request(door.server).get(path)).body.code).toBe('unauthorized');
    },
  );

  it('know how many were turned away, and why', async () => {
    const sum = (why: 'no-key' | 'unknown-key' | 'wrong-role') => async () =>
      (await door.denied()).reduce((total, counts) => total + (counts[why] ?? 0), 0);
    const before = await sum('wrong-role')();
    await get('/ledger/checkpoint', appKey);
    expect(await sum('wrong-role')()).toBe(before + 1);
    expect(await sum('no-key')()).toBeGreaterThan(0);
    expect(await sum('unknown-key')()).toBeGreaterThan(0);
  });

  describe('and a receipt', () => {
    const extraOf = (text: string) => JSON.parse(Buffer.from(/^extra (\S+)$/m.exec(text)?.[1] ?? '', 'base64').toString());

    it('is a file for the app that sent the photo, with the key once', async () => {
      const first = await get(`/v1/receipts/${jobs[0]}`, appKey);
      expect(first.headers).toMatchObject({
        'content-type': 'text/plain; charset=utf-8',
        'content-disposition': `attachment; filename="${jobs[0]}.tlog-proof"`,
        'cache-control': 'no-store',
      });
      const extra = extraOf(first.text);
      expect(JSON.parse(extra.entry)).toEqual(door.ledger.all[1]);
      expect(Buffer.from(extra.keys.commitment, 'base64')).toHaveLength(32);
      expect(extraOf((await get(`/v1/receipts/${jobs[0]}`, appKey)).text)).not.toHaveProperty('keys');
    });

    it('is there for auditors, without the key', async () => {
      expect(extraOf((await get(`/v1/receipts/${jobs[1]}`)).text)).not.toHaveProperty('keys');
      expect(extraOf((await get(`/v1/receipts/${jobs[1]}`, appKey)).text)).toHaveProperty('keys');
    });

    it('is linked from every answer of a job that was received', async () => {
      const refused = await post().attach('image', Buffer.from('%PDF-1.7 and more of it'), 'a.jpg');
      const job = refused.headers['mayfly-job'];
      expect([refused.status, refused.headers.link, refused.body.receipt]).toEqual([
        415,
        `</v1/receipts/${job}>; rel="receipt"`,
        `/v1/receipts/${job}`,
      ]);
      const { entry } = extraOf((await get(`/v1/receipts/${job}`, appKey)).text);
      expect(JSON.parse(entry)).toMatchObject({ job, why: 'refused', objects: [] });
    });

    it('is not there for what never was', async () => {
      for (const job of ['7', '../vkey', '1b4e28ba-2fa1-41d2-883f-0016d3cca427']) {
        const { status, body } = await get(`/v1/receipts/${encodeURIComponent(job)}`, appKey);
        expect([status, body.code]).toEqual([404, 'unknown-job']);
      }
    });

    it('is not ready while its job is open: come again', async () => {
      const sent = post()
        .attach('image', jpegLike(500), 'me.jpg')
        .then((answer) => answer);
      const runs = door.darkrooms.runs.length;
      await eventually(() => door.darkrooms.runs.length > runs, 'a darkroom at work');
      const job = door.darkrooms.runs.at(-1)?.order.job;
      const asked = get(`/v1/receipts/${job}`, appKey).then((answer) => answer);
      const early = await Promise.race([asked, advance()]);
      expect([early.status, early.headers['retry-after'], early.body]).toEqual([202, '1', { job, closed: false }]);
      await door.darkrooms.runs.at(-1)?.finish();
      await sent;
      expect((await get(`/v1/receipts/${job}`, appKey)).status).toBe(200);

      /** The clock stands still until somebody waits for it. */
      async function advance() {
        for (;;) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          door.clock.advance(100);
          const done = await Promise.race([asked, undefined]);
          if (done !== undefined) return done;
        }
      }
    });

    it('is linked even where the service was stopping as the job came', async () => {
      await door.desk.shut();
      const answer = await post().attach('image', jpegLike(100), 'a.jpg');
      const job = answer.headers['mayfly-job'];
      expect([answer.status, answer.headers.link]).toEqual([503, `</v1/receipts/${job}>; rel="receipt"`]);
      expect((await get(`/v1/receipts/${job}`, appKey)).status).toBe(200);
    });
  });
});
