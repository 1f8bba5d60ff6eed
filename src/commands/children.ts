import { type Config, readConfig } from '../config.ts';
import { guardProcess } from '../supervisor/guard.ts';
import { createFolderVault } from '../vault/folder.ts';

/** The bodies of the kinds of child. Signals of the terminal are the supervisor's business: it tells its children when to go. */
function begin(): Config {
  guardProcess();
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => undefined);
  return readConfig(process.env);
}

export async function receiver(): Promise<number> {
  const config = begin();
  const { receiverParts } = await import('../build.ts');
  const { runReceiver } = await import('../http/receiver.ts');
  await runReceiver(await receiverParts(config));
  return 0;
}

export async function develop(): Promise<number> {
  const config = begin();
  const { openKit } = await import('../kit.ts');
  const { runDarkroom } = await import('../darkroom/entry.ts');
  await runDarkroom(config, createFolderVault(config.vaultDir), openKit);
  return 0;
}

export async function drillChild(): Promise<number> {
  const config = begin();
  const { runDrill } = await import('../drill/entry.ts');
  await runDrill(config);
  return 0;
}

export async function probe(): Promise<number> {
  begin();
  const { runProbe } = await import('../darkroom/probe.ts');
  await runProbe();
  return 0;
}
