import { createMemoryKeys, type LedgerKeys } from '../../src/ledger/keys.ts';
import { emptyMemory, type Memory } from '../../src/ledger/memory-store.ts';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { type Sealing, type Vault, VaultError } from '../../src/vault/vault.ts';
import { type FakeClock, fakeClock } from '../kit/clock.ts';

/** What outlives the processes: the clock of the machine, what is on its disks, and what is wrong with them now. */
export interface Machine {
  readonly clock: FakeClock;
  readonly ledger: Memory;
  readonly keys: LedgerKeys;
  /** The files of the vault. */
  readonly vault: Map<string, Buffer>;
  readonly faults: Record<DiskFault, boolean>;
  /** Whether anything has ever been wrong with the disk of the ledger, or with the vault. */
  readonly troubled: Record<'ledger' | 'vault', boolean>;
}

export const diskFaults = ['ledger', 'destroy', 'list', 'full'] as const;
export type DiskFault = (typeof diskFaults)[number];

export function createMachine(): Machine {
  return {
    clock: fakeClock(),
    ledger: emptyMemory(),
    keys: createMemoryKeys('model.example/ledger'),
    vault: new Map(),
    faults: { ledger: false, destroy: false, list: false, full: false },
    troubled: { ledger: false, vault: false },
  };
}

/** When a process dies at the vault: before or after the operation with this number, from 0. */
export interface Death {
  readonly at: number;
  readonly done: boolean;
}

/** A process that can die. What it has asked for is never answered then. */
export interface Process {
  readonly dead: boolean;
  die(): void;
}

export function createProcess(): Process {
  let dead = false;
  return {
    get dead() {
      return dead;
    },
    die() {
      dead = true;
    },
  };
}

/** The vault as a process sees it: with the faults of the machine, and until the process dies. */
export function vaultOf({ vault: files, faults }: Machine, process: Process, death?: Death): Vault {
  const inner = createMemoryVault(files);
  const never = new Promise<never>(() => undefined);
  let asked = 0;

  async function ask<T>(effect: () => Promise<T>): Promise<T> {
    if (process.dead) return never;
    const last = asked++ === death?.at;
    if (last && !death.done) process.die();
    if (process.dead) return never;
    const answer = await effect();
    if (last) process.die();
    return process.dead ? never : answer;
  }

  const failing = (fault: DiskFault, error: Error) => (faults[fault] ? Promise.reject(error) : undefined);
  const full = () => failing('full', new VaultError('full', 'The vault is full'));
  const sealing = ({ id, ...all }: Sealing): Sealing => ({
    id,
    write: (chunk) => ask(() => full() ?? all.write(chunk)),
    finish: () => ask(() => all.finish()),
    abort: () => ask(() => all.abort()),
  });

  return {
    seal: (label) => ask(() => full() ?? inner.seal(label).then(sealing)),
    open: (id, key) => ask(() => inner.open(id, key)),
    list: () => ask(() => failing('list', new Error('EIO')) ?? inner.list()),
    destroy: (name) => ask(() => failing('destroy', new VaultError('not-destroyed', 'EBUSY')) ?? inner.destroy(name)),
    check: () => ask(() => inner.check()),
  };
}
