import { type ChildProcess, fork } from 'node:child_process';
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keyFileOf } from './auth/key-file.ts';
import { reloadKeys } from './auth/keys.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import { type Confinement, openConfinement, unconfined } from './darkroom/confine.ts';
import { createFolderReader, openFolderStore } from './ledger/folder-store.ts';
import { createKeyFiles } from './ledger/key-files.ts';
import type { Ledger } from './ledger/ledger.ts';
import { openLedger } from './ledger/tile-ledger.ts';
import { createLog } from './observe/log.ts';
import { noticeOf } from './policy/notice.ts';
import type { BootFacts } from './supervisor/boot.ts';
import { discThreshold } from './supervisor/selfcheck.ts';
import type { SupervisorParts } from './supervisor/supervisor.ts';
import { createFolderVault } from './vault/folder.ts';

/**
 * The composition root: configuration -> ports -> processes. What only one kind of process needs is imported only there, so that a
 * supervisor never loads an HTTP stack or a decoder, and a receiver never loads a detector.
 */

/** What was started: children are the same program. */
const mainFile = process.argv[1] ?? '';

export const version: string = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')).version;

/** The log itself; its signing key and its last signed checkpoint lie beside it. */
export const ledgerFolder = ({ dataDir }: Pick<Config, 'dataDir'>) => join(dataDir, 'ledger');

/** The books, for their one writer. */
export async function openBooks({ dataDir, ledgerOrigin }: Pick<Config, 'dataDir' | 'ledgerOrigin'>, boot: string): Promise<Ledger> {
  const store = await openFolderStore(ledgerFolder({ dataDir }), join(dataDir, 'last-signed'));
  return openLedger({ store, keys: createKeyFiles(join(dataDir, 'ledger-key'), ledgerOrigin), boot, clock: systemClock });
}

/** How darkrooms are confined: the vault is theirs to write, and what is in the data folder and the file of keys is not theirs to see. */
export function confine(config: Config): Promise<Confinement> {
  if (!config.confine) return Promise.resolve(unconfined);
  return openConfinement({
    vaultDir: config.vaultDir,
    hidden: hiddenFrom(config),
    needed: [mainFile, config.templatesDir, projectFolder()],
  });
}

/** What a darkroom has no business to read. */
export function hiddenFrom(config: Config): readonly string[] {
  const keys = keyFileOf(process.env);
  return [config.dataDir, ...(keys === undefined ? [] : [resolve(keys)])];
}

/**
 * How V8 keeps house in a darkroom: it is over before much garbage has gathered, so not much is collected. With a young generation of 1 MB and an old
 * one that is searched whenever a few pictures have come and gone, collecting took more than half of a fusion's time; 50 MB resident buy that.
 */
const memoryFlags = ['--max-old-space-size=512', '--initial-old-space-size=64', '--min-semi-space-size=4', '--max-semi-space-size=4'];

/**
 * What a loop meets is noted from its first run on, so that the rehearsal compiles more of it: the first fusion of a process took 159 to 189 ms instead of 259
 * to 492 (Node 20.20, effect and gate); photos a second did not change.
 */
const compileFlags = ['--no-lazy-feedback-allocation'];

/** A process in a darkroom's place: the darkroom itself, or the self-check's probe. */
export function forkInside(config: Config, { enter }: Confinement, role: 'develop' | 'probe'): ChildProcess {
  const [command = process.execPath, ...first] = enter;
  return fork(mainFile, [role], {
    serialization: 'advanced',
    // A decoder's words could tell of the photo; nobody reads them.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: darkroomEnvironment(config),
    execPath: command,
    execArgv: [...first, ...(enter.length > 0 ? [process.execPath] : []), ...memoryFlags, ...compileFlags],
  });
}

/** A process of a drill: no secret in it, and no walls, since it sends a photo or looks at others. */
function forkDrill(config: Config, descriptors: readonly number[]): ChildProcess {
  return fork(mainFile, ['drill-child'], {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc', ...descriptors],
    env: darkroomEnvironment(config),
  });
}

/** @param selfcheck what the self-check has just found, for the books */
export function supervisorParts(config: Config, confinement: Confinement, selfcheck: BootFacts['selfcheck']): SupervisorParts {
  cluster.setupPrimary({ exec: mainFile, args: ['receiver'], serialization: 'advanced' });
  return {
    config,
    clock: systemClock,
    log: createLog(config.logLevel),
    vault: createFolderVault(config.vaultDir),
    openLedger: (boot) => openBooks(config, boot),
    forkDarkroom: () => forkInside(config, confinement, 'develop'),
    forkDrill: (descriptors) => forkDrill(config, descriptors),
    ledgerReader: createFolderReader(ledgerFolder(config)),
    notice: noticeOf(config).version,
    program: { version, build: digestOf(mainFile), models: digestOf(join(projectFolder(), 'models/manifest.json')), selfcheck },
  };
}

export async function receiverParts(config: Config) {
  const { loadTemplates } = await import('./templates/load.ts');
  const log = createLog(config.logLevel);
  return {
    config,
    keys: reloadKeys(process.env, config.dataDir, (failed) => log.write('error', 'keys.ignored', { failed })),
    notice: noticeOf(config),
    templates: await loadTemplates(config.templatesDir),
    vault: createFolderVault(config.vaultDir),
    ledger: createFolderReader(ledgerFolder(config)),
    log,
  };
}

/** No secret, and the vault as the only place for temporary files: libvips spills large pictures there, and only far beyond our limit. */
function darkroomEnvironment(config: Config): NodeJS.ProcessEnv {
  const { MAYFLY_KEYS: _keys, MAYFLY_KEYS_FILE: _file, ...env } = process.env;
  // From 1.29 on ONNX Runtime writes logs to the temporary folder and sends telemetry, unless told otherwise before it is loaded. The version in
  // use has none of it (a test reads its library); should an operator change it, this still holds.
  // One malloc arena, and what is free at its end goes back to the system: a darkroom that has rehearsed is 20 MB smaller, and no slower.
  const memory = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: String(2 ** 20) };
  const settings = { TMPDIR: config.vaultDir, VIPS_DISC_THRESHOLD: discThreshold, ...memory, ORT_DISABLE_TELEMETRY: '1' };
  // Whole paths: walls have no working folder of their own.
  const { vaultDir: MAYFLY_VAULT_DIR, dataDir: MAYFLY_DATA_DIR, templatesDir: MAYFLY_TEMPLATES_DIR } = config;
  return { ...env, ...settings, MAYFLY_VAULT_DIR, MAYFLY_DATA_DIR, MAYFLY_TEMPLATES_DIR };
}

/** dist/ of a build and .build/src/ of the tests lie at different depths. */
function projectFolder(): string {
  let folder = fileURLToPath(new URL('.', import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

/** SHA-256 of a file, hexadecimal. */
function digestOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
