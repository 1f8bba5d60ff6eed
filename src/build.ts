import { fork } from 'node:child_process';
import cluster from 'node:cluster';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reloadKeys } from './auth/keys.ts';
import { systemClock } from './clock.ts';
import type { Config, Engine } from './config.ts';
import type { Detector } from './faces/detector.ts';
import { openFileLedger } from './ledger/file.ts';
import { createLog } from './observe/log.ts';
import { noticeOf } from './policy/notice.ts';
import type { BootFacts } from './supervisor/boot.ts';
import type { SupervisorParts } from './supervisor/supervisor.ts';
import { createFolderVault } from './vault/folder.ts';

/**
 * The composition root: configuration -> ports -> processes. What only one kind of process needs is imported only there, so that a
 * supervisor never loads an HTTP stack or a decoder, and a receiver never loads a detector.
 */

/** What was started: children are the same program. */
const mainFile = process.argv[1] ?? '';

export const version: string = JSON.parse(readFileSync(join(projectFolder(), 'package.json'), 'utf8')).version;

export const ledgerFile = (config: Config) => join(config.dataDir, 'ledger.jsonl');

/** @param selfcheck what the self-check has just found, for the books */
export function supervisorParts(config: Config, selfcheck: BootFacts['selfcheck']): SupervisorParts {
  cluster.setupPrimary({ exec: mainFile, args: ['receiver'], serialization: 'advanced' });
  return {
    config,
    clock: systemClock,
    log: createLog(config.logLevel),
    vault: createFolderVault(config.vaultDir),
    openLedger: (boot) => openFileLedger(ledgerFile(config), boot, systemClock),
    forkDarkroom: () =>
      fork(mainFile, ['develop'], {
        serialization: 'advanced',
        // A decoder's words could tell of the photo; nobody reads them.
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: darkroomEnvironment(config),
        execArgv: ['--max-old-space-size=512', '--max-semi-space-size=1'],
      }),
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
    log,
  };
}

/** What a darkroom needs while it works: the engine, warm. */
export async function openKit(config: Config) {
  const { templatesDir, maxPixels, mark } = config;
  return { detector: await openDetector(config.engine), templatesDir, maxPixels, mark };
}

/** Only the engine that was chosen is loaded. */
async function openDetector(engine: Engine): Promise<Detector> {
  switch (engine) {
    case 'mediapipe':
      return (await import('./faces/mediapipe/detector.ts')).createMediapipeDetector();
    case 'face-api':
      return (await import('./faces/face-api/detector.ts')).createFaceApiDetector();
  }
}

/** No secret, and the vault as the only place for temporary files: libvips spills large pictures there, and only far beyond our limit. */
function darkroomEnvironment(config: Config): NodeJS.ProcessEnv {
  const { MAYFLY_KEYS: _keys, MAYFLY_KEYS_FILE: _file, ...env } = process.env;
  // From 1.29 on ONNX Runtime writes logs to the temporary folder and sends telemetry, unless told otherwise before it is loaded. The version in
  // use has none of it (a test reads its library); should an operator change it, this still holds.
  // One malloc arena and a small young generation: 160 MB resident instead of 182, no slower.
  return { ...env, TMPDIR: config.vaultDir, VIPS_DISC_THRESHOLD: '8g', MALLOC_ARENA_MAX: '1', ORT_DISABLE_TELEMETRY: '1' };
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
