import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { purge } from '../../src/vault/purge.ts';
import type { Label, Role, Vault } from '../../src/vault/vault.ts';

export interface VaultUnderTest {
  readonly vault: Vault;
  /** The stored bytes of one artifact, as somebody who owns the storage sees them. */
  stored(id: string): Promise<Buffer>;
  /** Replaces them. */
  tamper(id: string, bytes: Buffer): Promise<void>;
  /** Puts something there that is no artifact. */
  plant(name: string, bytes: Buffer): Promise<void>;
  dispose(): Promise<void>;
}

/** What every vault has to keep. */
export function vaultContract(name: string, make: () => Promise<VaultUnderTest>): void {
  describe(`${name} keeps the contract of a vault`, () => {
    let it_: VaultUnderTest;
    const boot = randomUUID();
    const label = (role: Role = 'in', job: string = randomUUID()): Label => ({ job, role, deadline: 123_456, boot });

    beforeEach(async () => {
      it_ = await make();
    });
    afterEach(() => it_.dispose());

    async function sealed(bytes: Buffer, as = label()) {
      const sealing = await it_.vault.seal(as);
      for (let at = 0; at < bytes.length; at += 1000) await sealing.write(bytes.subarray(at, at + 1000));
      return sealing.finish();
    }

    it('gives back what was sealed, to the key alone', async () => {
      const photo = randomBytes(5321);
      const { id, key, bytes } = await sealed(photo);
      expect(bytes).toBe(photo.length);
      expect(await it_.vault.open(id, key)).toEqual(photo);
      await expect(it_.vault.open(id, randomBytes(32))).rejects.toMatchObject({ fault: 'tampered' });
    });

    it('stores nothing of the plaintext', async () => {
      const mark = Buffer.from('CANARY-CANARY-CANARY-CANARY');
      const { id } = await sealed(Buffer.concat(Array.from({ length: 40 }, () => mark)));
      const stored = await it_.stored(id);
      expect(stored.length).toBeGreaterThan(40 * mark.length);
      expect(stored.includes(mark.subarray(0, 8))).toBe(false);
    });

    it('seals an empty artifact too', async () => {
      const { id, key, bytes } = await sealed(Buffer.alloc(0));
      expect(bytes).toBe(0);
      expect(await it_.vault.open(id, key)).toHaveLength(0);
    });

    it('never uses a key or a name twice', async () => {
      const as = label();
      const both = [await sealed(Buffer.from('one'), as), await sealed(Buffer.from('one'), as)];
      expect(new Set(both.map(({ id }) => id)).size).toBe(2);
      expect(new Set(both.map(({ key }) => key.toString('hex'))).size).toBe(2);
    });

    it('refuses every changed byte, the header included', async () => {
      const { id, key } = await sealed(randomBytes(40));
      const original = await it_.stored(id);
      for (let at = 0; at < original.length; at++) {
        const changed = Buffer.from(original);
        changed[at] = (changed[at] ?? 0) ^ 1;
        await it_.tamper(id, changed);
        await expect(it_.vault.open(id, key)).rejects.toMatchObject({ name: 'VaultError' });
      }
      await it_.tamper(id, original);
      expect(await it_.vault.open(id, key)).toHaveLength(40);
    });

    it('refuses every truncation', async () => {
      const { id, key } = await sealed(randomBytes(20));
      const original = await it_.stored(id);
      for (let length = 0; length < original.length; length++) {
        await it_.tamper(id, original.subarray(0, length));
        await expect(it_.vault.open(id, key)).rejects.toMatchObject({ fault: 'tampered' });
      }
    });

    it('takes no byte after an abort, and cannot be finished any more', async () => {
      const sealing = await it_.vault.seal(label());
      await sealing.write(Buffer.from('half a photo'));
      await sealing.abort();
      await sealing.abort();
      await expect(sealing.write(Buffer.from('the rest'))).rejects.toMatchObject({ fault: 'dead' });
      await expect(sealing.finish()).rejects.toMatchObject({ fault: 'dead' });
    });

    it('lets an abort win over a finish that has not ended', async () => {
      const sealing = await it_.vault.seal(label());
      const write = sealing.write(randomBytes(1 << 20));
      const finish = expect(sealing.finish()).rejects.toMatchObject({ fault: 'dead' });
      await sealing.abort();
      await write;
      await finish;
    });

    it('knows nothing of what was never there, whatever it is called', async () => {
      for (const id of ['', '..', '../../etc/passwd', `${randomUUID()}.in.0011223344556677`]) {
        await expect(it_.vault.open(id, randomBytes(32))).rejects.toMatchObject({ fault: 'missing' });
      }
    });

    it('lists sealed artifacts with their labels and anything else without', async () => {
      const as = label('out');
      const { id } = await sealed(randomBytes(77), as);
      await it_.plant('holiday.jpg', Buffer.from('not sealed'));
      const list = [...(await it_.vault.list())].sort((a, b) => Number(a.label === undefined) - Number(b.label === undefined));
      expect(list).toEqual([
        { name: id, label: as, bytes: 77 },
        { name: 'holiday.jpg', bytes: 10 },
      ]);
    });

    it('destroys one job and no other, one role where asked', async () => {
      const mine = randomUUID();
      const other = await sealed(randomBytes(10), label('in'));
      await sealed(randomBytes(11), label('in', mine));
      await sealed(randomBytes(12), label('in', mine));
      await sealed(randomBytes(13), label('out', mine));
      const inputs = await purge(it_.vault, mine, 'in');
      expect(inputs.map(({ bytes }) => bytes).sort()).toEqual([11, 12]);
      expect(await purge(it_.vault, mine)).toEqual([{ role: 'out', bytes: 13 }]);
      expect(await purge(it_.vault, mine)).toEqual([]);
      expect((await it_.vault.list()).map(({ name }) => name)).toEqual([other.id]);
    });

    it('purges an artifact that was cut off before its header was whole', async () => {
      const job = randomUUID();
      await it_.plant(`${job}.in.0011223344556677`, Buffer.from('MAY'));
      expect(await purge(it_.vault, job)).toHaveLength(1);
      expect(await it_.vault.list()).toEqual([]);
    });

    it('calls it a success to destroy what is gone', async () => {
      await it_.vault.destroy('never-was-here');
    });

    it('says that it can be used', async () => {
      await it_.vault.check();
    });
  });
}
