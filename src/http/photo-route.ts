import type { Request, RequestHandler, Response } from 'express';
import type { Held } from '../intake/held.ts';
import { receiveMultipart, type UploadFields } from '../intake/multipart.ts';
import { receiveRaw } from '../intake/raw.ts';
import { type Allowance, tooLarge } from '../intake/seal-photo.ts';
import type { Task } from '../jobs/task.ts';
import type { CloseReason } from '../ledger/entry.ts';
import { checkConsent } from '../policy/consent.ts';
import { Problem } from '../problems.ts';
import * as calls from '../supervisor/calls.ts';
import { vaultProblem } from '../vault/problem.ts';
import { authorize } from './authorize.ts';
import type { Door } from './door.ts';
import { nameJob, sendBytes, sendProblem } from './reply.ts';
import { dictionary, serverTiming } from './structured-fields.ts';

/** Boundaries, headers of parts and text fields of a multipart body. */
const envelopeBytes = 64 * 1024;

/**
 * What a route makes of an upload's fields.
 * @param photos how many came; undefined while they are still on their way
 * @throws Problem
 */
export type Plan = (request: Request, fields: UploadFields, photos: number | undefined) => Task;

/**
 * The way of a photo through a receiver, the same for every call that takes one:
 * key, declared length, consent and plan as far as they are known, admission, body into the vault, darkroom, result out of the vault, end.
 */
export function photoRoute(door: Door, plan: Plan): RequestHandler {
  return async (request, response) => {
    const caller = authorize(door, request, 'app');
    const form = bodyForm(request, door.config.maxBytes);
    if (form === 'raw') checkConsent(consentOf(request, {}), door.notice);
    if (form === 'raw') plan(request, queryFields(request), 1);

    const ticket = await door.supervisor.call(calls.admit, { key: caller.id });
    const held = door.holds.hold(ticket);
    nameJob(response, ticket.job);
    const gone = () => {
      if (!response.writableFinished) void door.supervisor.call(calls.close, { job: ticket.job, why: 'cancelled' }).catch(() => undefined);
    };
    let why: CloseReason = 'failed';
    let submitted = false;
    try {
      // Gone while the books were written: the body would never end, nor say so.
      if (request.destroyed) throw new Problem('gone');
      const begun = performance.now();
      if (request.headers.expect !== undefined) response.writeContinue();
      const fields = await Promise.race([receive(door, plan, request, response, held, form), overdue(held)]);
      checkConsent(consentOf(request, fields), door.notice);
      const task = plan(request, fields, held.photos.length);
      response.once('close', gone);
      if (response.destroyed) throw new Problem('gone');
      const receiveMs = performance.now() - begun;

      const commitments = held.commitments();
      if (commitments === undefined) throw new Problem('internal');
      submitted = true;
      const photos = [...held.photos];
      const done = await door.supervisor.call(calls.submit, { job: ticket.job, photos, commitmentKey: commitments.key, task });
      const body = await door.vault.open(done.result.id, done.result.key).finally(() => done.result.key.fill(0));
      held.onRelease(() => {
        // The result has waited too long for its reader.
        if (!response.writableFinished) response.destroy();
      });
      const { decode, faces, effect, encode } = done.timings;
      const sent = await sendBytes(response, body, {
        'Content-Type': done.mediaType,
        'Mayfly-Quality': dictionary(done.quality),
        'Server-Timing': serverTiming({ receive: receiveMs, wait: done.wait, decode, faces, effect, encode }),
      });
      why = sent ? 'done' : 'cancelled';
    } catch (error) {
      const problem = vaultProblem(error).with({ job: ticket.job });
      why = reasonOf(problem, request);
      if (problem.code === 'internal') door.log.write('error', 'request.failed', { job: ticket.job, route: request.path });
      sendProblem(request, response, problem);
    } finally {
      response.off('close', gone);
      // The desk has everybody who holds something release it, this process too; the second release is for a desk that is gone.
      const commitments = submitted ? undefined : held.commitments();
      await door.supervisor
        .call(calls.close, {
          job: ticket.job,
          why,
          ...(commitments && { commitments: { ...commitments, photos: [...commitments.photos] } }),
        })
        .catch(() => undefined);
      await door.holds.release(ticket.job);
    }
  };
}

/** Rejects when the supervisor takes the job away: a body that has stalled would never tell. */
function overdue(held: Held): Promise<never> {
  const taken = new Promise<never>((_resolve, reject) =>
    held.onRelease(() => reject(new Problem('gone', 'The job has ended before its upload did'))),
  );
  taken.catch(() => undefined);
  return taken;
}

/** @throws Problem for a body of another kind, or one that declares itself too long */
function bodyForm(request: Request, maxBytes: number): 'multipart' | 'raw' {
  const type = request.headers['content-type'] ?? '';
  const multipart = /^multipart\/form-data *;/i.test(type);
  if (!multipart && !/^image\//i.test(type)) {
    throw new Problem('unsupported-image-type', 'Send multipart/form-data with a part "image", or the image itself as image/*');
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBytes + (multipart ? envelopeBytes : 0)) throw tooLarge(maxBytes);
  return multipart ? 'multipart' : 'raw';
}

async function receive(
  door: Door,
  plan: Plan,
  request: Request,
  response: Response,
  held: Held,
  form: 'multipart' | 'raw',
): Promise<UploadFields> {
  const { maxBytes } = door.config;
  const allowance: Allowance = { left: maxBytes, total: maxBytes };
  if (form === 'raw') {
    await receiveRaw(request, held, allowance);
    return queryFields(request);
  }
  return receiveMultipart(request, response, held, allowance, (fields) => {
    // Whatever came before the photo is checked before the photo is stored.
    const consent = consentOf(request, fields);
    if (consent !== undefined) checkConsent(consent, door.notice);
    if (fields.template !== undefined) plan(request, fields, undefined);
  });
}

function consentOf(request: Request, fields: UploadFields): string | undefined {
  return fields.consent ?? request.get('Mayfly-Consent');
}

function queryFields(request: Request): UploadFields {
  const { template, params } = request.query;
  return { ...(typeof template === 'string' && { template }), ...(typeof params === 'string' && { params }) };
}

function reasonOf(problem: Problem, request: Request): CloseReason {
  if (request.destroyed && !request.complete) return 'aborted';
  return problem.code === 'internal' ? 'failed' : 'refused';
}
