import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { eventually } from '../http/harness.ts';
import { freeze } from '../kit/freeze.ts';
import { appKey, type Service } from '../kit/service.ts';

/** Ways to send a photo, and to be rude about it. Each tells how it ended: `done`, the code of the problem, or `gone`. */

/** Stops the darkrooms where they are, when all are ready. */
export async function hold(service: Service): Promise<() => void> {
  await service.idle();
  return freeze(service.processes().develop);
}

/** A photo is whole in the vault, and its order at a darkroom that stands still. */
export async function developing(service: Service): Promise<void> {
  await eventually(() => service.vault().length > 0, 'a sealed photo', 10_000);
  await new Promise((resolve) => setTimeout(resolve, 300));
}

/** While the ledger has lost its tiles nothing can be written into it; then they are back, and the service knows. */
export async function withoutBooks(service: Service, send: () => Promise<string>): Promise<string> {
  await service.idle();
  const tiles = join(service.dir, 'data/ledger/tile');
  renameSync(tiles, `${tiles}.away`);
  writeFileSync(tiles, 'in the way');
  try {
    return await send();
  } finally {
    rmSync(tiles);
    renameSync(`${tiles}.away`, tiles);
    await eventually(async () => (await fetch(`${service.url}/readyz`)).ok, 'the books written again', 60_000);
  }
}

export async function endOf(answer: Response): Promise<string> {
  if (answer.ok) {
    await answer.arrayBuffer();
    return 'done';
  }
  const problem: unknown = await answer.json();
  return typeof problem === 'object' && problem !== null && 'code' in problem ? String(problem.code) : `status ${answer.status}`;
}

interface Raw {
  readonly path?: string;
  /** Without a declared length. */
  readonly chunked?: boolean;
  readonly signal?: AbortSignal;
}

/** The photo as the body. */
export async function raw(service: Service, file: Uint8Array<ArrayBuffer>, { path, chunked, signal }: Raw = {}): Promise<string> {
  const answer = await fetch(`${service.url}${path ?? '/v1/effects?template=astronaut'}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${appKey}`, Connection: 'close', 'Content-Type': 'image/png', 'Mayfly-Consent': service.consent },
    ...(chunked ? { body: new Blob([file]).stream(), duplex: 'half' } : { body: file }),
    ...(signal && { signal }),
  });
  return endOf(answer);
}

/** The photo comes before the fields that say whether it may. */
export function photoFirst(service: Service, file: Uint8Array<ArrayBuffer>, template: string | undefined): Promise<string> {
  const form = new FormData();
  form.set('image', new Blob([file]), 'selfie.png');
  if (template !== undefined) form.set('consent', service.consent);
  form.set('template', template ?? 'astronaut');
  return sendForm(service, form);
}

/** More images than anybody takes. */
export function photoTwice(service: Service, file: Uint8Array<ArrayBuffer>): Promise<string> {
  const form = new FormData();
  form.set('consent', service.consent);
  for (let i = 0; i < 2; i++) form.append('image', new Blob([file]), 'selfie.png');
  return sendForm(service, form, '/v1/landmarks');
}

async function sendForm(service: Service, body: FormData, path = '/v1/effects'): Promise<string> {
  const headers = { Authorization: `Bearer ${appKey}`, Connection: 'close' };
  return endOf(await fetch(`${service.url}${path}`, { method: 'POST', headers, body }));
}

/** Breaks off after a part of the body. */
export function abort(service: Service, file: Uint8Array, part: number): Promise<string> {
  return new Promise((resolve) => {
    const headers = {
      Authorization: `Bearer ${appKey}`,
      'Content-Type': 'image/png',
      'Content-Length': file.length,
      'Mayfly-Consent': service.consent,
    };
    const sending = request(`${service.url}/v1/effects?template=astronaut`, { method: 'POST', agent: false, headers });
    sending.once('error', () => undefined).once('close', () => resolve('gone'));
    sending.write(file.subarray(0, Math.ceil(file.length * part)), () => setTimeout(() => sending.destroy(), 100));
  });
}

/** A PNG that says in its header that it is 200,000 pixels wide. */
export function widened(file: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = Buffer.from(file);
  copy.writeUInt32BE(200_000, 16);
  copy.writeUInt32BE(crc32(copy.subarray(12, 29)), 29);
  return Uint8Array.from(copy);
}

/** The file again and again, up to a length. */
export function filled(file: Uint8Array, length: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(length);
  for (let at = 0; at < length; at += file.length) out.set(file.subarray(0, Math.min(file.length, length - at)), at);
  return out;
}
