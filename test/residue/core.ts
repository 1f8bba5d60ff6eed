import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../http/harness.ts';
import type { Service } from '../kit/service.ts';
import { meetAtWork } from './at-work.ts';
import type { Aviary } from './canaries.ts';
import type { Control } from './controls.ts';
import { face } from './photos.ts';
import { startMarked } from './run.ts';

export interface Cores {
  /** Core dumps that the darkroom left, and marks in them. */
  readonly files: number;
  readonly hits: number;
  /** A process with the same marks that may leave a core dump; nothing of it is to be found where the machine puts cores elsewhere. */
  readonly control: Control;
}

/**
 * Core dumps of a darkroom that is aborted while it has a photo, without walls, inside of which no file could be made. An empty filter would not be
 * enough: registers are dumped all the same, and hold pixels.
 */
export async function coreOfDarkroom(aviary: Aviary): Promise<Cores> {
  const cwd = mkdtempSync(join(tmpdir(), 'mayfly-cores-'));
  const service = await serviceIn(cwd, {
    MAYFLY_CONFINE: 'off',
    MAYFLY_DARKROOMS: '1',
    MAYFLY_TEMPLATES_DIR: join(process.cwd(), 'templates'),
  });
  try {
    const { pid, release } = await meetAtWork(service, aviary, 'core dump');
    process.kill(pid, 'SIGABRT');
    await release();
    await eventually(() => !service.processes().develop.includes(pid), 'the end of the darkroom', 60_000);
    const left = marksIn(cwd, aviary);
    return {
      ...left,
      control: { name: 'a core dump of a process with the same marks', finds: { temporary: await carelessCore(cwd, aviary) } },
    };
  } finally {
    await service.dispose();
    rmSync(cwd, { recursive: true });
  }
}

/** Whether this machine puts a core dump where its process works. */
export function coresAreFiles(): boolean {
  return /^[^|/]/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8'));
}

/** A core goes where its process works. */
async function serviceIn(cwd: string, env: Readonly<Record<string, string>>): Promise<Service> {
  const before = process.cwd();
  process.chdir(cwd);
  try {
    return await startMarked(env);
  } finally {
    process.chdir(before);
  }
}

/** Marks in the core dump of a process that holds them, and whose limit is as high as it may be. */
async function carelessCore(cwd: string, aviary: Aviary): Promise<number> {
  const { marks } = await aviary.canary('careless', await face());
  const program = `globalThis.kept = Buffer.from(process.argv[1], 'hex'); process.abort()`;
  const shell = 'ulimit -c "$(ulimit -H -c)"; exec "$0" -e "$1" "$2"';
  spawnSync('sh', ['-c', shell, process.execPath, program, marks.pixels.toString('hex')], { cwd, stdio: 'ignore' });
  return marksIn(cwd, aviary).hits;
}

function marksIn(folder: string, aviary: Aviary): { files: number; hits: number } {
  const cores = readdirSync(folder).filter((file) => file.startsWith('core'));
  let hits = 0;
  for (const core of cores) {
    aviary.find(readFileSync(join(folder, core)), () => {
      hits += 1;
    });
  }
  return { files: cores.length, hits };
}
