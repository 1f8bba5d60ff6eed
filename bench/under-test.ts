import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { type Service, startService } from '../test/kit/service.ts';
import type { Isolation } from './results.ts';
import { temporaryFolder } from './temporary.ts';

/** A real service with its vault where a deployment has it, on a tmpfs, and its books on the disk. */
export interface UnderTest {
  readonly isolation: Isolation;
  readonly service: Service;
  /** Darkrooms that stand ready. */
  readonly darkrooms: number;
  /** Resolves when no job is open and every darkroom is warm and free. */
  idle(): Promise<void>;
  /** Resolves when, beyond that, every darkroom has had the time to rehearse. */
  warm(): Promise<void>;
  end(): Promise<void>;
}

/** Folder of a tmpfs, or nothing on systems that have none. */
export const tmpfs: string | undefined = existsSync('/dev/shm') ? '/dev/shm' : undefined;

/** What a service promises to need for an orderly end, in milliseconds; the bench does not wait longer. */
const stopMs = 30_000;

/**
 * @param rehearsalSeconds how long a darkroom may rehearse
 * @param env besides isolation and places, which are set here
 */
export async function openService(
  isolation: Isolation,
  darkrooms: number,
  rehearsalSeconds: number,
  env: Readonly<Record<string, string>> = {},
): Promise<UnderTest> {
  const vault = temporaryFolder(tmpfs);
  const service = await startService({
    MAYFLY_ISOLATION: isolation,
    MAYFLY_DARKROOMS: String(darkrooms),
    MAYFLY_VAULT_DIR: vault.path,
    MAYFLY_RATE: '1000000',
    MAYFLY_REHEARSAL_SECONDS: String(rehearsalSeconds),
    ...env,
  });
  // The last resort when the bench is stopped half-way; `end` is the rule.
  const kill = () => {
    try {
      process.kill(service.pid, 'SIGKILL');
    } catch {
      // It has gone already.
    }
    rmSync(service.dir, { recursive: true, force: true });
  };
  process.once('exit', kill);

  return {
    isolation,
    service,
    darkrooms,
    idle: () => service.idle(),
    async warm() {
      await service.idle();
      // A picture that was begun is ended.
      await pause(1000 * (rehearsalSeconds + 1));
    },
    async end() {
      const late = setTimeout(() => process.kill(service.pid, 'SIGKILL'), stopMs);
      await service.end('SIGTERM');
      clearTimeout(late);
      process.off('exit', kill);
      await service.dispose();
      vault.remove();
    },
  };
}
