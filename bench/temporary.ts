import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Temporary {
  readonly path: string;
  remove(): void;
}

/** A folder that goes with this process at the latest, however it ends short of a SIGKILL: what lies in it is a face. */
export function temporaryFolder(parent: string = tmpdir()): Temporary {
  const path = mkdtempSync(join(parent, 'mayfly-bench-'));
  const remove = () => {
    process.off('exit', remove);
    rmSync(path, { recursive: true, force: true });
  };
  process.once('exit', remove);
  return { path, remove };
}
