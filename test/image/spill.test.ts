import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { discThreshold } from '../../src/supervisor/selfcheck.ts';

const main = join(fileURLToPath(new URL('.', import.meta.url)), '../../src/main.cjs');

/** 49.98 million pixels: the most that the service decodes. */
const side = 7070;

const formats: Readonly<Record<string, (picture: Sharp) => Sharp>> = {
  'a JPEG': (picture) => picture.jpeg(),
  'a progressive JPEG': (picture) => picture.jpeg({ progressive: true }),
  'a PNG': (picture) => picture.png({ compressionLevel: 1 }),
  'an interlaced PNG': (picture) => picture.png({ compressionLevel: 1, progressive: true }),
  'a WebP': (picture) => picture.webp({ effort: 0 }),
  'a lossless WebP': (picture) => picture.webp({ effort: 0, lossless: true }),
  'an AVIF': (picture) => picture.avif({ effort: 0, quality: 20 }),
  'a TIFF': (picture) => picture.tiff({ compression: 'deflate' }),
  'a GIF': (picture) => picture.gif({ effort: 1, colours: 2 }),
};

jest.setTimeout(180_000);

describe('a picture of 50 million pixels', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mayfly-spill-'));
  const vault = join(dir, 'vault');
  beforeAll(() => {
    mkdirSync(vault);
    expect(spawnSync('strace', ['--version']).status).toBe(0);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  async function pictureAs(name: string): Promise<string> {
    const path = join(dir, 'picture');
    const flat = sharp({ create: { width: side, height: side, channels: 3, background: '#8899aa' }, limitInputPixels: false });
    writeFileSync(path, (await (formats[name] ?? formats['a PNG'])?.(flat).toBuffer()) ?? '');
    return path;
  }

  /** Files that a darkroom's steps create for this picture, as the kernel sees it. */
  function created(path: string, settings: Readonly<Record<string, string>>): string[] {
    const trace = join(dir, 'trace');
    const traced = ['-f', '-qq', '-y', '-e', 'trace=open,openat,creat,mknod,mknodat,rename,link,symlink', '-o', trace];
    const env = { PATH: process.env.PATH, MAYFLY_VAULT_DIR: vault, MAYFLY_DATA_DIR: join(dir, 'data'), TMPDIR: vault, ...settings };
    const { status, stderr } = spawnSync(
      'strace',
      [...traced, process.execPath, main, 'apply', path, '-t', 'moon', '-o', join(dir, 'out.png')],
      {
        env,
        encoding: 'utf8',
      },
    );
    // Nobody is in the picture: it was decoded and searched, or its decoder would have cost too much.
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/^(no-face|image-too-large)/) });
    const calls = readFileSync(trace, 'utf8').split('\n');
    return calls.filter((call) => /O_CREAT|O_TMPFILE|creat\(|mknod|rename|link\(/.test(call) && !/ = -1 /.test(call));
  }

  it.each(Object.keys(formats))('leaves no file anywhere as %s', async (name) => {
    expect(created(await pictureAs(name), { VIPS_DISC_THRESHOLD: discThreshold })).toEqual([]);
  });

  it('would leave one in the temporary folder, and it would be seen, were libvips not told', async () => {
    const spilled = created(await pictureAs('a lossless WebP'), { VIPS_DISC_THRESHOLD: '1m' });
    expect(spilled.some((call) => call.includes(vault))).toBe(true);
  });
});
