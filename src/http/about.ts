import { createHash } from 'node:crypto';
import { Router } from 'express';
import { noticePage, pageStyle } from '../policy/page.ts';
import * as calls from '../supervisor/calls.ts';
import type { Door } from './door.ts';
import { openApi } from './openapi.ts';

/** The page has one style and nothing else that could load or run. */
const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** What the service says of itself: health, readiness, the notice, its contract. All public. */
export function aboutRoutes(door: Door): Router {
  const { version, ...rest } = door.notice;
  const document = openApi();
  const page = noticePage(door.notice);
  return Router()
    .get('/', (_request, response) => {
      response.json({
        name: 'Mayfly',
        templates: '/v1/templates',
        notice: '/v1/notice',
        privacy: '/privacy',
        contract: '/openapi.json',
        ready: '/readyz',
      });
    })
    .get('/healthz', (_request, response) => {
      response.set('Cache-Control', 'no-store').json({ alive: true });
    })
    .get('/readyz', async (_request, response) => {
      const { ready, reasons } = await door.supervisor.call(calls.status, {});
      response
        .status(ready ? 200 : 503)
        .set('Cache-Control', 'no-store')
        .json({ ready, reasons });
    })
    .get('/v1/notice', (_request, response) => {
      response.json({ version, ...rest });
    })
    .get('/privacy', (_request, response) => {
      response.set({ 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': pagePolicy }).send(page);
    })
    .get('/openapi.json', (_request, response) => {
      response.json(document);
    });
}
