import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import { asProblem, Problem } from '../problems.ts';
import { aboutRoutes } from './about.ts';
import type { Door } from './door.ts';
import { drillRoutes } from './drills.ts';
import { effectRoutes } from './effects.ts';
import { landmarkRoutes } from './landmarks.ts';
import { ledgerRoutes } from './ledger.ts';
import { receiptRoutes } from './receipts.ts';
import { sendProblem } from './reply.ts';
import { templateRoutes } from './templates.ts';

/** The HTTP contract, whole. Routes hold no rules of their own: they parse, call, answer. */
export function createApp(door: Door): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  // Nothing here is a page that loads or frames anything. Apps on other origins may show a preview.
  const contentSecurityPolicy = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } };
  app.use(helmet({ contentSecurityPolicy, crossOriginResourcePolicy: { policy: 'cross-origin' } }));
  app.use(aboutRoutes(door), templateRoutes(door), effectRoutes(door), landmarkRoutes(door), drillRoutes(door));
  app.use(receiptRoutes(door), ledgerRoutes(door));
  app.use(() => {
    throw new Problem('unknown-page');
  });
  const onError: ErrorRequestHandler = (error, request, response, _next) => {
    const problem = asClientFault(error) ?? asProblem(error);
    if (problem.code === 'internal') door.log.write('error', 'request.failed', { code: problem.code });
    sendProblem(request, response, problem);
  };
  app.use(onError);
  return app;
}

/** Express throws its own errors for a path that cannot be decoded and the like; they carry a status below 500. */
function asClientFault(error: unknown): Problem | undefined {
  if (error instanceof Problem || !(error instanceof Error) || !('status' in error)) return undefined;
  return typeof error.status === 'number' && error.status < 500 ? new Problem('malformed-request') : undefined;
}
