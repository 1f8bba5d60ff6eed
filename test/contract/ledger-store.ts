import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LedgerStore } from '../../src/ledger/store.ts';

export interface StoreUnderTest {
  readonly store: LedgerStore;
  /** Another store over the same place, as after a restart, or as a second writer. */
  again(): Promise<LedgerStore>;
  dispose(): Promise<void>;
}

const bytes = (text: string) => new TextEncoder().encode(text);
const textOf = (read: Uint8Array | undefined) => read && new TextDecoder().decode(read);

/** What every store of the ledger has to keep. */
export function ledgerStoreContract(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`${name} keeps the contract of the ledger's stores`, () => {
    let under: StoreUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    afterEach(() => under.dispose());

    it('gives back what was written, byte for byte, in folders that nobody made', async () => {
      const all = Uint8Array.from({ length: 70_000 }, (_, i) => i % 256);
      await under.store.write([
        { path: 'tile/0/x001/234.p/7', bytes: all },
        { path: 'tile/entries/x001/234.p/7', bytes: bytes('entries') },
        { path: 'tile/0/x001/233', bytes: new Uint8Array() },
      ]);
      expect(Buffer.from((await under.store.read('tile/0/x001/234.p/7')) ?? []).equals(Buffer.from(all))).toBe(true);
      const again = await under.again();
      expect(textOf(await again.read('tile/entries/x001/234.p/7'))).toBe('entries');
      expect(textOf(await again.read('tile/0/x001/233'))).toBe('');
      await again.close();
    });

    it('tells what is not there from what is', async () => {
      expect(await under.store.read('checkpoint')).toBeUndefined();
      await under.store.write([{ path: 'tile/0/000', bytes: bytes('x') }]);
      expect(await under.store.read('tile/0/000.p/1')).toBeUndefined();
      expect(await under.store.read('tile/0/000/1')).toBeUndefined();
      expect(await under.store.list('tile/1')).toEqual([]);
    });

    it('replaces a file that is there, also by a shorter one', async () => {
      await under.store.write([{ path: 'tile/0/000.p/3', bytes: bytes('left over by a crash') }]);
      await under.store.write([{ path: 'tile/0/000.p/3', bytes: bytes('short') }]);
      expect(textOf(await under.store.read('tile/0/000.p/3'))).toBe('short');
    });

    it('publishes one file in the place of another', async () => {
      await under.store.publish({ path: 'checkpoint', bytes: bytes('one') });
      await under.store.publish({ path: 'checkpoint', bytes: bytes('two') });
      const again = await under.again();
      expect(textOf(await again.read('checkpoint'))).toBe('two');
      await again.close();
    });

    it('removes files, and folders with all that is in them, and nothing beside', async () => {
      const paths = ['tile/0/000.p/1', 'tile/0/000.p/2', 'tile/0/000', 'tile/0/0001', 'tile/entries/000'];
      await under.store.write(paths.map((path) => ({ path, bytes: bytes(path) })));
      await under.store.remove(['tile/0/000.p', 'tile/entries/000', 'tile/9/never']);
      expect(await Promise.all(paths.map(async (path) => textOf(await under.store.read(path))))).toEqual([
        undefined,
        undefined,
        'tile/0/000',
        'tile/0/0001',
        undefined,
      ]);
      // A folder that was removed can be made again.
      await under.store.write([{ path: 'tile/0/000.p/9', bytes: bytes('new') }]);
      expect(textOf(await under.store.read('tile/0/000.p/9'))).toBe('new');
    });

    it('lists what is directly in a folder', async () => {
      await under.store.write(
        ['tile/0/000.p/1', 'tile/0/000.p/2', 'tile/0/000', 'tile/1/000'].map((path) => ({ path, bytes: bytes('x') })),
      );
      expect([...(await under.store.list('tile/0'))].sort()).toEqual(['000', '000.p']);
      expect([...(await under.store.list('tile'))].sort()).toEqual(['0', '1']);
    });

    it('swaps the last signed checkpoint only against the one that is there', async () => {
      expect(await under.store.lastSigned()).toEqual([]);
      await under.store.swapLastSigned(undefined, 'one\n');
      await expect(under.store.swapLastSigned(undefined, 'two\n')).rejects.toMatchObject({ fault: 'forked' });
      await expect(under.store.swapLastSigned('zero\n', 'two\n')).rejects.toMatchObject({ fault: 'forked' });
      await under.store.swapLastSigned('one\n', 'two\n');
      await under.store.swapLastSigned('two\n', 'three\n');
      expect(await under.store.lastSigned()).toContain('three\n');
      const again = await under.again();
      expect(await again.lastSigned()).toContain('three\n');
      await again.swapLastSigned('three\n', 'four\n');
      await again.close();
    });

    it('can be asked to swap once more where the answer was lost', async () => {
      await under.store.swapLastSigned(undefined, 'one\n');
      await under.store.swapLastSigned('one\n', 'two\n');
      await under.store.swapLastSigned('one\n', 'two\n');
      await under.store.swapLastSigned('two\n', 'two\n');
      await under.store.swapLastSigned('two\n', 'three\n');
      expect(await under.store.lastSigned()).toContain('three\n');
    });

    it('notices a second writer, whose turn it ever is', async () => {
      await under.store.swapLastSigned(undefined, 'one\n');
      const second = await under.again();
      await second.swapLastSigned('one\n', 'theirs\n');
      await expect(under.store.swapLastSigned('one\n', 'ours\n')).rejects.toMatchObject({ fault: 'forked' });
      await second.swapLastSigned('theirs\n', 'theirs again\n');
      await expect(under.store.swapLastSigned('one\n', 'ours\n')).rejects.toMatchObject({ fault: 'forked' });
      expect(await second.lastSigned()).not.toContain('ours\n');
      await second.close();
    });
  });
}
