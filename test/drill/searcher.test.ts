import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { canaryOf } from '../../src/drill/canary.ts';
import { marksOf, needlesOf } from '../../src/drill/marks.ts';
import { searchFor } from '../../src/drill/searcher.ts';
import { samplePhoto } from '../kit/photos.ts';

const dir = mkdtempSync(join(tmpdir(), 'mayfly-searcher-'));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(dir, { recursive: true }));

/**
 * A process that keeps what it was told, and says when it has it.
 * @param program must print a line; `mark` is a Buffer there
 */
async function keeper(mark: Buffer, program: string): Promise<number> {
  // The mark comes masked: a process that has it in its arguments would have it twice.
  const masked = Buffer.from(mark.map((byte) => byte ^ 0x5a)).toString('base64');
  const head = `const mark = Buffer.from(process.argv[1], 'base64').map((byte) => byte ^ 0x5a); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', `${head}${program};console.log('ready')`, masked], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return child.pid ?? 0;
}

/** Searches one process, as the drill does. */
function search(seed: Buffer, pid: number, folders: string[] = [], since = 0) {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    return searchFor(marksOf(seed), { seed, subjects: [{ pid, kind: 'darkroom', memory }], folders, since });
  } finally {
    closeSync(memory);
  }
}

const nothing = 'globalThis.kept = 1';
const inMemory = 'globalThis.kept = Buffer.from(mark)';

describe('the searcher', () => {
  it.each([0, 1, 2])('finds mark %i in the memory of another process, and nothing in one that does not have it', async (i) => {
    const seed = randomBytes(32);
    const needle = needlesOf(marksOf(seed))[i] ?? Buffer.alloc(0);
    expect(search(seed, await keeper(needle, inMemory)).found).toEqual([{ where: 'darkroom', hits: expect.any(Number) }]);
    expect(search(seed, await keeper(randomBytes(48), inMemory)).found).toEqual([]);
  });

  it('sees across the border of two pieces, and behind a page that cannot be read', async () => {
    const seed = randomBytes(32);
    const { text } = marksOf(seed);
    // One every 61 bytes over 24 MiB: some lie across the 8 MiB that are read at once.
    const many = `const all = Buffer.alloc(24 << 20); for (let at = 0; at + 48 < all.length; at += 61) mark.copy(all, at); globalThis.kept = all`;
    const [found] = search(seed, await keeper(text, many)).found;
    expect(found?.hits).toBeGreaterThanOrEqual(Math.floor((24 << 20) / 61) - 1);
  });

  it('takes a process that is gone for clean: nothing of its memory is left', async () => {
    const seed = randomBytes(32);
    const pid = await keeper(randomBytes(48), nothing);
    const memory = openSync(`/proc/${pid}/mem`, 'r');
    const child = children[0];
    child?.kill('SIGKILL');
    if (child !== undefined) await once(child, 'exit');
    const subjects = [{ pid, kind: 'darkroom' as const, memory }];
    expect(searchFor(marksOf(seed), { seed, subjects, folders: [], since: 0 })).toEqual({ unreadable: 0, files: 0, found: [] });
    closeSync(memory);
  });

  it('finds files below a folder, and those that only a descriptor still names', async () => {
    const seed = randomBytes(32);
    const { text, pixels } = marksOf(seed);
    const folder = join(dir, 'files');
    mkdirSync(join(folder, 'deep'), { recursive: true });
    writeFileSync(join(folder, 'deep', 'core'), Buffer.concat([randomBytes(3_000_000), pixels, randomBytes(100)]));
    writeFileSync(join(folder, 'clean'), randomBytes(100));
    const path = join(dir, 'deleted');
    const pid = await keeper(
      text,
      `const fs = require('node:fs'); globalThis.fd = fs.openSync(${JSON.stringify(path)}, 'w+'); fs.writeSync(fd, mark); fs.unlinkSync(${JSON.stringify(path)}); mark.fill(0)`,
    );
    const { files, found } = search(seed, pid, [folder]);
    expect(files).toBeGreaterThanOrEqual(3);
    const names = found.map(({ where }) => where).filter((where) => where !== 'darkroom');
    expect(names).toContain(join(folder, 'deep', 'core'));
    expect(names.some((where) => where.startsWith(`/proc/${pid}/fd/`))).toBe(true);
    expect(names).not.toContain(join(folder, 'clean'));
  });

  it('leaves alone what has not changed since', () => {
    const seed = randomBytes(32);
    const folder = join(dir, 'old');
    mkdirSync(folder);
    writeFileSync(join(folder, 'old'), marksOf(seed).text);
    const look = (since: number) => searchFor(marksOf(seed), { seed, subjects: [], folders: [folder, '/nowhere'], since });
    expect(look(Date.now() - 60_000)).toMatchObject({ files: 1, found: [{ hits: 1 }] });
    expect(look(Date.now() + 60_000)).toEqual({ unreadable: 0, files: 0, found: [] });
  });
});

describe('a canary', () => {
  it('is a picture whose decoded pixels hold one mark, and whose file holds the other one', async () => {
    const marks = marksOf(randomBytes(32));
    const file = await canaryOf(readFileSync(samplePhoto(1)), marks);
    const pixels = await sharp(file).removeAlpha().raw().toBuffer();
    expect(pixels.includes(marks.pixels)).toBe(true);
    expect(file.includes(marks.text)).toBe(true);
    expect(file.includes(marks.pixels)).toBe(false);
  });

  it('is another one for another seed, and the seed tells nothing', () => {
    const seed = randomBytes(32);
    const [one, other] = [marksOf(seed), marksOf(randomBytes(32))];
    expect(marksOf(seed)).toEqual(one);
    expect(other.text).not.toEqual(one.text);
    for (const needle of needlesOf(one)) expect(needle.includes(seed) || seed.includes(needle)).toBe(false);
  });
});
