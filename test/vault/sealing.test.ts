import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { createMemoryVault } from '../../src/vault/memory.ts';
import { type Purged, purge } from '../../src/vault/purge.ts';
import { type Sink, startSealing } from '../../src/vault/sealing.ts';
import type { Label, Vault } from '../../src/vault/vault.ts';
import { deferred } from '../kit/deferred.ts';

describe('a sealing over storage that fails', () => {
  const label: Label = { job: randomUUID(), role: 'in', deadline: 1, boot: randomUUID() };

  /** A sink that fails where it is told to, and notes what is asked of it. */
  function sink(fails: Partial<Record<'header' | 'write' | 'close', boolean>> = {}) {
    const asked: string[] = [];
    const ask = async (what: 'header' | 'write' | 'close') => {
      asked.push(what);
      if (fails[what]) throw new Error('EIO');
    };
    const made: Sink = {
      write: () => ask(asked.length === 0 ? 'header' : 'write'),
      close: () => ask('close'),
      discard: async () => void asked.push('discard'),
    };
    return { asked, sealing: () => startSealing(label, async () => made) };
  }

  it('says of a header that was not stored with the next write', async () => {
    const sealing = await sink({ header: true }).sealing();
    await expect(sealing.write(Buffer.from('x'))).rejects.toThrow('EIO');
    await expect(sealing.finish()).rejects.toThrow('EIO');
  });

  it.each(['write', 'close'] as const)('is not finished, and lets go of its storage, where the last %s fails', async (what) => {
    const { asked, sealing } = sink({ [what]: true });
    await expect((await sealing()).finish()).rejects.toThrow('EIO');
    expect(asked.at(-1)).toBe('discard');
  });

  it('takes nothing after a finish that failed', async () => {
    const sealing = await sink({ close: true }).sealing();
    await expect(sealing.finish()).rejects.toThrow('EIO');
    await expect(sealing.write(Buffer.from('x'))).rejects.toMatchObject({ fault: 'dead' });
    await expect(sealing.finish()).rejects.toMatchObject({ fault: 'dead' });
  });

  it('is dead after an abort, whatever its storage said before', async () => {
    const { asked, sealing } = sink({ write: true });
    const one = await sealing();
    await expect(one.write(Buffer.from('x'))).rejects.toThrow('EIO');
    await one.abort();
    await one.abort();
    expect(asked).toEqual(['header', 'write', 'discard']);
    await expect(one.finish()).rejects.toMatchObject({ fault: 'dead' });
  });

  it('lets go of its storage only when the write that is under way has ended', async () => {
    const [written, asked] = [deferred<void>(), [] as string[]];
    const one = await startSealing(label, async () => ({
      write: () => written.promise,
      close: async () => undefined,
      discard: async () => void asked.push('discard'),
    }));
    const aborted = one.abort();
    await Promise.resolve();
    expect(asked).toEqual([]);
    written.resolve();
    await aborted;
    expect(asked).toEqual(['discard']);
  });
});

describe('a purge', () => {
  it('remembers the size that an artifact had when it could last be looked at', async () => {
    const inner = createMemoryVault();
    const job = randomUUID();
    const sealing = await inner.seal({ job, role: 'in', deadline: 1, boot: randomUUID() });
    await sealing.write(Buffer.from('a photo'));
    const { id } = await sealing.finish();
    const met = new Map<string, Purged>();
    const stuck: Vault = { ...inner, destroy: () => Promise.reject(new Error('EBUSY')) };
    await expect(purge(stuck, job, met)).rejects.toThrow('EBUSY');
    await purge({ ...inner, list: async () => [{ name: id, bytes: 0 }] }, job, met);
    expect([...met.values()]).toEqual([{ name: id, role: 'in', bytes: 7 }]);
  });

  it('goes on where one artifact cannot be destroyed, and fails all the same', async () => {
    const inner = createMemoryVault();
    const job = randomUUID();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await (await inner.seal({ job, role: 'in', deadline: 1, boot: randomUUID() })).finish()).id);
    const stuck: Vault = { ...inner, destroy: (name) => (name === ids[1] ? Promise.reject(new Error('EBUSY')) : inner.destroy(name)) };
    const met = new Map<string, Purged>();
    await expect(purge(stuck, job, met)).rejects.toThrow('EBUSY');
    expect([...met.keys()]).toEqual(ids);
    expect((await inner.list()).map(({ name }) => name)).toEqual([ids[1]]);
  });
});
