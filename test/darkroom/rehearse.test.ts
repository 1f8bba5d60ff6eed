import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kit } from '../../src/darkroom/develop.ts';
import { rehearse } from '../../src/darkroom/rehearse.ts';
import { sampleFace } from '../../src/effects/preview.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { encode } from '../../src/image/encode.ts';
import { resize } from '../../src/image/resize.ts';
import { samplePath } from '../../src/templates/load.ts';

describe('a rehearsal', () => {
  const seconds = 2;
  let dir: string;
  let kit: Kit;
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'rehearsal-'));
    for (const id of ['_sample', 'lion', 'crown', 'younger', 'ink', 'chibi', 'low-poly', 'moon', 'sunglasses']) {
      cpSync(join('templates', id), join(dir, id), { recursive: true });
    }
    rmSync(samplePath(dir), { force: true });
    kit = { detector: await createMediapipeDetector(), templatesDir: dir, maxPixels: 1e7 };
  });
  afterAll(async () => {
    await kit.detector.close();
    rmSync(dir, { recursive: true, force: true });
  });

  it('is left out where the build has drawn no sample', async () => {
    expect(await rehearse(kit, seconds, () => false)).toEqual([]);
  });

  it('takes every kind to its end', async () => {
    const { picture } = await sampleFace(dir);
    mkdirSync(dirname(samplePath(dir)), { recursive: true });
    writeFileSync(samplePath(dir), await encode(await resize(picture, 400, 500), 'image/jpeg'));
    const kinds = await rehearse(kit, seconds, () => false);
    expect([...new Set(kinds)].sort()).toEqual(['avatar', 'conceal', 'fusion', 'mesh', 'reshape', 'sticker', 'toon']);
  }, 120_000);

  it('goes on after the first round, for a while', async () => {
    const begun = performance.now();
    const played = await rehearse(kit, seconds, () => false);
    const took = performance.now() - begun;
    // Eight packs draw in seven ways.
    expect(played.length).toBeGreaterThanOrEqual(7);
    if (played.length < 3 * 7) expect(took).toBeGreaterThan(1000 * seconds);
  }, 120_000);

  it('does not begin where it is given no time', async () => {
    expect(await rehearse(kit, 0, () => false)).toEqual([]);
  });

  it('ends at the next step when a photo is wanted', async () => {
    let asked = 0;
    expect(await rehearse(kit, seconds, () => ++asked > 3)).toHaveLength(3);
    expect(await rehearse(kit, seconds, () => true)).toEqual([]);
  });
});
