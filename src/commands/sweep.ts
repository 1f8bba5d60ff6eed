import { systemClock } from '../clock.ts';
import { readConfig } from '../config.ts';
import { isHeld } from '../supervisor/lock.ts';
import { createFolderVault } from '../vault/folder.ts';
import { isArtifactId } from '../vault/format.ts';
import { sweep } from '../vault/sweep.ts';
import { readArgs } from './usage.ts';

const help = `
Usage: mayfly sweep

One sweep of the vault, now. While the service runs, what is sealed and before its deadline is left alone; while it does not run, nothing
in the vault has a key any more and everything is destroyed. Exit code 1 where something could not be destroyed.
`;

export async function sweepNow(args: readonly string[]): Promise<number> {
  if (readArgs(args, help, {}) === undefined) return 0;
  const { vaultDir } = readConfig(process.env);
  const vault = createFolderVault(vaultDir);
  await vault.check();
  const served = await isHeld(vaultDir);
  const now = systemClock.mono();
  // Without a header yet, an artifact is just being made; if it never gets one, the service's own sweep knows.
  const report = await sweep(vault, ({ name, label }) => served && (label === undefined ? isArtifactId(name) : label.deadline >= now));
  process.stdout.write(`${JSON.stringify({ served, ...report })}\n`);
  return report.failed === 0 ? 0 : 1;
}
