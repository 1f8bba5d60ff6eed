import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { appKey, type Service, upload } from '../kit/service.ts';

/** What a client has heard: whatever happens, the books must hold it. */
export interface Told {
  /** Of the answer to the upload; undefined where the connection broke. */
  readonly status?: number;
  readonly job?: string;
  /** The receipt's text, where it came. */
  readonly receipt?: string;
}

/** A client: sends a photo, and asks for its receipt. Never rejects. */
export async function visit(service: Service, photo: Uint8Array<ArrayBuffer>): Promise<Told> {
  let told: Told = {};
  try {
    const answer = await upload(service, photo);
    const job = answer.headers.get('mayfly-job');
    told = { status: answer.status, ...(job !== null && { job }) };
    await answer.arrayBuffer();
    if (job === null) return told;
    const receipt = await fetch(`${service.url}/v1/receipts/${job}`, {
      headers: { Authorization: `Bearer ${appKey}`, Connection: 'close' },
    });
    const text = await receipt.text();
    return receipt.status === 200 ? { ...told, receipt: text } : told;
  } catch {
    return told;
  }
}

/** The checkpoint that everybody could read at this moment; undefined before the first one. */
export function shownCheckpoint(dir: string): string | undefined {
  try {
    return readFileSync(join(dir, 'data/ledger/checkpoint'), 'utf8');
  } catch {
    return undefined;
  }
}
