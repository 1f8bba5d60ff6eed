import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { eventually } from '../http/harness.ts';
import { heicOf } from '../kit/heif.ts';
import { landscape, selfie } from '../kit/photos.ts';
import { pngOf } from '../kit/png.ts';
import { appKey, type Service, startService, upload } from '../kit/service.ts';

const templates = ['astronaut', 'flower-crown', 'moon', 'sunglasses'];

/** 100 million pixels in a few kilobytes. */
const bomb = async () => Uint8Array.from(pngOf(10_000, 10_000, deflateSync(Buffer.alloc(10_000 * 1251))));

describe('a photo on its way through a real service', () => {
  let service: Service;
  let photo: Uint8Array<ArrayBuffer>;
  beforeAll(async () => {
    service = await startService();
    photo = await selfie();
  });
  afterAll(async () => {
    await service.dispose();
  });
  const settled = () =>
    eventually(() => service.unbalanced().length === 0 && service.vault().length === 0, 'balanced books and an empty vault');
  const lastWhy = () => service.ledger().findLast((entry) => entry.ev === 'job.closed');

  it.each(templates)('becomes a picture with %s', async (template) => {
    const answer = await upload(service, photo, { template });
    expect(answer.status).toBe(200);
    const picture = Buffer.from(await answer.arrayBuffer());
    const meta = await sharp(picture).metadata();
    expect(meta.format).toBe('jpeg');
    expect(Math.max(meta.width, meta.height)).toBeGreaterThanOrEqual(800);
    expect([meta.exif, meta.icc, meta.iptc]).toEqual([undefined, undefined, undefined]);
    // The mark names the job where something was synthesized, and nobody ever.
    expect(meta.xmp?.includes(answer.headers.get('mayfly-job') ?? 'no job')).toBe(template === 'moon' ? undefined : true);
    expect(answer.headers.get('mayfly-quality')).toMatch(/^faces=\d+, score=0\.\d+/);
    await settled();
    expect(lastWhy()).toMatchObject({ why: 'done', proof: { unlinked: 2, darkroom: 'killed:SIGKILL' } });
  });

  it('comes in as the HEIC of a telephone', async () => {
    const heic = heicOf(await sharp(photo).resize(900).jpeg({ quality: 95 }).toBuffer());
    const answer = await upload(service, Uint8Array.from(heic), { template: 'sunglasses' });
    expect(answer.status).toBe(200);
    expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).format).toBe('jpeg');
  });

  it.each([
    ['image/png', 'png'],
    ['image/webp', 'webp'],
    ['image/avif', 'heif'],
  ])('comes back as %s where that is asked', async (accept, format) => {
    const answer = await upload(service, photo, { template: 'sunglasses', accept });
    expect(answer.headers.get('content-type')).toBe(accept);
    expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).format).toBe(format);
  });

  it('gives its landmarks in pixels of the upright photo', async () => {
    const { width, height } = await sharp(photo).metadata();
    const sideways = await sharp(photo).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
    const answer = await fetch(`${service.url}/v1/landmarks`, {
      method: 'POST',
      body: Uint8Array.from(sideways),
      headers: { Authorization: `Bearer ${appKey}`, 'Content-Type': 'image/jpeg', 'Mayfly-Consent': service.consent },
    });
    const { image, faces } = JSON.parse(await answer.text());
    expect(image).toEqual({ width, height });
    expect(faces).toHaveLength(3);
    const lefts = faces.map(({ box }: { box: { x: number } }) => box.x);
    expect(lefts).toEqual([...lefts].sort((a, b) => a - b));
    for (const face of faces) {
      expect(face.landmarks.scheme).toBe('ibug-68');
      expect(face.landmarks.points).toHaveLength(68);
    }
    await settled();
  });

  it('is as good as the others when many come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => upload(service, photo, { template: 'moon' })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    const bodies = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer()).toString('base64')));
    expect(new Set(bodies).size).toBe(1);
    await settled();
  });

  it.each([
    ['without a face', landscape, 'no-face'],
    ['that is cut short', async () => (await selfie()).slice(0, 20_000), 'unreadable-image'],
    ['with a header and nothing behind it', async () => Uint8Array.from(pngOf(100, 100)), 'unreadable-image'],
    [
      'that claims 40,000 by 40,000 pixels',
      async () => Uint8Array.from(pngOf(40_000, 40_000, deflateSync(Buffer.alloc(1000)))),
      'image-too-large',
    ],
    ['that is a bomb: few bytes, 100 million pixels', bomb, 'image-too-large'],
    [
      'that is noise behind the first bytes',
      async () => Uint8Array.from([0xff, 0xd8, 0xff, ...Array.from({ length: 9000 }, (_, i) => (i * 7919) % 256)]),
      'unreadable-image',
    ],
  ])('%s is refused', async (_what, make, code) => {
    const answer = await upload(service, await make());
    expect([answer.status, JSON.parse(await answer.text()).code]).toEqual([422, code]);
    await settled();
    expect(lastWhy()).toMatchObject({ why: 'refused' });
  });

  it('leaves a log that knows jobs and reasons only', async () => {
    for (const line of service.output().trim().split('\n')) {
      const { level, time, event, ...fields } = JSON.parse(line);
      expect([typeof level, typeof time, typeof event]).toEqual(['string', 'string', 'string']);
      const allowed = [
        'job',
        'why',
        'held_ms',
        'pid',
        'generation',
        'port',
        'version',
        'demo',
        'orphans',
        'open',
        'engine',
        'darkrooms',
        'receivers',
        'isolation',
      ];
      for (const name of Object.keys(fields)) expect(allowed).toContain(name);
    }
  });
});
