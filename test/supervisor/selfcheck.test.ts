import { describe, expect, it } from '@jest/globals';
import { type Machine, readMachine, swapForbidden } from '../../src/supervisor/machine.ts';
import { type Probed, type SelfCheckSubject, selfCheck, selfCheckRecord, shortcomings } from '../../src/supervisor/selfcheck.ts';

const machine: Machine = {
  swaps: 0,
  swapForbidden: false,
  vaultInMemory: true,
  corePattern: 'core',
  coreLimit: 1,
  inspectable: false,
  ptraceScope: 1,
};
const probed: NonNullable<Probed> = {
  coreLimit: 1,
  tmpdir: '/vault',
  discThreshold: '8g',
  inspectable: false,
  connected: false,
  wrote: [],
  read: [],
};
const good: SelfCheckSubject = { machine, vaultDir: '/vault', vaultUsable: true, probed };

const short = (subject: SelfCheckSubject) => shortcomings(selfCheck(subject)).map(({ name, state }) => `${name} ${state}`);
const onMachine = (change: Partial<Machine>) => short({ ...good, machine: { ...machine, ...change } });
const inDarkroom = (change: Partial<typeof probed>) => short({ ...good, probed: { ...probed, ...change } });

describe('the self-check', () => {
  it('finds nothing where nothing is wrong', () => {
    expect(short(good)).toEqual([]);
    expect(new Set(Object.values(selfCheckRecord(selfCheck(good))))).toEqual(new Set(['ok']));
  });

  it('names each thing that is wrong, and only that, with a way out', () => {
    expect(short({ ...good, vaultUsable: false })).toEqual(['vault missing']);
    expect(onMachine({ vaultInMemory: false })).toEqual(['vault-in-memory missing']);
    expect(onMachine({ swaps: 1 })).toEqual(['no-swap missing']);
    expect(onMachine({ swaps: 1, swapForbidden: true })).toEqual([]);
    expect(onMachine({ coreLimit: 0 })).toEqual([]);
    expect(onMachine({ coreLimit: 2 })).toEqual(['core-dumps missing']);
    expect(onMachine({ corePattern: '|/usr/bin/collect' })).toEqual([]);
    expect(onMachine({ corePattern: '|/usr/bin/collect', coreLimit: 0 })).toEqual(['core-pattern missing']);
    expect(onMachine({ inspectable: true })).toEqual(['inspector missing']);
    expect(inDarkroom({ coreLimit: Number.POSITIVE_INFINITY })).toEqual(['core-dumps missing']);
    expect(inDarkroom({ inspectable: true })).toEqual(['inspector missing']);
    expect(inDarkroom({ tmpdir: '/tmp' })).toEqual(['temporary-folder missing']);
    expect(inDarkroom({ discThreshold: '' })).toEqual(['libvips-spill missing']);
    expect(inDarkroom({ connected: true })).toEqual(['darkroom-network missing']);
    expect(inDarkroom({ wrote: ['/tmp'] })).toEqual(['darkroom-writes missing']);
    expect(inDarkroom({ read: ['/data'] })).toEqual(['darkroom-reads missing']);
    const worst = selfCheck({ ...good, vaultUsable: false, machine: { ...machine, swaps: 2, inspectable: true } });
    for (const { fix } of shortcomings(worst)) expect(fix).not.toBe('');
  });

  it('does not call good what it could not find out', () => {
    const blind = short({ ...good, probed: undefined });
    expect(blind).toEqual(
      ['temporary-folder', 'libvips-spill', 'darkroom-network', 'darkroom-writes', 'darkroom-reads'].map((name) => `${name} unknown`),
    );
    expect(onMachine({ swaps: undefined, corePattern: undefined, coreLimit: undefined, vaultInMemory: undefined })).toEqual(
      ['vault-in-memory', 'no-swap', 'core-dumps', 'core-pattern'].map((name) => `${name} unknown`),
    );
  });

  it('knows things that are good to know and no reason to refuse', () => {
    expect(onMachine({ ptraceScope: 0 })).toEqual([]);
    expect(selfCheckRecord(selfCheck({ ...good, machine: { ...machine, ptraceScope: 0 } }))['ptrace-scope']).toBe('missing');
  });
});

describe('the machine', () => {
  it('is read: this one has a memory file system at /dev/shm, and none at its root', async () => {
    expect(await readMachine('/dev/shm')).toMatchObject({
      vaultInMemory: true,
      swaps: expect.any(Number),
      corePattern: expect.any(String),
    });
    expect((await readMachine('/proc')).vaultInMemory).toBe(false);
    expect((await readMachine('/nowhere')).vaultInMemory).toBe(false);
  });

  it.each<[string, string, Record<string, string>, boolean]>([
    ['version 2, no swap', '0::/a', { '/sys/fs/cgroup/a/memory.swap.max': '0' }, true],
    ['version 2, some swap', '0::/a', { '/sys/fs/cgroup/a/memory.swap.max': 'max' }, false],
    ['version 2 in a container', '0::/', { '/sys/fs/cgroup/memory.swap.max': '0' }, true],
    ['version 1, limits alike', '4:memory:/a', v1('/a', '1000', '1000'), true],
    ['version 1, room for swap', '4:cpu,memory:/a', v1('/a', '1000', '2000'), false],
    ['version 1, no limit at all', '4:memory:/a', v1('/a', '9223372036854771712', '9223372036854771712'), false],
    ['none', '', {}, false],
  ])('sees a control group without swap: %s', (_name, cgroup, files, forbidden) => {
    expect(swapForbidden(cgroup, (path) => files[path])).toBe(forbidden);
  });
});

function v1(group: string, memory: string, both: string): Record<string, string> {
  const folder = `/sys/fs/cgroup/memory${group}`;
  return { [`${folder}/memory.limit_in_bytes`]: memory, [`${folder}/memory.memsw.limit_in_bytes`]: both };
}
