import { Router } from 'express';
import * as calls from '../supervisor/calls.ts';
import type { Door } from './door.ts';
import { openApi } from './openapi.ts';

/** What the service says of itself: health, readiness, the notice, its contract. All public. */
export function aboutRoutes(door: Door): Router {
  const { version, ...rest } = door.notice;
  const document = openApi();
  return Router()
    .get('/', (_request, response) => {
      response.json({ name: 'Mayfly', templates: '/v1/templates', notice: '/v1/notice', contract: '/openapi.json', ready: '/readyz' });
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
    .get('/openapi.json', (_request, response) => {
      response.json(document);
    });
}
