import { describe, expect, it } from '@jest/globals';
import { verifyLedger } from '../../src/verify/ledger.ts';
import { nodeCrypto } from '../../src/verify/node-crypto.ts';
import { parseVerifierKey } from '../../src/verify/note.ts';
import { goodDay, swept, textsOf, wait } from './histories.ts';
import { checkpointText, createSigner, type Files, leafOf, pathOf, sourceOf, writeLog } from './log-writer.ts';

const signer = createSigner();
const check = (files: Files, options: Partial<Parameters<typeof verifyLedger>[1]> = {}) =>
  verifyLedger(sourceOf(files), { crypto: nodeCrypto, ...options });
const pin = (...signers: readonly { vkey: string }[]) => signers.map(({ vkey }) => parseVerifierKey(vkey, nodeCrypto));

/** A ledger of a given number of entries. */
function entriesOf(count: number): string[] {
  const jobs = Math.ceil(count / 2);
  return textsOf(goodDay(jobs)).slice(0, count);
}

describe('a ledger', () => {
  it.each([0, 1, 2, 255, 256, 257, 511, 512, 513, 700])('of %i entries is valid', async (count) => {
    const report = await check(writeLog(entriesOf(count), signer));
    expect(report).toMatchObject({ valid: true, pinned: false, violations: [], notes: [], entries: { read: count, pruned: 0 } });
    expect(report.checkpoint).toMatchObject({ origin: signer.name, size: count });
  });

  it('may lack a partial tile where the full one has come', async () => {
    const entries = entriesOf(256);
    const files = writeLog(entries.slice(0, 100), signer);
    const grown = writeLog(entries, signer);
    for (const path of ['tile/0/000', 'tile/entries/000']) {
      files.delete(`${path}.p/100`);
      files.set(path, grown.get(path) ?? Buffer.alloc(0));
    }
    const report = await check(files);
    expect(report).toMatchObject({ valid: true, entries: { read: 100 } });
    expect(report.notes).toEqual([expect.stringContaining('2 files reach beyond the checkpoint')]);
  });

  it('may have partial tiles of earlier sizes, files of a commit that was interrupted, and files of others', async () => {
    const entries = entriesOf(300);
    const files = writeLog(entries.slice(0, 280), signer);
    for (const size of [3, 256, 270]) {
      for (const [path, bytes] of writeLog(entries.slice(0, size), signer)) if (!files.has(path)) files.set(path, bytes);
    }
    expect((await check(files)).notes).toEqual([]);
    for (const [path, bytes] of writeLog(entries, signer)) if (!files.has(path)) files.set(path, bytes);
    files.set('.lock', Buffer.alloc(0));
    const report = await check(files);
    expect(report.valid).toBe(true);
    expect(report.notes).toEqual([expect.stringContaining('2 files reach beyond'), '.lock is no file of a ledger']);
  });

  it('may have partial tiles of earlier sizes above its leaves', async () => {
    const entries = entriesOf(600);
    const files = writeLog(entries, signer);
    const row = Buffer.from(files.get('tile/1/000.p/2') ?? []);
    expect((await check(files.set('tile/1/000.p/1', row.subarray(0, 32)))).notes).toEqual([]);
    expect((await check(files.set('tile/1/000.p/3', Buffer.alloc(96)))).notes).toEqual([
      expect.stringContaining('1 files reach beyond the checkpoint'),
    ]);
    expect((await check(files.set('tile/1/000.p/1', leafOf('x')))).violations).toEqual([
      { rule: 'tree', index: 0, file: 'tile/1/000.p/1', what: 'It is not the beginning of tile/1/000.p/2' },
    ]);
    const larger = writeLog(entriesOf(800), signer);
    const second = Buffer.concat([Buffer.from(larger.get('tile/1/000.p/3') ?? []).subarray(0, 32), leafOf('x')]);
    expect((await check(larger.set('tile/1/000.p/2', second))).violations).toEqual([
      { rule: 'tree', index: 256, file: 'tile/1/000.p/2', what: 'It is not the beginning of tile/1/000.p/3' },
    ]);
  });

  it('may come from where nobody can tell what files there are', async () => {
    const { read } = sourceOf(writeLog(entriesOf(20), signer).set('.lock', Buffer.alloc(0)));
    expect(await verifyLedger({ read }, { crypto: nodeCrypto })).toMatchObject({ valid: true, notes: [] });
  });

  it('without keys, or without a checkpoint, is looked at no further', async () => {
    for (const file of ['vkey', 'checkpoint']) {
      const files = writeLog(entriesOf(20), signer);
      files.delete(file);
      expect(await check(files)).toEqual({
        valid: false,
        pinned: false,
        notes: [],
        violations: [{ rule: file === 'vkey' ? 'keys' : file, file, what: 'The file is missing' }],
        violationCount: 1,
      });
    }
  });
});

describe('a fault of the machine', () => {
  const entries = entriesOf(300);
  const files = writeLog(entries, signer);
  for (const [path, bytes] of writeLog(entries.slice(0, 40), signer)) if (!files.has(path)) files.set(path, bytes);

  it.each([...files.keys()])('that keeps %s from being read is no finding about the ledger', async (path) => {
    const { read, ...source } = sourceOf(files);
    const failing = { ...source, read: (name: string) => (name === path ? Promise.reject(new Error('EIO')) : read(name)) };
    await expect(verifyLedger(failing, { crypto: nodeCrypto })).rejects.toThrow('EIO');
  });

  it.each(['sha256', 'ed25519Verify'] as const)('in %s is none either', async (primitive) => {
    const broken = () => {
      throw new RangeError('broken');
    };
    await expect(check(files, { crypto: { ...nodeCrypto, [primitive]: broken } })).rejects.toThrow('broken');
  });
});

describe('tampering', () => {
  const entries = entriesOf(5);
  const small = writeLog(entries, signer);
  for (const [path, bytes] of writeLog(entries.slice(0, 2), signer)) if (!small.has(path)) small.set(path, bytes);

  it.each([...small.keys()])(
    'with any byte of %s is found, and its place',
    async (path) => {
      const bytes = small.get(path) ?? Buffer.alloc(0);
      for (let at = 0; at < bytes.length; at++) {
        // Another bit each time; and in texts the one between small and capital letters, which lenient readers overlook.
        for (const bit of path.startsWith('tile/') ? [1 << (at % 8)] : [1 << (at % 8), 0x20]) {
          const changed = Buffer.from(bytes);
          changed[at] = (changed[at] ?? 0) ^ bit;
          const report = await check(new Map(small).set(path, changed));
          expect({ at, bit, valid: report.valid }).toEqual({ at, bit, valid: false });
          expect(report.violations.map(({ file }) => file)).toContain(path);
        }
      }
    },
    120_000,
  );

  it.each([...small.keys()])('by cutting %s short or making it longer is found', async (path) => {
    const bytes = small.get(path) ?? Buffer.alloc(0);
    for (let length = 0; length < bytes.length; length++) {
      const report = await check(new Map(small).set(path, bytes.subarray(0, length)));
      expect(report.violations.map(({ file }) => file)).toContain(path);
    }
    for (const more of ['\n', '\0', ' ', 'x', bytes]) {
      const report = await check(new Map(small).set(path, Buffer.concat([bytes, Buffer.from(more)])));
      expect(report.violations.map(({ file }) => file)).toContain(path);
    }
  });

  const large = writeLog(entriesOf(600), signer);
  const written = [...large.keys()];

  it.each(written)('by removing %s is found', async (path) => {
    const files = new Map(large);
    files.delete(path);
    const report = await check(files);
    expect(report.valid).toBe(false);
    // The first bundle alone could have been dropped by the rule of retention; then the books must say so.
    const expected = path === 'tile/entries/000' ? { rule: 'pruning', index: 0 } : { file: path };
    expect(report.violations).toContainEqual(expect.objectContaining(expected));
  });

  it('by swapping two tiles of a level, or of two ledgers, is found', async () => {
    const other = writeLog(entriesOf(600), signer);
    for (const [a, b] of [
      ['tile/0/000', 'tile/0/001'],
      ['tile/entries/000', 'tile/entries/001'],
    ] as const) {
      const files = new Map(large).set(a, large.get(b) ?? Buffer.alloc(0)).set(b, large.get(a) ?? Buffer.alloc(0));
      const { violations } = await check(files);
      expect(violations).toContainEqual(expect.objectContaining({ rule: 'tree', file: a, index: 0 }));
      expect(violations).toContainEqual(expect.objectContaining({ rule: 'tree', file: b, index: 256 }));
    }
    for (const path of written.filter((name) => name.startsWith('tile/'))) {
      const { violations } = await check(new Map(large).set(path, other.get(path) ?? Buffer.alloc(0)));
      expect(violations).toContainEqual(expect.objectContaining({ rule: 'tree', file: path }));
    }
  });

  it('says whether an entry or its hash is the wrong one', async () => {
    const at = (level: number | 'entries') => pathOf(level, 1, 256);
    const flip = (path: string, byte: number) => {
      const changed = Buffer.from(large.get(path) ?? []);
      changed[byte] = (changed[byte] ?? 0) ^ 1;
      return changed;
    };
    const hash = await check(new Map(large).set(at(0), flip(at(0), 32 * 7 + 3)));
    expect(hash.violations).toEqual([{ rule: 'tree', index: 263, file: at(0), what: 'The tile is not that of the signed entries' }]);
    const bundle = large.get(at('entries')) ?? Buffer.alloc(0);
    const entry = await check(new Map(large).set(at('entries'), flip(at('entries'), Buffer.from(bundle).indexOf('"job"') + 8)));
    expect(entry.violations).toContainEqual(expect.objectContaining({ what: 'The entry is not the signed one', file: at('entries') }));
    const both = await check(new Map(large).set(at('entries'), flip(at('entries'), 9)).set(at(0), flip(at(0), 0)));
    expect(both.violations).toContainEqual(expect.objectContaining({ what: `The entry and its hash in ${at(0)} disagree`, index: 256 }));
  });

  it('with an entry taken out and all tiles made anew leaves the signature of what was', async () => {
    const files = writeLog(entriesOf(600).toSpliced(100, 2), signer);
    files.set('checkpoint', large.get('checkpoint') ?? Buffer.alloc(0));
    expect((await check(files)).valid).toBe(false);
    // The same with an entry put in its place, so that the sizes agree.
    const replaced = writeLog(entriesOf(600), signer).set('checkpoint', large.get('checkpoint') ?? Buffer.alloc(0));
    expect((await check(replaced)).violations).toContainEqual(
      expect.objectContaining({ rule: 'tree', what: 'The entries do not lead to the signed root' }),
    );
  });

  it('with the key of another is found by whoever knows the key', async () => {
    const thief = createSigner();
    const forged = writeLog(entriesOf(20), thief);
    expect((await check(forged)).valid).toBe(true);
    expect((await check(forged, { pinned: pin(signer) })).violations).toContainEqual(
      expect.objectContaining({ rule: 'keys', file: 'vkey' }),
    );
    expect(await check(large, { pinned: pin(signer) })).toMatchObject({ valid: true, pinned: true });
    const mixed = new Map(large).set('vkey', forged.get('vkey') ?? Buffer.alloc(0));
    expect((await check(mixed)).violations).toContainEqual(expect.objectContaining({ rule: 'checkpoint', file: 'checkpoint' }));
  });
});

describe('a checkpoint that somebody kept', () => {
  const entries = entriesOf(600);
  const leaves = entries.map(leafOf);
  const files = writeLog(entries, signer);
  const keptAt = (size: number) => signer.sign(checkpointText(signer.name, leaves.slice(0, size)));

  it.each([0, 1, 2, 255, 256, 257, 512, 599, 600])('of %i entries is the beginning of the ledger', async (size) => {
    expect(await check(files, { kept: keptAt(size) })).toMatchObject({ valid: true, continues: size });
  });

  it('is longer than a ledger that was rolled back', async () => {
    const rolled = writeLog(entries.slice(0, 400), signer);
    const { violations } = await check(rolled, { kept: keptAt(401) });
    expect(violations).toEqual([{ rule: 'rollback', index: 400, what: 'The kept checkpoint has 401 entries, the ledger 400' }]);
  });

  it.each([1, 256, 300, 600])('of %i entries is of another history than a forked ledger', async (size) => {
    const { violations } = await check(writeLog(entriesOf(600), signer), { kept: keptAt(size) });
    expect(violations).toEqual([{ rule: 'fork', what: `The first ${size} entries are not those of the kept checkpoint` }]);
  });

  it('counts only with a signature, and only for its log', async () => {
    expect((await check(files, { kept: '' })).violations).toEqual([expect.objectContaining({ file: 'the kept checkpoint' })]);
    const { violations } = await check(files, { kept: createSigner().sign(checkpointText(signer.name, leaves)) });
    expect(violations).toEqual([expect.objectContaining({ rule: 'checkpoint', file: 'the kept checkpoint' })]);
    const elsewhere = createSigner('elsewhere.test/ledger');
    const foreign = elsewhere.sign(checkpointText(elsewhere.name, leaves));
    expect((await check(files, { kept: foreign, pinned: pin(signer, elsewhere) })).violations).toEqual([
      { rule: 'fork', what: 'The kept checkpoint is of another log, elsewhere.test/ledger' },
    ]);
  });
});

describe('entries that were dropped', () => {
  const prunedTo = (bundles: number, said: readonly number[], partials = false) => {
    const steps = goodDay(400).toSpliced(
      -1,
      1,
      ...said.map((entries) => ({ ev: 'log.pruned' as const, before: 1_800_000_000_000, entries })),
    );
    const texts = textsOf(steps);
    const files = writeLog(texts, signer);
    if (partials) for (const [path, bytes] of writeLog(texts.slice(0, 100), signer)) if (!files.has(path)) files.set(path, bytes);
    for (let i = 0; i < bundles; i++) files.delete(pathOf('entries', i, 256));
    return files;
  };

  it('are no violation where the books say so', async () => {
    expect(await check(prunedTo(1, [256]))).toMatchObject({ valid: true, entries: { pruned: 256 } });
    expect(await check(prunedTo(3, [256, 768]))).toMatchObject({ valid: true, entries: { pruned: 768, read: 56 } });
    // A crash between booking and dropping.
    expect(await check(prunedTo(1, [256, 512]))).toMatchObject({ valid: true, entries: { pruned: 256 } });
  });

  it('are one where they do not, or where not only the oldest are gone', async () => {
    expect((await check(prunedTo(1, []))).violations).toEqual([expect.objectContaining({ rule: 'pruning', index: 0 })]);
    expect((await check(prunedTo(2, [256]))).violations).toEqual([
      { rule: 'pruning', index: 256, what: 'The first 512 entries are gone; the books speak of 256' },
    ]);
    const hole = prunedTo(0, [256]);
    hole.delete(pathOf('entries', 1, 256));
    expect((await check(hole)).violations).toContainEqual({
      rule: 'tree',
      index: 256,
      file: pathOf('entries', 1, 256),
      what: 'The file is missing',
    });
  });

  it('leave their hashes, and nothing of themselves', async () => {
    const files = prunedTo(1, [256]);
    files.delete(pathOf(0, 0, 256));
    expect((await check(files)).violations).toContainEqual(expect.objectContaining({ rule: 'tree', file: pathOf(0, 0, 256) }));
    const left = await check(prunedTo(1, [256], true));
    expect(left.violations).toEqual([expect.objectContaining({ rule: 'pruning', file: pathOf('entries', 0, 100) })]);
  });

  it('are checked by their hashes', async () => {
    const files = prunedTo(1, [256]);
    const changed = Buffer.from(files.get(pathOf(0, 0, 256)) ?? []);
    changed[0] = (changed[0] ?? 0) ^ 1;
    expect((await check(files.set(pathOf(0, 0, 256), changed))).valid).toBe(false);
  });
});

describe('a key that was replaced', () => {
  const [first, second, third] = [createSigner(), createSigner(), createSigner()];
  const rotated = (from: { vkey: string }, to: { vkey: string }) => ({ ev: 'key.rotated' as const, from: from.vkey, to: to.vkey });
  const steps = [...goodDay(2).slice(0, -1), rotated(first, second), swept(), rotated(second, third), wait(5)];
  const entries = textsOf([...steps, swept()]);
  const leaves = entries.map(leafOf);
  const last = entries.length;
  const files = (newest = third, keys = [first, second, third]) => {
    const made = writeLog(entries, newest, keys);
    for (const [by, size] of [
      [first, last - 3],
      [second, last - 1],
    ] as const) {
      made.set(`handover/${by.id}`, Buffer.from(by.sign(checkpointText(by.name, leaves.slice(0, size)))));
    }
    return made;
  };

  it('signed its replacement: who trusts it can trust the newest', async () => {
    for (const key of [first, second, third]) {
      expect(await check(files(), { pinned: pin(key) })).toMatchObject({ valid: true, pinned: true, notes: [] });
    }
    expect((await check(files(), { pinned: pin(signer) })).violations).toEqual([expect.objectContaining({ rule: 'keys' })]);
  });

  it('that left no signature is trusted no further', async () => {
    const without = files();
    without.delete(`handover/${second.id}`);
    expect((await check(without)).notes).toEqual([`Nothing shows that the key ${second.id} signed its replacement`]);
    expect((await check(without, { pinned: pin(first) })).violations).toEqual([expect.objectContaining({ rule: 'keys' })]);
    expect(await check(without, { pinned: pin(third) })).toMatchObject({ valid: true, pinned: true });
  });

  it.each([
    ['another size', () => first.sign(checkpointText(first.name, leaves.slice(0, last - 2)))],
    ['another tree', () => first.sign(checkpointText(first.name, leaves.slice(1, last - 2)))],
    ['another key', () => third.sign(checkpointText(third.name, leaves.slice(0, last - 3)))],
    ['nothing', () => ''],
  ])('has to have signed that, and not %s', async (_name, handover) => {
    const { violations } = await check(files().set(`handover/${first.id}`, Buffer.from(handover())));
    expect(violations).toEqual([expect.objectContaining({ rule: 'rotation', index: last - 4, file: `handover/${first.id}` })]);
  });

  it('signs no more', async () => {
    expect((await check(files(second))).violations).toEqual([
      { rule: 'checkpoint', file: 'checkpoint', what: 'It is signed by a key that has been replaced' },
    ]);
    const justRotated = writeLog(entries.slice(0, last - 3), first, [first, second]);
    expect((await check(justRotated)).valid).toBe(true);
    const twoLater = writeLog(entries.slice(0, last - 3), signer, [signer, first, second]);
    expect((await check(twoLater)).valid).toBe(false);
  });

  it.each([
    ['one too few', [second, third]],
    ['one too many', [first, second, signer, third]],
    ['another order', [second, first, third]],
    ['another beginning', [signer, second, third]],
  ])('is in the file of keys at its place, with %s not', async (_name, keys) => {
    const { violations } = await check(files(third, keys));
    expect(violations).toContainEqual(expect.objectContaining({ rule: 'rotation', file: 'vkey' }));
  });

  it('changes nothing that is flipped in the file of keys', async () => {
    const whole = files();
    const bytes = whole.get('vkey') ?? Buffer.alloc(0);
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
      const { violations } = await check(new Map(whole).set('vkey', changed));
      expect(violations.map(({ file }) => file)).toContain('vkey');
    }
  });
});

describe('what breaks the schema', () => {
  it('is found at its entry, and the rest is read on', async () => {
    const texts = entriesOf(20);
    const secret = texts.with(5, (texts[5] ?? '').replace('"v":1', '"user":"Alice","v":1')).with(9, 'not JSON');
    const report = await check(writeLog(secret, signer));
    expect(report.violations.filter(({ rule }) => rule === 'entry')).toEqual([
      { rule: 'entry', index: 5, what: expect.stringContaining('1 unknown') },
      { rule: 'entry', index: 9, what: 'The entry is not JSON' },
    ]);
    expect(JSON.stringify(report)).not.toContain('Alice');
    expect(report.books?.events['job.closed']).toBeGreaterThan(5);
  });
});

describe('a ledger that grows while it is checked', () => {
  const entries = entriesOf(600);
  const at = (size: number) => writeLog(entries.slice(0, size), signer);

  /** Grows at the n-th read, and loses its old partial tiles as it does. */
  function growing(sizes: readonly number[], everyReads: number) {
    const [first = 0, ...later] = sizes;
    let files = at(first);
    let reads = 0;
    const source = sourceOf(files);
    return {
      read: async (path: string) => {
        if (++reads % everyReads === 0) files = at(later.shift() ?? sizes.at(-1) ?? 0);
        return files.get(path);
      },
      list: () => source.list?.() ?? (async function* () {})(),
    };
  }

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9])('is checked as it was at one moment, growing at read %i', async (everyReads) => {
    const report = await verifyLedger(growing([300, 310, 320, 513], everyReads), { crypto: nodeCrypto });
    expect(report).toMatchObject({ valid: true, violations: [] });
    expect([300, 310, 320, 513]).toContain(report.entries?.read);
  });
});
