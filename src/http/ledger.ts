import { type Response, Router } from 'express';
import { z } from 'zod';
import { eventNames } from '../ledger/entry.ts';
import { type Bound, between, parseBound } from '../ledger/period.ts';
import { type Selection, selectEntries } from '../ledger/select.ts';
import { stretchOf } from '../ledger/stretch.ts';
import { isLogPath } from '../ledger/tile.ts';
import { Problem } from '../problems.ts';
import { authorize } from './authorize.ts';
import type { Door } from './door.ts';

/** Entries on a page, at most and where nothing is said. */
export const mostEntries = 1000;
export const usualEntries = 200;
/** Entries that are looked at for one page: a search through a long log goes over several. */
const mostSeen = 20_000;

const bound = (end: boolean) =>
  z
    .string()
    .transform((text) => parseBound(text, end))
    .refine(
      (parsed): parsed is Bound => parsed !== undefined,
      'expected 2026-11, 2026-11-22, 2026-11-22T08:00:00Z or the place of an entry',
    );

const entriesQuery = z.strictObject({
  from: bound(false).optional(),
  to: bound(true).optional(),
  job: z.uuid().optional(),
  event: z.enum(eventNames).optional(),
  limit: z.coerce.number().int().min(1).max(mostEntries).default(usualEntries),
  /** From this place on: the page before gave it, in `next`. */
  at: z.coerce.number().int().nonnegative().optional(),
});

/** The books for reading: the log's own files, and entries page by page. Receivers only read; the supervisor alone writes. */
export function ledgerRoutes(door: Door): Router {
  const read = async (path: string): Promise<Buffer> => {
    const bytes = isLogPath(path) ? await door.ledger.read(path) : undefined;
    if (bytes === undefined) throw new Problem('unknown-page', 'The ledger has no such file');
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  };
  return Router()
    .get('/ledger/vkey', async (_request, response) => sendText(response, await read('vkey')))
    .get('/ledger/checkpoint', async (request, response) => {
      authorize(door, request, 'auditor');
      sendText(response, await read('checkpoint'));
    })
    .get('/ledger/handover/:key', async (request, response) => {
      authorize(door, request, 'auditor');
      sendText(response, await read(request.path.slice('/ledger/'.length)));
    })
    .get('/ledger/tile/*path', async (request, response) => {
      authorize(door, request, 'auditor');
      const path = request.path.slice('/ledger/'.length);
      const bytes = await read(path);
      // A full tile never changes. A partial one does not either, but it is dropped when the full one is there.
      const lasting = path.includes('.p/') ? 'no-store' : 'private, max-age=31536000, immutable';
      response.set({ 'Content-Type': 'application/octet-stream', 'Cache-Control': lasting }).send(bytes);
    })
    .get('/v1/ledger/entries', async (request, response) => {
      authorize(door, request, 'auditor');
      const query = entriesQuery.safeParse({ ...request.query });
      if (!query.success) {
        const reasons = query.error.issues.map(({ path, message }) => `${path.join('.') || 'query'}: ${message}`);
        throw new Problem('malformed-request', 'A parameter of the query is not valid', { reasons });
      }
      const { entries, next } = await readPage(door, query.data);
      const target = next === undefined ? undefined : nextUrl(request.originalUrl, next);
      if (target !== undefined) response.set('Link', `<${target}>; rel="next"`);
      response.set('Cache-Control', 'no-store').json({ entries, ...(target !== undefined && { next: target }) });
    });
}

function sendText(response: Response, bytes: Buffer): void {
  response.set({ 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }).send(bytes);
}

/** One page, and the place where the next one begins; undefined behind the last entry. A page may be empty and have a next one. */
async function readPage({ ledger }: Door, { from, to, job, event, limit, at }: z.infer<typeof entriesQuery>) {
  const selection: Selection = { ...between(from, to), job, event };
  const stretch = await stretchOf(ledger);
  const begin = Math.max(at ?? 0, selection.from ?? 0, stretch.first);
  const last = Math.min(selection.to ?? stretch.size, stretch.size);
  const end = Math.min(last, begin + mostSeen);
  const entries: object[] = [];
  for await (const { index, entry } of selectEntries(ledger, stretch, { ...selection, from: begin, to: end })) {
    entries.push({ index, entry });
    if (entries.length === limit) return { entries, next: index + 1 };
  }
  return { entries, next: end < last ? end : undefined };
}

function nextUrl(url: string, at: number): string {
  const [path = '', query] = url.split('?');
  const params = new URLSearchParams(query);
  params.set('at', String(at));
  return `${path}?${params}`;
}
