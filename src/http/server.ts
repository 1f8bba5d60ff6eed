import { createServer, type Server } from 'node:http';
import type { Express } from 'express';

/**
 * Node's own defaults wait 5 minutes for a body and look every 30 seconds. Here headers have 10 seconds, a whole request `requestMs`, and
 * slow ones are looked for every 2 seconds.
 */
export function createHttpServer(app: Express, requestMs: number): Server {
  const server = createServer(
    {
      headersTimeout: Math.min(10_000, requestMs),
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.min(2000, requestMs),
      keepAliveTimeout: 5000,
      maxHeaderSize: 16 * 1024,
    },
    app,
  );
  // `Expect: 100-continue` is answered by the route that wants the body, after admission: a refused photo never leaves the phone.
  server.on('checkContinue', app);
  server.on('checkExpectation', app);
  server.on('clientError', (_error, socket) => {
    if (!socket.writable) return socket.destroy();
    // Headers that cannot be parsed, or a request that took too long: there is no request to answer with a problem.
    socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return undefined;
  });
  return server;
}
