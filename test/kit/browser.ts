import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file that the page may ask for. */
export interface Asset {
  readonly type: string;
  readonly body: string | Buffer;
}

/**
 * Opens a page in a real browser, Chromium without a window, and waits for what its script sends by `POST /answer`.
 * @param assets by path; `/` is the page
 * @returns the JSON that was sent
 * @throws Error when there is no answer within a minute: the browser was ended then, or ended by itself
 */
export async function answerOfPage(assets: Readonly<Record<string, Asset>>): Promise<unknown> {
  const profile = mkdtempSync(join(tmpdir(), 'mayfly-browser-'));
  let answered = (_text: string) => {};
  const answer = new Promise<string>((resolve) => {
    answered = resolve;
  });
  const server = createServer((request, response) => {
    if (request.method === 'POST') {
      void textOf(request).then(answered);
      response.end();
      return;
    }
    const asset = assets[request.url ?? ''];
    response.writeHead(asset === undefined ? 404 : 200, { 'Content-Type': asset?.type ?? 'text/plain' }).end(asset?.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  // Tests may run as root, and in containers whose /dev/shm is small; what a browser sends home has no place in them.
  const surroundings = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', `--user-data-dir=${profile}`];
  const silence = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = spawn('chromium', ['--headless', ...surroundings, ...silence, `http://127.0.0.1:${port}/`], { stdio: 'ignore' });
  const ended = once(browser, 'exit');
  const late = setTimeout(() => browser.kill('SIGKILL'), 60_000);
  try {
    return JSON.parse(await Promise.race([answer, ended.then(([code]) => Promise.reject(new Error(`Chromium ended with ${code}`)))]));
  } finally {
    clearTimeout(late);
    browser.kill('SIGKILL');
    await ended;
    server.closeAllConnections();
    server.close();
    // Its helpers may still be writing.
    rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
