import { describe, expect, it } from '@jest/globals';
import { snapshot } from '../../src/verify/snapshot.ts';
import { checkpointText, createSigner, type Files, leafOf, sourceOf, writeLog } from './log-writer.ts';

const signer = createSigner();
const entries = Array.from({ length: 600 }, (_, i) => `entry ${i}`);
const logOf = (size: number) => writeLog(entries.slice(0, size), signer);
const checkpointOf = (size: number) => Buffer.from(signer.sign(checkpointText(signer.name, entries.slice(0, size).map(leafOf))));

/** A source that notes what is read of it; before each reading, `change` may give it other files. */
function watched(files: Files, change: (reads: number) => Files | undefined = () => undefined) {
  const reads: string[] = [];
  let now = files;
  const read = async (path: string) => {
    now = change(reads.length) ?? now;
    reads.push(path);
    return now.get(path);
  };
  return { reads, source: { read } };
}

describe('a ledger as it was at one moment', () => {
  it.each([
    [600, ['tile/entries/002.p/88', 'tile/0/002.p/88', 'tile/1/000.p/2']],
    [512, ['tile/1/000.p/2']],
    [255, ['tile/entries/000.p/255', 'tile/0/000.p/255']],
    [0, []],
  ])('is its checkpoint, its keys and the partial tiles at its edge: of %i entries', async (size, edge) => {
    const { reads, source } = watched(logOf(size));
    await snapshot(source);
    expect(reads).toEqual(['checkpoint', 'vkey', ...edge, 'checkpoint']);
  });

  it('stays as it was when the ledger grows', async () => {
    const [before, after] = [logOf(300), logOf(600).set('vkey', Buffer.from('other'))];
    let grown = false;
    const { source } = watched(before, () => (grown ? after : undefined));
    const kept = await snapshot(source);
    grown = true;
    for (const path of ['checkpoint', 'vkey', 'tile/0/001.p/44', 'tile/entries/001.p/44', 'tile/1/000.p/1']) {
      expect(await kept.read(path)).toBe(before.get(path));
    }
    expect(await kept.read('tile/0/001')).toBe(after.get('tile/0/001'));
  });

  it.each([
    ['that grows', checkpointOf(2), checkpointOf(3)],
    ['that begins', undefined, checkpointOf(3)],
    ['that is removed', checkpointOf(2), undefined],
  ])('is read again where there is another checkpoint at the end: of one %s', async (_name, first, second) => {
    const files = (checkpoint: Uint8Array | undefined): Files => new Map(checkpoint && [['checkpoint', checkpoint]]);
    let checkpoints = 0;
    const read = async (path: string) => (path === 'checkpoint' ? files(checkpoints++ === 0 ? first : second).get(path) : undefined);
    expect(await (await snapshot({ read })).read('checkpoint')).toEqual(second);
    expect(checkpoints).toBe(second === undefined ? 5 : 4);
  });

  it('is taken as it is where the ledger never rests', async () => {
    let checkpoints = 0;
    const read = async (path: string) => (path === 'checkpoint' ? Buffer.from(`checkpoint ${checkpoints++}`) : undefined);
    const kept = await snapshot({ read });
    expect(checkpoints).toBe(40);
    expect(String(await kept.read('checkpoint'))).toBe('checkpoint 38');
  });

  it('has no edge where the checkpoint does not say how many entries there are', async () => {
    for (const text of ['', 'log\n', 'log\n12', 'log\nx12\n', 'log\n12x\n', 'a\nlog\n12\n', `log\n${'9'.repeat(16)}\n`]) {
      const { reads, source } = watched(new Map([['checkpoint', Buffer.from(text)]]));
      await snapshot(source);
      expect({ text, reads }).toEqual({ text, reads: ['checkpoint', 'vkey', 'checkpoint'] });
    }
  });

  it('lists what the ledger lists, if it can', async () => {
    const files = logOf(3);
    const paths: string[] = [];
    for await (const path of (await snapshot(sourceOf(files))).list?.() ?? []) paths.push(path);
    expect(paths).toEqual([...files.keys()]);
    expect((await snapshot(watched(files).source)).list).toBeUndefined();
  });
});
