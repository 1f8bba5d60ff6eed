import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { Problem, problemCodes } from '../../src/problems.ts';
import { appKey, auditorKey, type Doorway, doorway, eventually, jpegLike } from './harness.ts';

describe('POST /v1/effects', () => {
  let door: Doorway;
  beforeEach(async () => {
    door = await doorway();
  });
  afterEach(async () => {
    // The promise under every test of this file, whatever it did.
    await eventually(() => door.desk.open === 0, 'every job closed');
    expect(door.files.size).toBe(0);
    const count = (ev: string) => door.ledger.all.filter((entry) => entry.ev === ev).length;
    expect(count('job.closed')).toBe(count('job.received'));
    await door.close();
  });

  const post = (path = '/v1/effects') => request(door.server).post(path).set('Authorization', `Bearer ${appKey}`);
  const form = () => post().field('template', 'glasses').field('consent', door.consent);
  const whys = () => door.ledger.all.flatMap((entry) => (entry.ev === 'job.closed' ? [entry.why] : []));
  const finishNext = async () => {
    await eventually(() => door.darkrooms.runs.length > 0, 'a darkroom at work');
    await door.darkrooms.runs.at(-1)?.finish();
  };

  it('answers a form with the picture and everything that API.md promises about it', async () => {
    const [answer] = await Promise.all([form().attach('image', jpegLike(100_000), 'me.jpg').buffer(true), finishNext()]);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toBe('a picture');
    const digest = createHash('sha256').update('a picture').digest('base64');
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'cache-control': 'no-store',
      'repr-digest': `sha-256=:${digest}:`,
      'mayfly-job': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'server-timing': expect.stringMatching(
        /^receive;dur=[\d.]+, wait;dur=[\d.]+, decode;dur=1\.0, faces;dur=1\.0, effect;dur=1\.0, encode;dur=1\.0$/,
      ),
    });
    await eventually(() => door.desk.open === 0, 'closed');
    expect(whys()).toEqual(['done']);
  });

  it('takes a raw body the same way', async () => {
    const [answer] = await Promise.all([
      post('/v1/effects?template=glasses&params={"size":120}')
        .set('Content-Type', 'image/jpeg')
        .set('Mayfly-Consent', door.consent)
        .send(jpegLike(5000)),
      finishNext(),
    ]);
    expect(answer.status).toBe(200);
    expect(door.darkrooms.runs[0]?.order.task).toMatchObject({ template: 'glasses', params: { size: 120, opacity: 100 } });
  });

  it('hands the darkroom what was uploaded, sealed', async () => {
    const photo = jpegLike(70_000);
    const sent = form()
      .attach('image', photo, 'me.jpg')
      .then((answer) => answer);
    await eventually(() => door.darkrooms.runs.length > 0, 'a darkroom at work');
    const order = door.darkrooms.runs[0]?.order;
    const [sealed] = order?.photos ?? [];
    expect(await door.vault.open(sealed?.id ?? '', sealed?.key ?? Buffer.alloc(0))).toEqual(photo);
    await door.darkrooms.runs[0]?.finish();
    await sent;
  });

  it.each([
    ['image/webp', 'image/webp'],
    ['image/avif,image/png;q=0.5', 'image/avif'],
    ['*/*', 'image/jpeg'],
    ['application/json', 'image/jpeg'],
  ])('understands Accept: %s', async (accept, type) => {
    await Promise.all([form().set('Accept', accept).attach('image', jpegLike(100), 'a.jpg'), finishNext()]);
    expect(door.darkrooms.runs[0]?.order.task).toMatchObject({ mediaType: type });
  });

  it.each([
    ['no key', 401, 'unauthorized', () => request(door.server).post('/v1/effects').send('x')],
    [
      'an unknown key',
      401,
      'unauthorized',
      () => request(door.server).post('/v1/effects').set('Authorization', 'Bearer nobody-knows-this'),
    ],
    [
      'a key of another role',
      403,
      'forbidden',
      () => request(door.server).post('/v1/effects').set('Authorization', `Bearer ${auditorKey}`),
    ],
    ['no body', 415, 'unsupported-image-type', () => post()],
    ['a body of another type', 415, 'unsupported-image-type', () => post().send({ image: 'x' })],
    ['no image', 400, 'malformed-request', () => form()],
    ['an image in another part', 400, 'malformed-request', () => form().attach('photo', jpegLike(100), 'a.jpg')],
    ['an unknown field', 400, 'malformed-request', () => form().field('name', 'Ann').attach('image', jpegLike(100), 'a.jpg')],
    ['a field twice', 400, 'malformed-request', () => form().field('template', 'mask').attach('image', jpegLike(100), 'a.jpg')],
    ['a text field as the image', 400, 'malformed-request', () => form().field('image', 'x')],
    [
      'too many images',
      400,
      'malformed-request',
      () => Array.from({ length: 7 }).reduce<request.Test>((r) => r.attach('image', jpegLike(20), 'a.jpg'), form()),
    ],
    [
      'more images than slots',
      400,
      'invalid-params',
      () => form().attach('image', jpegLike(20), 'a.jpg').attach('image', jpegLike(20), 'b.jpg'),
    ],
    ['no boundary', 400, 'malformed-request', () => post().set('Content-Type', 'multipart/form-data; x=1').send('zzz')],
    [
      'a form cut short',
      400,
      'malformed-request',
      () =>
        post()
          .set('Content-Type', 'multipart/form-data; boundary=b')
          .send('--b\r\nContent-Disposition: form-data; name="template"\r\n\r\ngl'),
    ],
    ['an empty image', 422, 'unreadable-image', () => form().attach('image', Buffer.alloc(0), 'a.jpg')],
    ['an image of three bytes', 422, 'unreadable-image', () => form().attach('image', Buffer.from([0xff, 0xd8, 0xff]), 'a.jpg')],
    [
      'text that calls itself an image',
      415,
      'unsupported-image-type',
      () => form().attach('image', Buffer.from('<svg onload="alert(1)">'), 'a.jpg'),
    ],
    ['an image over the limit', 413, 'upload-too-large', () => form().attach('image', jpegLike(300_000), 'a.jpg')],
    [
      'two images over the limit together',
      413,
      'upload-too-large',
      () => form().attach('image', jpegLike(150_000), 'a.jpg').attach('image', jpegLike(60_000), 'b.jpg'),
    ],
    [
      'an unknown template',
      404,
      'unknown-template',
      () => post().field('consent', door.consent).field('template', 'moustache').attach('image', jpegLike(100), 'a.jpg'),
    ],
    [
      'a template that is a path',
      404,
      'unknown-template',
      () => post().field('consent', door.consent).field('template', '../glasses').attach('image', jpegLike(100), 'a.jpg'),
    ],
    ['no template', 400, 'malformed-request', () => post().field('consent', door.consent).attach('image', jpegLike(100), 'a.jpg')],
    ['params that are no JSON', 400, 'invalid-params', () => form().field('params', '{').attach('image', jpegLike(100), 'a.jpg')],
    ['params out of range', 400, 'invalid-params', () => form().field('params', '{"size":9000}').attach('image', jpegLike(100), 'a.jpg')],
    [
      'params that nobody knows',
      400,
      'invalid-params',
      () => form().field('params', '{"sizes":100}').attach('image', jpegLike(100), 'a.jpg'),
    ],
    ['no consent', 403, 'consent-required', () => post().field('template', 'glasses').attach('image', jpegLike(100), 'a.jpg')],
    [
      'consent that is no JSON',
      403,
      'consent-required',
      () => post().field('consent', 'yes').field('template', 'glasses').attach('image', jpegLike(100), 'a.jpg'),
    ],
    [
      'consent not granted',
      403,
      'consent-required',
      () =>
        post().field('consent', door.consent.replace('true', 'false')).field('template', 'glasses').attach('image', jpegLike(100), 'a.jpg'),
    ],
    [
      'consent to an old notice',
      403,
      'consent-outdated',
      () =>
        post()
          .field('consent', '{"notice":"old","granted":true,"age":"adult"}')
          .field('template', 'glasses')
          .attach('image', jpegLike(100), 'a.jpg'),
    ],
    [
      'a minor alone',
      403,
      'age-restricted',
      () =>
        post()
          .field('consent', door.consent.replace('adult', 'minor'))
          .field('template', 'glasses')
          .attach('image', jpegLike(100), 'a.jpg'),
    ],
    [
      'consent that comes behind the photo and is old',
      403,
      'consent-outdated',
      () =>
        post()
          .field('template', 'glasses')
          .attach('image', jpegLike(100), 'a.jpg')
          .field('consent', '{"notice":"old","granted":true,"age":"adult"}'),
    ],
    [
      'a raw body without consent',
      403,
      'consent-required',
      () => post('/v1/effects?template=glasses').set('Content-Type', 'image/png').send(jpegLike(100)),
    ],
    [
      'a raw body without a template',
      400,
      'malformed-request',
      () => post().set('Content-Type', 'image/png').set('Mayfly-Consent', door.consent).send(jpegLike(100)),
    ],
  ] as const)('refuses %s', async (_what, status, code, send) => {
    const answer = await send();
    expect({ status: answer.status, code: answer.body.code, type: answer.headers['content-type'] }).toEqual({
      status,
      code,
      type: 'application/problem+json',
    });
    expect(answer.body).toMatchObject({
      type: `/problems/${code}`,
      title: expect.any(String),
      detail: expect.any(String),
      hint: expect.any(String),
      status,
    });
    expect(problemCodes).toContain(code);
    await eventually(() => door.desk.open === 0, 'closed');
    expect(new Set(whys())).toEqual(new Set(whys().length > 0 ? ['refused'] : []));
  });

  it('opens no job for what is refused by its headers alone', async () => {
    await post().set('Content-Type', 'image/jpeg').set('Mayfly-Consent', door.consent).send(jpegLike(300_000));
    await post('/v1/effects?template=nothing').set('Content-Type', 'image/jpeg').set('Mayfly-Consent', door.consent).send(jpegLike(100));
    expect(door.ledger.all).toEqual([]);
  });

  it('passes a refusal of the darkroom on, with its measures', async () => {
    const sent = form()
      .attach('image', jpegLike(100), 'a.jpg')
      .then((answer) => answer);
    await eventually(() => door.darkrooms.runs.length > 0, 'a darkroom at work');
    door.darkrooms.runs[0]?.refuse(
      new Problem('face-too-small', 'The face is too small', { value: 20, limit: 60, box: { x: 1, y: 2, width: 3, height: 4 } }),
    );
    const answer = await sent;
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      code: 'face-too-small',
      value: 20,
      limit: 60,
      box: { x: 1, y: 2, width: 3, height: 4 },
      job: answer.headers['mayfly-job'],
    });
  });

  it('says nothing about why a darkroom died', async () => {
    const sent = form()
      .attach('image', jpegLike(100), 'a.jpg')
      .then((answer) => answer);
    await eventually(() => door.darkrooms.runs.length > 0, 'a darkroom at work');
    door.darkrooms.runs[0]?.crash();
    const answer = await sent;
    expect([answer.status, answer.body.code]).toEqual([500, 'internal']);
    await eventually(() => door.desk.open === 0, 'closed');
    expect(whys()).toEqual(['crash']);
  });

  it('turns away with Retry-After when it is full, when one key is too fast, and when it is not ready', async () => {
    await door.close();
    door = await doorway({}, { places: 0 });
    const busy = await form().attach('image', jpegLike(100), 'a.jpg');
    expect([busy.status, busy.body.code, Number(busy.headers['retry-after']) >= 1]).toEqual([503, 'busy', true]);
    await door.close();
    door = await doorway({}, { rate: 1 });
    await Promise.all([form().attach('image', jpegLike(100), 'a.jpg'), finishNext()]);
    const fast = await form().attach('image', jpegLike(100), 'a.jpg');
    expect([fast.status, fast.body.code, Number(fast.headers['retry-after']) > 0]).toEqual([429, 'rate-limited', true]);
    door.faults.refuse = ['purge-failing'];
    const unready = await form().attach('image', jpegLike(100), 'a.jpg');
    expect([unready.status, unready.body.code, unready.body.reasons]).toEqual([503, 'not-ready', ['purge-failing']]);
    await door.close();
    door = await doorway();
    door.faults.ledger = true;
    const unwritable = await form().attach('image', jpegLike(100), 'a.jpg');
    expect([unwritable.status, unwritable.body.code]).toEqual([503, 'not-ready']);
    door.faults.ledger = false;
  });

  it('says busy when the vault has no room', async () => {
    door.faults.full = true;
    const answer = await form().attach('image', jpegLike(100), 'a.jpg');
    expect([answer.status, answer.body.code, Number(answer.headers['retry-after']) >= 5]).toEqual([503, 'busy', true]);
  });

  it('logs nothing of what came with a photo', async () => {
    const sent = post('/v1/effects?canary=CANARY1')
      .set('User-Agent', 'CANARY2')
      .set('X-Anything', 'CANARY3')
      .field('template', 'CANARY4')
      .field('consent', JSON.stringify({ ...JSON.parse(door.consent), subject: 'CANARY5' }))
      .attach('image', jpegLike(100), 'CANARY6.jpg');
    expect((await sent).status).toBe(404);
    expect(door.logged() + JSON.stringify(door.ledger.all)).not.toContain('CANARY');
  });
});
