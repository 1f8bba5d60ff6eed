import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../http/harness.ts';
import { type Service, startService } from '../kit/service.ts';
import type { Aviary } from './canaries.ts';
import type { Case } from './cases.ts';
import { packsIn } from './packs.ts';
import { temporaryFolder } from './places.ts';

/** What became of a case, besides what is left of it. */
export interface Ran {
  readonly name: string;
  readonly end: string;
  /** Whether it ended as it should. */
  readonly right: boolean;
}

/** A service whose temporary folder is its own, and which has time for a job on a busy machine. @param dir to start again in the folders of an earlier one */
export function startMarked(env: Readonly<Record<string, string>>, dir = mkdtempSync(join(tmpdir(), 'mayfly-residue-'))): Promise<Service> {
  mkdirSync(temporaryFolder(dir), { recursive: true });
  return startService({ TMPDIR: temporaryFolder(dir), MAYFLY_TEMPLATES_DIR: packsIn(dir), MAYFLY_JOB_SECONDS: '120', ...env }, dir);
}

/** Sends each case's canary on its way, one after the other; the books balance after each. */
export async function runCases(service: Service, aviary: Aviary, cases: readonly Case[]): Promise<readonly Ran[]> {
  const ran: Ran[] = [];
  for (const { name, photo, go, ends } of cases) {
    const end = await go(service, await aviary.canary(name, await photo()));
    await balanced(service);
    ran.push({ name, end, right: end === ends });
  }
  return ran;
}

export function balanced(service: Service): Promise<void> {
  return eventually(() => service.unbalanced().length === 0 && service.vault().length === 0, 'balanced books and an empty vault', 60_000);
}

/** Resolves when every receiver that is there now has left. */
export async function generationTurned(service: Service, seconds: number): Promise<void> {
  const old = service.processes().receiver;
  await eventually(() => service.processes().receiver.every((pid) => !old.includes(pid)), 'the generation turned', (seconds + 60) * 1000);
  await balanced(service);
}
