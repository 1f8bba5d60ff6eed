import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { descriptorsOf, walkFiles } from '../../src/drill/files.ts';
import { isGone, walkMemory } from '../../src/drill/memory.ts';
import type { Service } from '../kit/service.ts';
import type { Finder } from './canaries.ts';

/** Where something of a photo could be left: memory of each kind of process, what they have open, every folder, and what they have said. */
export const places = ['supervisor', 'receivers', 'darkrooms', 'descriptors', 'vault', 'temporary', 'ledger', 'log'] as const;
export type Place = (typeof places)[number];

/** Finds by place and case. */
export type Finds = ReadonlyMap<Place, ReadonlyMap<string, number>>;

/**
 * Looks for what is left.
 * @param where everywhere, or only there
 * @throws Error where a process does not let itself be read: that would be no zero
 */
export function lookFor(service: Service, aviary: Finder, since: number, where: readonly Place[] = places): Finds {
  const finds = new Map(places.map((place) => [place, new Map<string, number>()]));
  const note = (place: Place) => (bytes: Buffer) =>
    aviary.find(bytes, (name) => finds.get(place)?.set(name, (finds.get(place)?.get(name) ?? 0) + 1));
  const files = (place: Place, ...folders: readonly string[]) =>
    walkFiles(folders, since, aviary.overlap, (_path, bytes) => note(place)(bytes));
  const { supervisor, receiver, develop } = service.processes();
  const looks: Readonly<Record<Place, () => void>> = {
    supervisor: () => lookInto(supervisor, aviary, note('supervisor')),
    receivers: () => lookInto(receiver, aviary, note('receivers')),
    darkrooms: () => lookInto(develop, aviary, note('darkrooms')),
    descriptors: () => void files('descriptors', ...[...supervisor, ...receiver, ...develop].map(descriptorsOf)),
    vault: () => void files('vault', service.vaultDir),
    ledger: () => void files('ledger', join(service.dir, 'data')),
    temporary: () => void files('temporary', temporaryFolder(service.dir), '/dev/shm'),
    log: () => note('log')(Buffer.from(service.output(), 'latin1')),
  };
  for (const place of where) looks[place]();
  return finds;
}

/** The service gets a temporary folder of its own, so that what others do in the machine's is not waded through. */
export function temporaryFolder(dir: string): string {
  return join(dir, 'temporary');
}

function lookInto(pids: readonly number[], aviary: Finder, look: (bytes: Buffer) => void): void {
  for (const pid of pids) {
    const memory = openMemory(pid);
    if (memory === undefined) continue;
    try {
      walkMemory(pid, memory, aviary.overlap, look);
    } finally {
      closeSync(memory);
    }
  }
}

/** Undefined for a process that is gone. */
function openMemory(pid: number): number | undefined {
  try {
    return openSync(`/proc/${pid}/mem`, 'r');
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

export function count(finds: Finds, place: Place, name: string): number {
  return finds.get(place)?.get(name) ?? 0;
}

export function total(finds: Finds): number {
  return [...finds.values()].flatMap((cases) => [...cases.values()]).reduce((sum, hits) => sum + hits, 0);
}
