import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { sendCanary } from '../supervisor/check-calls.ts';
import { loadTemplates, samplePath } from '../templates/load.ts';
import { canaryOf } from './canary.ts';
import type { Marks } from './marks.ts';

/** The drawn sample face with the marks of this drill: no person's photo. @throws Error where the packs were not baked */
export async function drawCanary(templatesDir: string, marks: Marks): Promise<Buffer> {
  return canaryOf(await readFile(samplePath(templatesDir)), marks);
}

/** Sends a canary as any app would, over HTTP, and reads the answer to its end. */
export async function send(
  templatesDir: string,
  canary: Buffer,
  { url, secret, notice }: z.infer<typeof sendCanary.request>,
): Promise<z.infer<typeof sendCanary.reply>> {
  const templates = (await loadTemplates(templatesDir)).filter(({ slots }) => slots === 1);
  // On a sticker's result the marked corner is still there.
  const template = templates.find(({ kind }) => kind === 'sticker') ?? templates[0];
  const answer = await fetch(`${url}/v1/effects?template=${template?.id ?? ''}`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${secret}`,
      Connection: 'close',
      'Content-Type': 'image/png',
      'Mayfly-Consent': JSON.stringify({ notice, granted: true, age: 'adult' }),
      Accept: 'image/png',
    },
    body: Uint8Array.from(canary),
  });
  await answer.arrayBuffer();
  const job = z.uuid().safeParse(answer.headers.get('Mayfly-Job'));
  return { status: answer.status, ...(job.success && { job: job.data }) };
}
