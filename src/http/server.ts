import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

/** What a request may take beyond the deadline of its job, so that the job's own answer comes first. */
const graceMs = 5000;

/**
 * Node's own defaults wait 5 minutes for a body and look every 30 seconds. Here headers have 10 seconds, a whole request little more than its
 * job, and slow ones are looked for every 2 seconds.
 */
export function createHttpServer(app: Express, jobMs: number): Server {
  const server = createServer(
    {
      headersTimeout: Math.min(10_000, jobMs),
      requestTimeout: jobMs + graceMs,
      connectionsCheckingInterval: Math.min(2000, jobMs),
      keepAliveTimeout: 5000,
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  // `Expect: 100-continue` is answered by the route that wants the body, after admission: a refused photo never leaves the phone.
  server.on('checkContinue', app);
  server.on('checkExpectation', app);
  server.on('clientError', (error: Error & { code?: string }, socket) => {
    // There is no request to answer with a problem: its headers cannot be parsed, are too long, or it took too long.
    if (socket.writable) socket.end(`HTTP/1.1 ${statusOf(error.code)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
    else socket.destroy();
  });
  return server;
}

function statusOf(code: string | undefined): string {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return '408 Request Timeout';
  if (code === 'HPE_HEADER_OVERFLOW') return '431 Request Header Fields Too Large';
  return '400 Bad Request';
}
