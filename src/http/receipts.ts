import { Router } from 'express';
import { z } from 'zod';
import { receiptFileName, writeReceipt } from '../ledger/receipt.ts';
import { Problem } from '../problems.ts';
import * as calls from '../supervisor/calls.ts';
import { authorize } from './authorize.ts';
import type { Door } from './door.ts';

export const receiptPath = (job: string): string => `/v1/receipts/${job}`;

/** `GET /v1/receipts/ID`: for the app key that sent the photo, and for auditors. */
export function receiptRoutes(door: Door): Router {
  return Router().get('/v1/receipts/:job', async (request, response) => {
    const caller = authorize(door, request, 'app', 'auditor');
    const job = z.uuid().safeParse(request.params.job).data;
    if (job === undefined) throw new Problem('unknown-job');
    const app = caller.roles.has('app') ? caller.id : undefined;
    const answer = await door.supervisor.call(calls.receipt, { job, app, auditor: caller.roles.has('auditor') });
    if (answer.state === 'unknown') throw new Problem('unknown-job');
    response.set('Cache-Control', 'no-store');
    if (answer.state !== 'closed') {
      response.status(202).set('Retry-After', '1').json({ job, closed: false });
      return;
    }
    const text = writeReceipt(answer);
    // The text goes with this process; the bytes need not wait for that.
    answer.commitmentKey?.fill(0);
    response
      .set({ 'Content-Type': 'text/plain; charset=utf-8', 'Content-Disposition': `attachment; filename="${receiptFileName(job)}"` })
      .send(text);
  });
}
