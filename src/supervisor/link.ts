import { z } from 'zod';
import { asProblem, Problem, type ProblemCode, problemCodes, problemFieldsSchema } from '../problems.ts';

/**
 * Typed calls between two processes. Both ends check every message against the same schema; a message that does not fit is dropped, and
 * what cannot be answered is answered with a Problem.
 */

/** One end of an IPC channel: `process` in a child, a ChildProcess or a cluster Worker in the parent. */
export interface Port {
  /** @param sent called once the message needs nothing of this process's memory any more: it has been written, or is lost */
  send(message: unknown, sent?: () => void): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once when the other process is gone. */
  onClose(listener: () => void): void;
}

export interface Call<Request, Reply> {
  readonly name: string;
  readonly request: z.ZodType<Request>;
  readonly reply: z.ZodType<Reply>;
}

export function defineCall<Request, Reply>(name: string, request: z.ZodType<Request>, reply: z.ZodType<Reply>): Call<Request, Reply> {
  return { name, request, reply };
}

export interface Link {
  /** Rejects with the other side's Problem, or with `internal` when the other process is gone or answers out of form. */
  call<Request, Reply>(call: Call<Request, Reply>, body: Request): Promise<Reply>;
  /** @param sent called with the reply when it has left, or never will: whatever must not outlive it is overwritten there */
  serve<Request, Reply>(call: Call<Request, Reply>, answer: (body: Request) => Promise<Reply>, sent?: (reply: Reply) => void): void;
}

const isProblemCode = (code: string): code is ProblemCode => problemCodes.some((known) => known === code);

const messageSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('call'), id: z.int(), name: z.string(), body: z.unknown() }),
  z.strictObject({ kind: z.literal('reply'), id: z.int(), body: z.unknown() }),
  z.strictObject({
    kind: z.literal('fault'),
    id: z.int(),
    code: z.string(),
    detail: z.string(),
    fields: problemFieldsSchema,
  }),
]);

export function createLink(port: Port): Link {
  const pending = new Map<number, { settle(body: unknown): void; fail(problem: Problem): void }>();
  const served = new Map<string, (body: unknown) => Promise<{ reply: unknown; sent: () => void }>>();
  let lastId = 0;
  let gone = false;

  port.onClose(() => {
    gone = true;
    for (const { fail } of pending.values()) fail(new Problem('internal'));
    pending.clear();
  });

  port.onMessage((raw) => {
    const parsed = messageSchema.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.kind === 'call') {
      void answer(message.id, message.name, message.body);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === 'reply') waiting?.settle(message.body);
    else waiting?.fail(new Problem(isProblemCode(message.code) ? message.code : 'internal', message.detail, message.fields));
  });

  async function answer(id: number, name: string, body: unknown): Promise<void> {
    try {
      const handler = served.get(name);
      if (handler === undefined) throw new Problem('internal');
      const { reply, sent } = await handler(body);
      if (gone) sent();
      else port.send({ kind: 'reply', id, body: reply }, sent);
    } catch (error) {
      const { code, message, fields } = asProblem(error);
      if (!gone) port.send({ kind: 'fault', id, code, detail: message, fields });
    }
  }

  return {
    call(call, body) {
      return new Promise((resolve, reject) => {
        if (gone) return reject(new Problem('internal'));
        const id = ++lastId;
        pending.set(id, {
          settle(reply) {
            const parsed = call.reply.safeParse(reply);
            if (parsed.success) resolve(parsed.data);
            else reject(new Problem('internal'));
          },
          fail: reject,
        });
        port.send({ kind: 'call', id, name: call.name, body });
      });
    },
    serve(call, handler, sent) {
      served.set(call.name, async (body) => {
        const reply = await handler(call.request.parse(body));
        return { reply, sent: () => sent?.(reply) };
      });
    },
  };
}
