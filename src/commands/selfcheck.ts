import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { type Config, readConfig } from '../config.ts';
import { createFolderVault } from '../vault/folder.ts';
import { readArgs } from './usage.ts';

const help = `
Usage: mayfly selfcheck             what this machine can keep of the promise; exit code 1 where something is missing
       mayfly selfcheck --server    asks the running service whether it is ready (for health checks)
`;

export interface Finding {
  readonly name: string;
  readonly good: boolean;
  readonly why: string;
}

/** Magic number of tmpfs in statfs(2). */
const tmpfs = 0x01021994;

export async function selfcheck(args: readonly string[]): Promise<number> {
  const read = readArgs(args, help, { server: { type: 'boolean' } });
  if (read === undefined) return 0;
  const config = readConfig(process.env);
  if (read.values.server) return askServer(config.host, config.port);
  const findings = await checkMachine(config);
  for (const { name, good, why } of findings) process.stdout.write(`${good ? 'ok  ' : 'MISS'}  ${name.padEnd(16)} ${why}\n`);
  return findings.every(({ good }) => good) ? 0 : 1;
}

/** What this machine can keep of the promise. */
export async function checkMachine({ vaultDir }: Config): Promise<readonly Finding[]> {
  return [await vaultUsable(vaultDir), await vaultOnMemory(vaultDir), noSwap(), coreFilter()];
}

async function askServer(host: string, port: number): Promise<number> {
  const local = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '[::1]' : host;
  try {
    const answer = await fetch(`http://${local}:${port}/readyz`, { signal: AbortSignal.timeout(5000) });
    process.stdout.write(`${await answer.text()}\n`);
    return answer.ok ? 0 : 1;
  } catch {
    process.stdout.write('{"ready":false,"reasons":["unreachable"]}\n');
    return 1;
  }
}

async function vaultUsable(dir: string): Promise<Finding> {
  const good = await createFolderVault(dir)
    .check()
    .then(
      () => true,
      () => false,
    );
  return { name: 'vault', good, why: good ? 'can be written' : 'cannot be written' };
}

async function vaultOnMemory(dir: string): Promise<Finding> {
  const good = await statfs(dir).then(
    ({ type }) => type === tmpfs,
    () => false,
  );
  return {
    name: 'vault-in-memory',
    good,
    why: good ? 'the vault is a tmpfs' : 'the vault is not a tmpfs: ciphertext may reach a disk before it is destroyed',
  };
}

function noSwap(): Finding {
  const text = readOr('/proc/meminfo', '');
  const kilobytes = Number(/^SwapTotal:\s+(\d+)/m.exec(text)?.[1] ?? Number.NaN);
  const good = kilobytes === 0;
  return { name: 'no-swap', good, why: good ? 'this machine has no swap' : 'memory with pixels may be written to swap' };
}

function coreFilter(): Finding {
  const good = readOr('/proc/self/coredump_filter', '') !== '';
  return {
    name: 'core-dumps',
    good,
    why: good ? 'darkrooms keep their memory out of core dumps' : 'core dumps of darkrooms cannot be emptied on this system',
  };
}

function readOr(path: string, fallback: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return fallback;
  }
}
