import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { demoKeyFile, loadKeys } from '../auth/keys.ts';
import { confine, supervisorParts, version } from '../build.ts';
import { type Config, ConfigError, readConfig } from '../config.ts';
import { noticeOf } from '../policy/notice.ts';
import { forbidCoreDumps, guardProcess, inspects, nodeOptions } from '../supervisor/guard.ts';
import { lockFolder } from '../supervisor/lock.ts';
import { type Finding, selfCheckRecord, shortcomings } from '../supervisor/selfcheck.ts';
import { startSupervisor } from '../supervisor/supervisor.ts';
import { loadTemplates } from '../templates/load.ts';
import { checkWith, table } from './selfcheck.ts';
import { readArgs } from './usage.ts';

const help = `
Usage: mayfly serve

Runs the service until SIGTERM or SIGINT. Configuration comes from the environment; see the README.
Without keys it runs in demo mode: on loopback only, with a key of its own.
`;

export async function serve(args: readonly string[]): Promise<number> {
  if (readArgs(args, help, {}) === undefined) return 0;
  guardProcess();
  forbidCoreDumps();
  const config = readConfig(process.env);
  if (inspects([...process.execArgv, ...nodeOptions(process.env)])) {
    throw new ConfigError('NODE_OPTIONS: a service whose memory an inspector can read keeps no promise; start it without --inspect');
  }
  const keys = loadKeys(process.env, config.dataDir);
  if (keys.demo && !isLoopback(config.host)) {
    throw new ConfigError('HOST: without MAYFLY_KEYS or MAYFLY_KEYS_FILE the service listens on loopback only');
  }
  const stopped = stopSignal();
  const locks = [await lockFolder(config.dataDir)];
  if (config.vaultDir !== config.dataDir) locks.push(await lockFolder(config.vaultDir));
  // Everything that a start can get wrong shows before the first photo: broken packs too.
  await loadTemplates(config.templatesDir);

  const confinement = await confine(config);
  const findings = await checkWith(config, confinement);
  if (config.strict) refuseShortcomings(findings);
  const supervisor = await startSupervisor(supervisorParts(config, confinement, selfCheckRecord(findings)));
  const { host, port } = supervisor.address;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  await Promise.race([supervisor.ready(), stopped]);
  if (keys.demo) process.stdout.write(welcome(url, config));
  await stopped;
  await supervisor.stop();
  confinement.close();
  for (const lock of locks) await lock.release();
  return 0;
}

/** @throws ConfigError that names every one, and what to do about it */
function refuseShortcomings(findings: readonly Finding[]): void {
  const missing = shortcomings(findings);
  if (missing.length > 0) throw new ConfigError(`MAYFLY_STRICT: the self-check misses something\n${table(missing)}`);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => resolve());
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function welcome(url: string, config: Config): string {
  const secret = readFileSync(demoKeyFile(config.dataDir), 'utf8').trim();
  const consent = JSON.stringify({ notice: noticeOf(config).version, granted: true, age: 'adult' });
  return `
Mayfly ${version} is ready at ${url} in demo mode: on this machine only.
demo key: ${secret}

  curl -fsS ${url}/v1/effects -H "Authorization: Bearer ${secret}" \\
    -F 'consent=${consent}' \\
    -F template=astronaut -F image=@selfie.jpg -o astronaut.jpg

`;
}
