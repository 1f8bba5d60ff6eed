import { Router } from 'express';
import { z } from 'zod';
import { Problem } from '../problems.ts';
import { drillState, drillWaits, startDrill } from '../supervisor/check-calls.ts';
import { authorize } from './authorize.ts';
import type { Door } from './door.ts';

/** `POST /v1/drills`: a marked photo goes through the service, and is looked for. `GET /v1/drills`: whether one runs, and what the last one found. */
export function drillRoutes(door: Door): Router {
  return Router()
    .post('/v1/drills', async (request, response) => {
      authorize(door, request, 'admin');
      const wait = z.enum(drillWaits).safeParse(request.query.wait ?? 'now');
      if (!wait.success) throw new Problem('invalid-params', undefined, { reasons: [`wait: expected ${drillWaits.join(' or ')}`] });
      const { report } = await door.supervisor.call(startDrill, { wait: wait.data });
      response.set('Cache-Control', 'no-store');
      // Who waits for the end of this generation cannot be answered by it.
      if (report === undefined) response.status(202).location('/v1/drills').json({ running: true });
      else response.json(report);
    })
    .get('/v1/drills', async (request, response) => {
      authorize(door, request, 'admin');
      response.set('Cache-Control', 'no-store').json(await door.supervisor.call(drillState, {}));
    });
}
