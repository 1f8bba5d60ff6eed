import { resolve } from 'node:path';
import { confine, forkInside, hiddenFrom } from '../build.ts';
import { type Config, readConfig } from '../config.ts';
import type { Confinement } from '../darkroom/confine.ts';
import { localUrl } from '../supervisor/address.ts';
import { forbidCoreDumps, guardProcess } from '../supervisor/guard.ts';
import { checkMachine } from '../supervisor/probing.ts';
import { type Finding, shortcomings } from '../supervisor/selfcheck.ts';
import { readArgs } from './usage.ts';

const help = `
Usage: mayfly selfcheck             what this machine can keep of the promise; exit code 1 where something is missing
       mayfly selfcheck --server    asks the running service whether it is ready (for health checks)
`;

export async function selfcheck(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, { server: { type: 'boolean' } });
  if (read === undefined) return 0;
  const config = readConfig(process.env);
  if (read.values.server) return askServer(config.host, config.port);
  guardProcess();
  forbidCoreDumps();
  const confinement = await confine(config);
  const findings = await checkWith(config, confinement);
  confinement.close();
  process.stdout.write(table(findings));
  return shortcomings(findings).length === 0 ? 0 : 1;
}

/** The self-check of a service with this configuration and these walls. */
export function checkWith(config: Config, confinement: Confinement): Promise<readonly Finding[]> {
  return checkMachine(config, {
    fork: () => forkInside(config, confinement, 'probe'),
    hidden: hiddenFrom(config),
    program: resolve(process.argv[1] ?? ''),
  });
}

const words = { ok: 'ok  ', missing: 'MISS', unknown: '?   ' } as const;

/** A line each, and below what is not good the way to make it so. */
export function table(findings: readonly Finding[]): string {
  return findings
    .map(({ name, state, why, fix, optional }) => {
      const line = `${words[state]}  ${name.padEnd(17)} ${why}${optional ? ' (good to know)' : ''}\n`;
      return state === 'ok' ? line : `${line}      ${' '.repeat(17)} ${fix}\n`;
    })
    .join('');
}

async function askServer(host: string, port: number): Promise<number> {
  try {
    const answer = await fetch(`${localUrl(host, port)}/readyz`, { signal: AbortSignal.timeout(5000) });
    process.stdout.write(`${await answer.text()}\n`);
    return answer.ok ? 0 : 1;
  } catch {
    process.stdout.write('{"ready":false,"reasons":["unreachable"]}\n');
    return 1;
  }
}
