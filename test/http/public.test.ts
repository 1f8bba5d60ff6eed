import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { problemCodes } from '../../src/problems.ts';
import { appKey, type Doorway, doorway, jpegLike } from './harness.ts';

describe('the public side of the door', () => {
  let door: Doorway;
  beforeAll(async () => {
    door = await doorway();
  });
  afterAll(() => door.close());
  const get = (path: string) => request(door.server).get(path);

  it('lists the templates with a JSON Schema of their parameters', async () => {
    const { body } = await get('/v1/templates');
    expect(body.templates.map(({ id }: { id: string }) => id)).toEqual(['glasses', 'mask']);
    expect((await get('/v1/templates/glasses')).body).toMatchObject({
      id: 'glasses',
      kind: 'sticker',
      slots: 1,
      parameters: { type: 'object', properties: { size: {} } },
    });
    expect((await get('/v1/templates/..%2f..%2fetc')).body.code).toBe('unknown-template');
    expect((await get('/v1/templates/glasses/preview')).status).toBe(404);
  });

  it('is alive, and ready or not with the reasons', async () => {
    expect((await get('/healthz')).body).toEqual({ alive: true });
    expect((await get('/readyz')).body).toEqual({ ready: true, reasons: [] });
    door.faults.refuse = ['no-darkroom'];
    const { status, body } = await get('/readyz');
    expect([status, body]).toEqual([503, { ready: false, reasons: ['no-darkroom'] }]);
    door.faults.refuse = [];
  });

  it('tells the notice in force and the version that consent must name', async () => {
    const { body } = await get('/v1/notice');
    expect(body).toMatchObject({
      version: JSON.parse(door.consent).notice,
      retention: { photo: 30, result: 90, memory: 135 },
      recipients: [],
    });
  });

  it('tells the notice as a page that can load and run nothing but its own style', async () => {
    const { text, headers } = await get('/privacy');
    expect(headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
    const style = createHash('sha256')
      .update(/<style>([\s\S]*)<\/style>/.exec(text)?.[1] ?? '')
      .digest('base64');
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(text).toContain(JSON.parse(door.consent).notice);
  });

  it('describes its contract: every route, every problem, every kind of template', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining([
        '/v1/effects',
        '/v1/landmarks',
        '/v1/templates/{id}',
        '/v1/notice',
        '/v1/receipts/{job}',
        '/v1/ledger/entries',
        '/ledger/checkpoint',
        '/ledger/vkey',
        '/privacy',
      ]),
    );
    expect(body.components.schemas.Problem.properties.code.enum).toEqual([...problemCodes]);
    const text = JSON.stringify(body);
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(body.components.schemas).toHaveProperty([name ?? '']);
  });

  it('answers anything else with a problem, and shows its makers to nobody', async () => {
    const answer = await get('/wp-login.php');
    expect([answer.status, answer.body.code, answer.headers['x-powered-by']]).toEqual([404, 'unknown-page', undefined]);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect((await get('/%E0%A4%A')).body.code).toMatch(/malformed-request|unknown-page/);
  });

  it('finds landmarks in one image, without a template', async () => {
    const post = () => request(door.server).post('/v1/landmarks').set('Authorization', `Bearer ${appKey}`).field('consent', door.consent);
    const twice = await post().attach('image', jpegLike(50), 'a.jpg').attach('image', jpegLike(50), 'b.jpg');
    expect([twice.status, twice.body.code]).toEqual([400, 'malformed-request']);
    const template = await post().field('template', 'glasses').attach('image', jpegLike(50), 'a.jpg');
    expect([template.status, template.body.code]).toEqual([400, 'malformed-request']);
    const scheme = await request(door.server)
      .post('/v1/landmarks?scheme=dlib-5')
      .set('Authorization', `Bearer ${appKey}`)
      .field('consent', door.consent)
      .attach('image', jpegLike(50), 'a.jpg');
    expect([scheme.status, scheme.body.code]).toEqual([400, 'invalid-params']);
  });
});
