import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../../src/effects/apply.ts';
import type { Photo } from '../../../src/effects/effect.ts';
import { portraitArt, portraitOf } from '../../../src/effects/fusion/portrait.ts';
import { ciede2000 } from '../../../src/effects/measures/ciede2000.ts';
import { toLab } from '../../../src/effects/raster/colour.ts';
import { encode } from '../../../src/image/encode.ts';
import type { Pixels } from '../../../src/image/pixels.ts';
import { checkTemplate } from '../../../src/templates/check.ts';
import { loadTemplate } from '../../../src/templates/load.ts';
import type { Template } from '../../../src/templates/template.ts';
import { drawnPerson, turned } from '../people.ts';

const { round } = Math;

let dir: string;
let person: Photo;
let portrait: Pixels;
let template: Template;

/** A pack of the drawn person, darkened: her own face is the template's. */
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'packs-'));
  person = await drawnPerson();
  const { picture, faces } = person;
  portrait = { ...picture, data: picture.data.map((value, i) => (picture.channels === 4 && i % 4 === 3 ? value : value * 0.7)) };
  const { manifest, cover } = portraitOf(portrait, faces, { id: 'own', title: 'Own' });
  await mkdir(join(dir, 'own'));
  await writeFile(join(dir, 'own', 'template.json'), JSON.stringify(manifest));
  await writeFile(join(dir, 'own', portraitArt.portrait), await encode(portrait, 'image/webp', 100));
  await writeFile(join(dir, 'own', portraitArt.cover), await encode(cover, 'image/png'));
  template = await loadTemplate(dir, 'own');
});

afterAll(() => rm(dir, { recursive: true, force: true }));

const colourAt = ({ data, width, channels }: Pixels, x: number, y: number): readonly [number, number, number] => {
  const at = (round(y) * width + round(x)) * channels;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
};

describe('a portrait as a template', () => {
  test('is a pack without mistakes, at its own size', async () => {
    expect(await checkTemplate(dir, 'own')).toEqual([]);
    const { picture, base } = await applyEffect(template, { strength: 0 }, [person]);
    expect([picture.width, picture.height]).toEqual([portrait.width, portrait.height]);
    expect(Buffer.compare(Buffer.from(picture.data), Buffer.from(base?.data ?? []))).toBe(0);
  });

  test("gives the face its own skin's colour and light: on the cheek nobody sees a difference", async () => {
    const { picture, base } = await applyEffect(template, { shape: 0 }, [turned(person, 9)]);
    const points = person.faces[0]?.landmarks ?? [];
    for (const [eye, mouth] of [
      [41, 48],
      [46, 54],
    ] as const) {
      const [ax, ay] = points[eye] ?? [0, 0];
      const [bx, by] = points[mouth] ?? [0, 0];
      const place = [(ax + bx) / 2, (ay + by) / 2] as const;
      if (base === undefined) throw new Error('a base was expected');
      expect(ciede2000(toLab(colourAt(picture, ...place)), toLab(colourAt(base, ...place)))).toBeLessThan(4);
    }
  });

  test('is drawn as flat as it is: a drawing gets brush work, the same with the grain of a photo none', () => {
    let seed = 5;
    const noise = (): number => {
      seed = (seed * 48271) % 2147483647;
      return 10 * (seed / 2147483647 - 0.5);
    };
    const grainy: Pixels = { ...portrait, data: portrait.data.map((value) => value + noise()) };
    const paintOf = (picture: Pixels): number =>
      portraitOf(picture, person.faces, { id: 'own', title: 'Own' }).manifest.faces[0]?.rendering.paint ?? Number.NaN;
    expect(paintOf(portrait)).toBeGreaterThan(0.5);
    expect(paintOf(grainy)).toBe(0);
  });

  test('art of another size is refused', async () => {
    const broken = join(dir, 'small');
    await mkdir(broken);
    const { manifest, cover } = portraitOf(portrait, person.faces, { id: 'small', title: 'Small' });
    await writeFile(
      join(broken, 'template.json'),
      JSON.stringify({ ...manifest, size: { ...manifest.size, width: manifest.size.width - 1 } }),
    );
    await writeFile(join(broken, portraitArt.portrait), await encode(portrait, 'image/webp', 90));
    await writeFile(join(broken, portraitArt.cover), await encode(cover, 'image/png'));
    await expect(applyEffect(await loadTemplate(dir, 'small'), {}, [person])).rejects.toThrow(/Expected art of/);
  });
});
