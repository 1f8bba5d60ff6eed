import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { type Duplex, duplexPair } from 'node:stream';
import type { Keys } from '../auth/keys.ts';
import { createHolds } from '../intake/holds.ts';
import { commitTo } from '../jobs/commitment.ts';
import * as calls from '../supervisor/calls.ts';
import { createLink, type Link, type Port } from '../supervisor/link.ts';
import { createMemoryVault } from '../vault/memory.ts';
import type { Vault } from '../vault/vault.ts';
import { createApp } from './app.ts';
import type { Door } from './door.ts';
import { createHttpServer } from './server.ts';

/** Uploads of each form, by turns. Milliseconds that they took: 13, 16, 6, 20, 4, 9, 3, 4, 4, 8 (Node 20.20). */
const rounds = 5;

/** Bytes of a photo: enough for several chunks. */
const photoBytes = 512 * 1024;

/**
 * A receiver lives for half a minute, so on a quiet service nearly every photo meets a new one. Before it takes connections it practises: uploads that no person
 * sent, through an app of its own, over a vault in memory, with a supervisor in memory that has an answer ready. Nothing of it reaches a port, a disk or the
 * books.
 * @returns how many of the uploads were answered with a result
 */
export async function rehearse({
  config,
  notice,
  templates,
  ledger,
}: Pick<Door, 'config' | 'notice' | 'templates' | 'ledger'>): Promise<number> {
  const [template] = templates;
  if (template === undefined) return 0;
  const vault = createMemoryVault();
  const anybody: Keys = { demo: false, find: () => ({ id: 'rehearsal', roles: new Set(['app']) }) };
  const silent = { count: () => undefined, flush: async () => undefined };
  const [supervisor, desk] = pair();
  answerAt(desk, vault);
  const app = createApp({
    ...{ config, notice, templates, vault, ledger, supervisor, keys: anybody, denials: silent },
    ...{ holds: createHolds(vault), log: { write: () => undefined } },
  });
  const server = createHttpServer(app, config.jobSeconds * 1000);
  const connect = (): Duplex => {
    const [near, far] = duplexPair();
    server.emit('connection', far);
    return near;
  };
  const consent = JSON.stringify({ notice: notice.version, granted: true, age: 'adult' });
  let answered = 0;
  for (let round = 0; round < rounds; round++) {
    const photo = Buffer.concat([jpegStart, randomBytes(photoBytes)]);
    if (await post(connect, { path: `/v1/effects?template=${template.id}`, type: 'image/jpeg', consent }, photo)) answered += 1;
    if (await post(connect, { path: '/v1/effects', type: `multipart/form-data; boundary=${boundary}`, consent }, form(template.id, photo)))
      answered += 1;
  }
  server.close();
  return answered;
}

/** What a JPEG begins with; nobody looks further here. */
const jpegStart = Buffer.from([0xff, 0xd8, 0xff, 0xe0]);
const boundary = 'rehearsal';

function form(template: string, photo: Buffer): Buffer {
  const part = (name: string, more = '') => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n`;
  const image = part('image', '; filename="selfie.jpg"\r\nContent-Type: image/jpeg');
  return Buffer.concat([Buffer.from(`${part('template')}${template}\r\n${image}`), photo, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

interface Head {
  readonly path: string;
  readonly type: string;
  readonly consent: string;
}

function post(connect: () => Duplex, { path, type, consent }: Head, body: Buffer): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: 'Bearer rehearsal',
      'Content-Type': type,
      'Content-Length': body.length,
      'Mayfly-Consent': consent,
      Connection: 'close',
    };
    const sending = request({ method: 'POST', path, headers, createConnection: connect }, (answer) => {
      answer
        .resume()
        .once('end', () => resolve(answer.statusCode === 200))
        .once('error', reject);
    });
    sending.once('error', reject).end(body);
  });
}

/** A supervisor that lets everybody in and has the same result for all. */
function answerAt(desk: Link, vault: Vault): void {
  const boot = randomUUID();
  desk.serve(calls.admit, async () => ({ job: randomUUID(), boot, deadline: 0 }));
  desk.serve(calls.submit, async ({ job, commitmentKey }) => {
    const body = randomBytes(photoBytes / 2);
    const sealing = await vault.seal({ job, role: 'out', deadline: 0, boot });
    await sealing.write(body);
    const result = { ...(await sealing.finish()), commitment: commitTo(commitmentKey, body) };
    return { result, mediaType: 'image/jpeg', timings: { decode: 0, faces: 0, effect: 0, encode: 0 }, quality: { faces: 1 }, wait: 0 };
  });
  desk.serve(calls.close, async ({ job }) => {
    for (const { name, label } of await vault.list()) if (label?.job === job) await vault.destroy(name);
    return {};
  });
}

/** Two ends of a channel inside this process. */
function pair(): readonly [Link, Link] {
  const listeners: [((message: unknown) => void)[], ((message: unknown) => void)[]] = [[], []];
  const port = (mine: 0 | 1): Port => ({
    send(message, sent) {
      const copy: unknown = structuredClone(message);
      sent?.();
      setImmediate(() => {
        for (const listener of listeners[1 - mine] ?? []) listener(copy);
      });
    },
    onMessage: (listener) => void listeners[mine].push(listener),
    onClose: () => undefined,
  });
  return [createLink(port(0)), createLink(port(1))];
}
