import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Purged, purge } from '../../src/vault/purge.ts';
import { sweep } from '../../src/vault/sweep.ts';
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

    async function purged(job: string, role?: Role): Promise<readonly Purged[]> {
      const met = new Map<string, Purged>();
      await purge(it_.vault, job, met, role);
      return [...met.values()];
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
      const inputs = await purged(mine, 'in');
      expect(inputs.map(({ bytes }) => bytes).sort()).toEqual([11, 12]);
      expect(await purged(mine)).toMatchObject([{ role: 'out', bytes: 13 }]);
      expect(await purged(mine)).toEqual([]);
      expect((await it_.vault.list()).map(({ name }) => name)).toEqual([other.id]);
    });

    it('purges an artifact that was cut off before its header was whole', async () => {
      const job = randomUUID();
      await it_.plant(`${job}.in.0011223344556677`, Buffer.from('MAY'));
      expect(await purged(job)).toMatchObject([{ role: 'in', bytes: 3 }]);
      expect(await it_.vault.list()).toEqual([]);
    });

    it('purges a job beside things that are no artifacts, and leaves them to the sweep', async () => {
      const job = randomUUID();
      await it_.plant('holiday.jpg', Buffer.from('not sealed'));
      const { id } = await sealed(randomBytes(10), label('in', job));
      expect(await purged(job)).toEqual([{ name: id, role: 'in', bytes: 10 }]);
      expect(await it_.vault.list()).toEqual([{ name: 'holiday.jpg', bytes: 10 }]);
    });

    it('sweeps what nobody wants, and nothing else', async () => {
      const [wanted, other] = [await sealed(randomBytes(10)), await sealed(randomBytes(10))];
      expect(await sweep(it_.vault, ({ name }) => name === wanted.id)).toEqual({ seen: 2, found: 1, destroyed: 1, failed: 0 });
      expect(await it_.vault.open(wanted.id, wanted.key)).toHaveLength(10);
      await expect(it_.vault.open(other.id, other.key)).rejects.toMatchObject({ fault: 'missing' });
    });

    it('shows an artifact as soon as it is begun, with its label', async () => {
      const as = label();
      const sealing = await it_.vault.seal(as);
      await sealing.write(Buffer.alloc(0));
      expect(await it_.vault.list()).toEqual([{ name: sealing.id, label: as, bytes: 0 }]);
      await sealing.abort();
    });

    it('keeps gone what was destroyed while it was being sealed', async () => {
      const sealing = await it_.vault.seal(label());
      await sealing.write(randomBytes(1000));
      await it_.vault.destroy(sealing.id);
      await sealing.write(randomBytes(1000));
      const { id, key } = await sealing.finish();
      expect(await it_.vault.list()).toEqual([]);
      await expect(it_.vault.open(id, key)).rejects.toMatchObject({ fault: 'missing' });
    });

    it('leaves a finished artifact and its key alone when it is aborted or finished again', async () => {
      const sealing = await it_.vault.seal(label());
      await sealing.write(Buffer.from('whole'));
      const { id, key } = await sealing.finish();
      await sealing.abort();
      await expect(sealing.finish()).rejects.toMatchObject({ fault: 'dead' });
      expect((await it_.vault.open(id, key)).toString()).toBe('whole');
    });

    it('seals nothing for a job or a run that has no UUID', async () => {
      for (const wrong of [{ job: 'job' }, { boot: 'run' }, { boot: `${randomUUID()}00` }]) {
        await expect(it_.vault.seal({ ...label(), ...wrong })).rejects.toMatchObject({ fault: 'unusable' });
      }
    });

    it('calls it a success to destroy what is gone', async () => {
      await it_.vault.destroy('never-was-here');
    });

    it('says that it can be used', async () => {
      await it_.vault.check();
    });
  });
}
