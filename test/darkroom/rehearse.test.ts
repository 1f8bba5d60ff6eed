import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Kit } from '../../src/darkroom/develop.ts';
import { longest, rehearse } from '../../src/darkroom/rehearse.ts';
import { sampleFace } from '../../src/effects/preview.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { encode } from '../../src/image/encode.ts';
import { resize } from '../../src/image/resize.ts';
import { samplePath } from '../../src/templates/load.ts';

describe('a rehearsal', () => {
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
    expect(await rehearse(kit, () => false)).toEqual([]);
  });

  it('takes every kind to its end', async () => {
    const { picture } = await sampleFace(dir);
    mkdirSync(dirname(samplePath(dir)), { recursive: true });
    writeFileSync(samplePath(dir), await encode(await resize(picture, 400, 500), 'image/jpeg'));
    const kinds = await rehearse(kit, () => false);
    expect([...kinds].sort()).toEqual(['avatar', 'conceal', 'fusion', 'mesh', 'reshape', 'sticker', 'toon']);
  }, 120_000);

  it('goes on after the first round, for a while', async () => {
    let asked = 0;
    const begun = performance.now();
    await rehearse(kit, () => {
      asked += 1;
      return false;
    });
    const took = performance.now() - begun;
    // Eight packs draw in seven ways, and each is asked for before it begins; the first question is whether to begin at all.
    const pictures = asked - 1;
    expect(pictures).toBeGreaterThanOrEqual(7);
    if (pictures < 3 * 7) expect(took).toBeGreaterThan(longest);
  }, 120_000);

  it('ends at the next step when a photo is wanted', async () => {
    let asked = 0;
    expect(await rehearse(kit, () => ++asked > 3)).toHaveLength(2);
    expect(await rehearse(kit, () => true)).toEqual([]);
  });
});
