import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { eventually } from '../http/harness.ts';
import { freeze } from '../kit/freeze.ts';
import { samplePhoto } from '../kit/photos.ts';
import { withPngChunk } from '../kit/png.ts';
import { countInMemory, descriptorsWith, filesWith } from '../kit/residue.ts';
import { appKey, type Service, startService, upload } from '../kit/service.ts';

/** A photo with two marks: random bytes in a segment of the file, and a pattern of 16 pixels that repeats over a corner of the picture. */
interface Canary {
  readonly file: Uint8Array<ArrayBuffer>;
  readonly bytes: Buffer;
  readonly pixels: Buffer;
}

const side = 128;

/** @param face whether somebody is in the picture; without one the photo is refused */
async function canary(face: boolean): Promise<Canary> {
  const bytes = randomBytes(24);
  const pixels = randomBytes(48);
  const patch = Buffer.concat(Array.from({ length: (side * side) / 16 }, () => pixels));
  const ground = face
    ? sharp(samplePhoto(1)).resize(1080, 1080, { fit: 'inside' })
    : sharp({ create: { width: 900, height: 700, channels: 3, background: '#88aacc' } });
  const png = await ground
    .composite([{ input: patch, raw: { width: side, height: side, channels: 3 }, left: 0, top: 0 }])
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
  // In a chunk that decoders pass over.
  return { file: Uint8Array.from(withPngChunk(png, 'maYf', Buffer.concat(Array.from({ length: 40 }, () => bytes)))), bytes, pixels };
}

jest.setTimeout(120_000);

describe('after a photo', () => {
  let service: Service;
  const canaries: Canary[] = [];
  beforeAll(async () => {
    service = await startService({ MAYFLY_RECEIVER_SECONDS: '2', MAYFLY_SWEEP_CRON: '*/2 * * * * *' });
  });
  afterAll(() => service.dispose());

  const all = () => Object.values(service.processes()).flat();
  const balanced = () => eventually(() => service.unbalanced().length === 0 && service.vault().length === 0, 'balance');
  const memory = (pids: readonly number[], marks: readonly Canary[]) => {
    const needles = marks.flatMap(({ bytes, pixels }) => [bytes, pixels]);
    return pids.reduce((sum, pid) => sum + countInMemory(pid, needles), 0);
  };

  it('the scanner finds what is there: pixels in a darkroom at work, a key in supervisor and receiver', async () => {
    const secret = [Buffer.from(appKey)];
    const { supervisor, receiver } = service.processes();
    for (const pid of [...supervisor, ...receiver]) expect(countInMemory(pid, secret)).toBeGreaterThan(0);
    let seen = 0;
    for (let round = 0; round < 12 && seen === 0; round++) {
      const one = await canary(true);
      canaries.push(one);
      await service.idle();
      const { develop } = service.processes();
      const answer = upload(service, one.file, { template: 'moon' });
      await eventually(() => service.unbalanced().length > 0, 'a job');
      // Early on a quick machine, late on a busy one.
      await new Promise((resolve) => setTimeout(resolve, 10 * 1.5 ** round));
      const thaw = freeze(develop);
      seen += memory(develop, [one]);
      thaw();
      expect((await answer).status).toBe(200);
    }
    expect(seen).toBeGreaterThan(0);
  });

  it('that was refused, cancelled or torn by a crash, the books balance', async () => {
    const refused = await canary(false);
    expect((await upload(service, refused.file)).status).toBe(422);

    const aborted = await canary(true);
    await abort(service, aborted.file);

    const crashed = await canary(true);
    await service.idle();
    freeze(service.processes().develop);
    const answer = upload(service, crashed.file);
    await eventually(() => service.vault().length > 0, 'a sealed photo');
    await new Promise((resolve) => setTimeout(resolve, 300));
    for (const pid of service.processes().develop) process.kill(pid, 'SIGKILL');
    expect((await answer).status).toBe(500);

    canaries.push(refused, aborted, crashed);
    await balanced();
    const whys = new Set(service.ledger().flatMap((entry) => (entry.ev === 'job.closed' ? [entry.why] : [])));
    expect(whys).toEqual(new Set(['done', 'refused', 'aborted', 'crash']));
  });

  it('nothing is left of it in any process once the generation has turned, nor in any file', async () => {
    const old = service.processes().receiver;
    await eventually(() => service.processes().receiver.every((pid) => !old.includes(pid)), 'the generation turned', 10_000);
    await balanced();
    expect(canaries.length).toBeGreaterThanOrEqual(4);
    const { supervisor, receiver, develop } = service.processes();
    const left = { supervisor: memory(supervisor, canaries), receiver: memory(receiver, canaries), develop: memory(develop, canaries) };
    expect(left).toEqual({ supervisor: 0, receiver: 0, develop: 0 });
    for (const needle of canaries.flatMap(({ bytes, pixels }) => [bytes, pixels])) {
      expect(filesWith(needle, [service.dir, '/dev/shm'])).toEqual([]);
      expect(all().flatMap((pid) => descriptorsWith(pid, needle))).toEqual([]);
    }
    for (const { bytes } of canaries) expect(service.output()).not.toContain(bytes.toString('latin1'));
  });
});

function abort(service: Service, file: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const sent = request(`${service.url}/v1/effects?template=moon`, {
      method: 'POST',
      agent: false,
      headers: {
        Authorization: `Bearer ${appKey}`,
        'Content-Type': 'image/png',
        'Content-Length': file.length,
        'Mayfly-Consent': service.consent,
      },
    });
    sent.once('error', () => resolve());
    sent.write(file.subarray(0, file.length - 1000), () => setTimeout(() => sent.destroy(), 100));
    sent.once('close', () => resolve());
  });
}
