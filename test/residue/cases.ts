import { eventually } from '../http/harness.ts';
import { auditorKey, type Service, type Upload, upload } from '../kit/service.ts';
import type { Canary } from './canaries.ts';
import { hidden } from './packs.ts';
import * as photos from './photos.ts';
import { abort, developing, endOf, filled, hold, photoFirst, photoTwice, raw, widened, withoutBooks } from './ways.ts';

/** One way that a photo can go. */
export interface Case {
  readonly name: string;
  readonly photo: () => Promise<Buffer>;
  /** Sends the canary that way. @returns what became of it; compared with `ends` */
  readonly go: (service: Service, canary: Canary) => Promise<string>;
  /** The code of the problem, or another end. */
  readonly ends: string;
}

const sent =
  (options: Upload = {}) =>
  async (service: Service, { file }: Canary) =>
    endOf(await upload(service, file, { template: 'astronaut', ...options }));

const refused = (code: string, photo: Case['photo'], options?: Upload): Case => ({ name: code, photo, go: sent(options), ends: code });

/** Answers that carry a picture or numbers. */
const successes: readonly Case[] = [
  ...(['image/jpeg', 'image/png', 'image/webp', 'image/avif'] as const).map(
    (accept): Case => ({ name: `done, ${accept}`, photo: photos.face, go: sent({ accept, template: 'sunglasses' }), ends: 'done' }),
  ),
  ...['astronaut', 'anime', 'chibi', 'low-poly', 'big-eyes', 'moon'].map(
    (template): Case => ({ name: `done, ${template}`, photo: photos.face, go: sent({ template }), ends: 'done' }),
  ),
  { name: 'done, landmarks', photo: photos.face, go: (service, { file }) => raw(service, file, { path: '/v1/landmarks' }), ends: 'done' },
];

/** Every refusal that can be brought about by what is sent. */
const refusals: readonly Case[] = [
  refused('no-face', photos.nobody),
  refused('too-many-faces', photos.crowd),
  refused('face-too-small', photos.small),
  refused('face-cut-off', photos.cutOff),
  refused('side-face', photos.aside),
  refused('too-dark', photos.dark),
  refused('overexposed', photos.bright),
  refused('blurred', photos.blurred),
  refused('occluded', photos.covered),
  refused('eyes-closed', photos.asleep),
  refused('poor-result', photos.face, { template: hidden }),
  { name: 'not-ready', photo: photos.face, go: (service, { file }) => withoutBooks(service, () => raw(service, file)), ends: 'not-ready' },
  refused('unauthorized', photos.face, { key: 'nobody' }),
  refused('forbidden', photos.face, { key: auditorKey }),
  refused('consent-required', photos.face, { consent: '{"granted":true}' }),
  refused('consent-outdated', photos.face, { consent: '{"notice":"old","granted":true,"age":"adult"}' }),
  refused('unknown-template', photos.face, { template: 'nothing' }),
  refused('invalid-params', photos.face, { params: { strength: -1 } }),
  {
    name: 'age-restricted',
    photo: photos.face,
    go: async (service, canary) => sent({ consent: JSON.stringify({ ...JSON.parse(service.consent), age: 'child' }) })(service, canary),
    ends: 'age-restricted',
  },
  {
    name: 'consent-required, after the photo',
    photo: photos.face,
    go: (service, { file }) => photoFirst(service, file, undefined),
    ends: 'consent-required',
  },
  {
    name: 'unknown-template, after the photo',
    photo: photos.face,
    go: (service, { file }) => photoFirst(service, file, 'nothing'),
    ends: 'unknown-template',
  },
  { name: 'malformed-request', photo: photos.face, go: (service, { file }) => photoTwice(service, file), ends: 'malformed-request' },
  {
    name: 'unsupported-image-type',
    photo: photos.face,
    go: (service, { file }) => raw(service, Uint8Array.from([...Buffer.from('GARBAGE!'), ...file])),
    ends: 'unsupported-image-type',
  },
  {
    name: 'unreadable-image',
    photo: photos.face,
    go: (service, { file }) => raw(service, file.slice(0, file.length >> 1)),
    ends: 'unreadable-image',
  },
  { name: 'image-too-large', photo: photos.face, go: (service, { file }) => raw(service, widened(file)), ends: 'image-too-large' },
  {
    name: 'upload-too-large',
    photo: photos.face,
    go: (service, { file }) => raw(service, filled(file, 25 << 20), { chunked: true }),
    ends: 'upload-too-large',
  },
];

/** Clients that go away. */
const departures: readonly Case[] = [
  ...[0.01, 0.5, 0.99].map(
    (part): Case => ({
      name: `aborted at ${100 * part} %`,
      photo: photos.face,
      go: (service, { file }) => abort(service, file, part),
      ends: 'gone',
    }),
  ),
  {
    name: 'cancelled while it is developed',
    photo: photos.face,
    async go(service, { file }) {
      const thaw = await hold(service);
      const controller = new AbortController();
      const answer = raw(service, file, { signal: controller.signal }).catch(() => 'gone');
      await developing(service);
      controller.abort();
      const end = await answer;
      thaw();
      return end;
    },
    ends: 'gone',
  },
];

export const ordinaryCases: readonly Case[] = [...successes, ...refusals, ...departures];

/** What a process does to a photo by dying. */
export const crashCases: readonly Case[] = [
  ...(['SIGKILL', 'SIGSEGV', 'SIGABRT'] as const).map(
    (signal): Case => ({
      name: `darkroom dies of ${signal}`,
      photo: photos.face,
      async go(service, { file }) {
        const thaw = await hold(service);
        const answer = upload(service, file, { template: 'astronaut' });
        await developing(service);
        for (const pid of service.processes().develop) process.kill(pid, signal);
        // A signal that is not SIGKILL waits until the process goes on.
        thaw();
        return endOf(await answer);
      },
      ends: 'internal',
    }),
  ),
  {
    name: 'receiver dies',
    photo: photos.face,
    async go(service, { file }) {
      const thaw = await hold(service);
      const answer = raw(service, file).catch(() => 'gone');
      await developing(service);
      for (const pid of service.processes().receiver) process.kill(pid, 'SIGKILL');
      const end = await answer;
      thaw();
      await eventually(async () => (await fetch(`${service.url}/readyz`).catch(() => undefined))?.ok === true, 'another receiver', 15_000);
      return end;
    },
    ends: 'gone',
  },
];

/** In a service with 3 seconds for a job, no place to wait and 2 photos a minute for a key. */
export const narrowCases: readonly Case[] = [
  {
    name: 'expired',
    photo: photos.face,
    async go(service, { file }) {
      const thaw = await hold(service);
      const end = await raw(service, file);
      thaw();
      return end;
    },
    ends: 'busy',
  },
  {
    name: 'busy',
    photo: photos.face,
    async go(service, canary) {
      const thaw = await hold(service);
      const first = raw(service, canary.file);
      await developing(service);
      const second = await raw(service, canary.file);
      thaw();
      await first;
      return second;
    },
    ends: 'busy',
  },
  { name: 'rate-limited', photo: photos.face, go: (service, { file }) => raw(service, file), ends: 'rate-limited' },
];
