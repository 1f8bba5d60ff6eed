import { createHash } from 'node:crypto';
import { finished } from 'node:stream/promises';
import type { Request, Response } from 'express';
import type { Problem } from '../problems.ts';
import { receiptPath } from './receipts.ts';

/** How long a refused body is still read, so that a client that sends first and listens later hears the answer. */
const lingerMs = 2000;

/** Sends a problem, with the body of the request still on its way or not. */
export function sendProblem(request: Request, response: Response, thrown: Problem): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const { job } = thrown.fields;
  const problem = job === undefined ? thrown : thrown.with({ receipt: receiptPath(job) });
  if (job !== undefined) nameJob(response, job);
  const body = Buffer.from(JSON.stringify(problem));
  if (problem.fields.retryAfter !== undefined) response.setHeader('Retry-After', spread(problem.fields.retryAfter));
  if (problem.code === 'unauthorized') response.setHeader('WWW-Authenticate', 'Bearer');
  response
    .status(problem.status)
    .set({ 'Content-Type': 'application/problem+json', 'Content-Length': String(body.length), 'Cache-Control': 'no-store' });
  if (request.complete || !hasBody(request)) {
    response.end(body);
    return;
  }
  // The rest of the body is thrown away unseen, and the connection with it: closing now would reset it before the answer is read.
  response.setHeader('Connection', 'close');
  response.write(body);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, request.headers.expect === undefined ? lingerMs : 0);
  request.once('end', end).once('close', end).resume();
}

/** What every answer says about a job that was received, whatever became of it: which, and where its receipt is. */
export function nameJob(response: Response, job: string): void {
  response.setHeader('Mayfly-Job', job);
  response.setHeader('Link', `<${receiptPath(job)}>; rel="receipt"`);
}

/** Seconds to wait, up to twice what was asked for and three more: those who were refused together must not come back together. */
export function spread(seconds: number, random: () => number = Math.random): number {
  return Math.ceil(seconds + (seconds + 3) * random());
}

function hasBody(request: Request): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

/**
 * Sends bytes and overwrites them once the system has taken them.
 * @returns false when the client was gone first
 */
export async function sendBytes(response: Response, body: Buffer, headers: Readonly<Record<string, string>>): Promise<boolean> {
  response.set({
    ...headers,
    'Content-Length': String(body.length),
    'Repr-Digest': `sha-256=:${createHash('sha256').update(body).digest('base64')}:`,
    'Cache-Control': 'no-store',
  });
  try {
    response.end(body);
    await finished(response, { readable: false });
    return true;
  } catch {
    return false;
  } finally {
    body.fill(0);
  }
}
