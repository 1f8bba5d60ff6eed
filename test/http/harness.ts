import type { Server } from 'node:http';
import { join } from 'node:path';
import { loadKeys } from '../../src/auth/keys.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createApp } from '../../src/http/app.ts';
import { createDenials } from '../../src/http/denials.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createHolds } from '../../src/intake/holds.ts';
import { createReceipts } from '../../src/jobs/receipts.ts';
import type { Denial } from '../../src/ledger/entry.ts';
import { createLog } from '../../src/observe/log.ts';
import { noticeOf } from '../../src/policy/notice.ts';
import * as calls from '../../src/supervisor/calls.ts';
import { createLink } from '../../src/supervisor/link.ts';
import type { Template } from '../../src/templates/template.ts';
import { type Bench, bench } from '../jobs/fakes.ts';
import { portPair } from '../kit/link-pair.ts';

export const appKey = 'app-secret-for-tests';
export const auditorKey = 'auditor-secret-for-tests';

/** The door over a desk in memory: real HTTP, real sealing, a supervisor in this process and darkrooms that do what the test says. */
export interface Doorway extends Bench {
  readonly server: Server;
  readonly url: string;
  readonly config: Config;
  readonly consent: string;
  readonly logged: () => string;
  /** What the door has told of calls it turned away. */
  denied(): Promise<readonly Partial<Record<Denial, number>>[]>;
  close(): Promise<void>;
}

const template = (id: string, kind: 'sticker' | 'conceal'): Template =>
  kind === 'sticker'
    ? { id, kind, version: 1, title: id, description: id, slots: 1, pieces: [], folder: join('/nowhere', id) }
    : {
        id,
        kind,
        version: 1,
        title: id,
        description: id,
        slots: 1,
        cover: { art: 'cover.svg', size: { width: 16, height: 16 }, round: false },
        folder: join('/nowhere', id),
      };

export async function doorway(env: Record<string, string> = {}, options: Parameters<typeof bench>[0] = {}): Promise<Doorway> {
  const b = bench(options);
  const config = readConfig({ PORT: '0', MAYFLY_MAX_BYTES: '200000', ...env });
  const { left, right } = portPair();
  const holds = createHolds(b.vault);
  const supervisor = createLink(right);
  const holder = { leavesBy: 1, release: (job: string) => holds.release(job) };
  supervisor.serve(calls.admit, ({ key }) => b.desk.admit(holder, key));
  supervisor.serve(calls.submit, ({ job, photos, commitmentKey, task }) => b.desk.submit(job, photos, commitmentKey, task));
  supervisor.serve(calls.close, async ({ job, why, commitments }) => {
    await b.desk.close(job, why, commitments);
    return {};
  });
  supervisor.serve(calls.status, async () => ({ ready: b.faults.refuse.length === 0, reasons: b.faults.refuse }));

  const receipts = createReceipts({ desk: b.desk, ledger: b.ledger, reader: b.ledger.reader, clock: b.clock, keyMs: 300_000 });
  b.onClosed(receipts.keep);
  supervisor.serve(calls.receipt, async ({ job, ...asker }) => {
    const answer = await receipts.get(job, asker);
    if (typeof answer === 'string') return { state: answer };
    const { proof } = answer;
    return { ...answer, state: 'closed' as const, proof: { ...proof, hashes: [...proof.hashes] } };
  });
  const denied: Partial<Record<Denial, number>>[] = [];
  supervisor.serve(calls.denied, async (counts) => {
    denied.push(counts);
    return {};
  });

  const logged: string[] = [];
  const notice = noticeOf(config);
  const door = createLink(left);
  const denials = createDenials((counts) => door.call(calls.denied, counts));
  const app = createApp({
    config,
    keys: loadKeys({ MAYFLY_KEYS: `app:${appKey},auditor:${auditorKey}` }, '/nowhere'),
    notice,
    templates: [template('glasses', 'sticker'), template('mask', 'conceal')],
    vault: b.vault,
    supervisor: door,
    ledger: b.ledger.reader,
    denials,
    holds,
    log: createLog('info', { write: (line: string) => void logged.push(line) }),
  });
  const server = createHttpServer(app, config.jobSeconds * 1000);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    ...b,
    server,
    url: `http://127.0.0.1:${port}`,
    config,
    consent: JSON.stringify({ notice: notice.version, granted: true, age: 'adult' }),
    async denied() {
      await denials.flush();
      return denied;
    },
    logged: () => logged.join(''),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Bytes that look like a JPEG at their beginning. */
export const jpegLike = (length: number): Buffer => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(length - 4, 7)]);

/** Resolves when the condition holds; rejects after five seconds. */
export async function eventually(holds: () => boolean | Promise<boolean>, what: string, ms = 5000): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`Waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
