import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appKey, type Service } from '../kit/service.ts';
import { meetAtWork } from './at-work.ts';
import type { Aviary, Finder } from './canaries.ts';
import { face } from './photos.ts';
import { count, lookFor, type Place, temporaryFolder } from './places.ts';

/** Finds of marks that are there: a zero means something only where these are none. */
export interface Control {
  readonly name: string;
  readonly finds: Readonly<Partial<Record<Place, number>>>;
}

/** A darkroom that is stopped while it has a photo. */
export async function stoppedDarkroom(service: Service, aviary: Aviary): Promise<Control> {
  const { hits, release } = await meetAtWork(service, aviary, 'stopped');
  await release();
  return { name: 'a darkroom stopped at work', finds: { darkrooms: hits } };
}

/** Marks in every folder, as a careless library would leave them. */
export async function plantedFiles(service: Service, aviary: Aviary, since: number): Promise<Control> {
  const name = 'planted';
  const { marks } = await aviary.canary(name, await face());
  const data = join(service.dir, 'data');
  const files = [service.vaultDir, data, temporaryFolder(service.dir), '/dev/shm'].map((folder) => join(folder, `planted-${process.pid}`));
  for (const path of files) writeFileSync(path, Buffer.concat([Buffer.alloc(100_000), marks.pixels, marks.text]));
  const finds = lookFor(service, aviary, since, ['vault', 'temporary', 'ledger']);
  // The sweep may have been quicker in the vault.
  for (const path of files) rmSync(path, { force: true });
  return {
    name: 'files planted in every folder',
    finds: { vault: count(finds, 'vault', name), temporary: count(finds, 'temporary', name), ledger: count(finds, 'ledger', name) },
  };
}

/** What lives in the long-lived processes all the time: the key that the app sends. */
export function keptSecret(service: Service): Control {
  const key: Finder = {
    overlap: appKey.length - 1,
    find(bytes, tell) {
      for (let at = bytes.indexOf(appKey); at >= 0; at = bytes.indexOf(appKey, at + 1)) tell('key');
    },
  };
  const finds = lookFor(service, key, 0, ['supervisor', 'receivers']);
  return {
    name: 'a key that stays',
    finds: { supervisor: count(finds, 'supervisor', 'key'), receivers: count(finds, 'receivers', 'key') },
  };
}
