import { request } from 'node:http';
import { appKey, type Service } from '../test/kit/service.ts';
import type { Photo } from './photos.ts';
import { type Kind, type Steps, templateOf } from './results.ts';

export interface Answer {
  /** From opening the connection to the last byte of the answer. */
  readonly ms: number;
  readonly steps: Steps;
  readonly bytes: number;
}

/**
 * Sends one photo as a phone does: over a connection of its own, as a raw body.
 * @throws Error when the answer is anything but a result made of a face
 */
export async function send(service: Service, kind: Kind, photo: Photo): Promise<Answer> {
  const path = kind === 'landmarks' ? '/v1/landmarks' : `/v1/effects?template=${templateOf[kind]}`;
  const begun = performance.now();
  const { status, headers, body } = await post(service, path, photo.body);
  const ms = performance.now() - begun;
  if (status !== 200) throw new Error(`${kind} at ${photo.megapixels} MP was answered with ${status}: ${body.toString().slice(0, 300)}`);
  if (!/\bfaces=[1-9]/.test(headers['mayfly-quality'] ?? '')) throw new Error(`${kind} at ${photo.megapixels} MP found no face`);
  return { ms, steps: stepsOf(headers['server-timing'] ?? '', ms), bytes: body.length };
}

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function post(service: Service, path: string, body: Buffer): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${appKey}`,
      'Content-Type': 'image/jpeg',
      'Content-Length': body.length,
      'Mayfly-Consent': service.consent,
    };
    const outgoing = request(`${service.url}${path}`, { method: 'POST', agent: false, headers }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.once('error', reject);
      incoming.once('end', () => {
        const entries = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
        resolve({ status: incoming.statusCode ?? 0, headers: Object.fromEntries(entries), body: Buffer.concat(chunks) });
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

/** @param ms the whole, of which the steps are parts */
function stepsOf(serverTiming: string, ms: number): Steps {
  const told = new Map([...serverTiming.matchAll(/([a-z]+);dur=([\d.]+)/g)].map(([, name, dur]) => [name, Number(dur)]));
  const of = (name: string) => told.get(name) ?? 0;
  const known = [...told.values()].reduce((sum, value) => sum + value, 0);
  return {
    receive: of('receive'),
    wait: of('wait'),
    decode: of('decode'),
    faces: of('faces'),
    effect: of('effect'),
    encode: of('encode'),
    rest: Math.max(0, ms - known),
  };
}
