import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Photo } from '../../src/effects/effect.ts';
import { headEllipse } from '../../src/effects/ellipse.ts';
import { headOf } from '../../src/effects/head.ts';
import type { Face } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import { manifestSchema, type Template } from '../../src/templates/template.ts';
import { greyPhoto, type Stand } from './heads.ts';
import { applied, differences, drawnPerson, packs, pair, turned } from './people.ts';

const { abs, atan2, hypot, round } = Math;

let person: Photo;
let moon: Template;

beforeAll(async () => {
  person = await drawnPerson();
  moon = await loadTemplate(packs, 'moon');
});

function first(faces: readonly Face[]): Face {
  const [face] = faces;
  if (face === undefined) throw new Error('Expected a face');
  return face;
}

const styles = ['blur', 'pixelate', 'cover'] as const;

/** A copy whose face carries other pixels: noise that has no mean of its own, so that coarse colours stay as they are. */
function withNoise({ picture, faces }: Photo): Photo {
  const head = headEllipse(first(faces));
  const data = picture.data.slice();
  for (let y = 0; y < picture.height; y++) {
    for (let x = 0; x < picture.width; x++) {
      if (hypot((x - head.x) / head.halfWidth, (y - head.y) / head.halfHeight) > 0.6) continue;
      const sign = (x + y) % 2 === 0 ? 1 : -1;
      for (let k = 0; k < 3; k++) {
        const at = (y * picture.width + x) * picture.channels + k;
        data[at] = (data[at] ?? 0) + sign * 20;
      }
    }
  }
  return { picture: { ...picture, data }, faces };
}

/** Mean of the absolute differences of neighbours in a face: its detail. */
function detail(picture: Pixels, photo: Photo): number {
  const box = photo.faces[0]?.box ?? { x: 0, y: 0, width: 1, height: 1 };
  let sum = 0;
  let count = 0;
  for (let y = round(box.y); y < box.y + box.height; y++) {
    for (let x = round(box.x); x < box.x + box.width; x++, count++) {
      const at = (y * picture.width + x) * picture.channels;
      sum += abs((picture.data[at] ?? 0) - (picture.data[at + picture.channels] ?? 0));
    }
  }
  return sum / count;
}

describe('a concealed face', () => {
  test.each(['blur', 'pixelate'] as const)('%s leaves next to no detail, even at strength 0', async (style) => {
    const before = detail(person.picture, person);
    for (const strength of [0, 70, 100]) {
      expect(detail(await applied(moon, { style, strength }, [person]), person)).toBeLessThan(before * 0.45);
    }
  });

  test.each(styles)('%s is the same for two faces that differ only in detail', async (style) => {
    const one = await applied(moon, { style }, [person]);
    const other = await applied(moon, { style }, [withNoise(person)]);
    // One of the steps of eight levels that means are rounded to, and the rounding of a byte.
    expect(differences(one, other, () => false).outside).toBeLessThanOrEqual(9);
  });
});

describe('the cover', () => {
  test.each([-30, 0, 25])('holds every landmark, the crown and the ears at a roll of %d degrees', (degrees) => {
    const face = first(turned(person, degrees, 0.8).faces);
    const points = face.landmarks;
    const head = headEllipse(face);
    const place = (x: number, y: number): number => {
      const [dx, dy] = [x - head.x, y - head.y];
      return hypot((dx * head.cos + dy * head.sin) / head.halfWidth, (dy * head.cos - dx * head.sin) / head.halfHeight);
    };
    for (const [x, y] of points) expect(place(x, y)).toBeLessThan(0.98);
    // The crown lies about as far above the eyes as the chin lies below them.
    const [chin, bridge] = [points[8] ?? [0, 0], points[27] ?? [0, 0]];
    expect(place(2 * bridge[0] - chin[0], 2 * bridge[1] - chin[1])).toBeLessThan(1);
    const roll = (atan2(head.sin, head.cos) * 180) / Math.PI;
    expect(abs(roll - degrees)).toBeLessThan(2);
  });

  test.each<Stand>([{ yaw: 60 }, { yaw: -45, pitch: 20 }, { pitch: -35 }, { yaw: 30, roll: 40, scale: 30 }])(
    'holds face, ears, nape and crown of a turned head: %o',
    (stand) => {
      const face = first(greyPhoto(stand).faces);
      const mesh = face.mesh ?? new Float32Array();
      const head = headEllipse(face);
      const place = (x: number, y: number): number => {
        const [dx, dy] = [x - head.x, y - head.y];
        return hypot((dx * head.cos + dy * head.sin) / head.halfWidth, (dy * head.cos - dx * head.sin) / head.halfHeight);
      };
      for (let i = 0; i < mesh.length; i += 3) expect(place(mesh[i] ?? 0, mesh[i + 1] ?? 0)).toBeLessThan(1);
      // Ears, nape, crown and brow of an average head, in distances between the eyes.
      const { project } = headOf(mesh);
      const around = [
        [-1.25, 0.2, -1.2],
        [1.25, 0.2, -1.2],
        [0, 0.3, -2.75],
        [0, -1.85, -1.3],
        [0, -1.3, 0],
      ] as const;
      for (const point of around) {
        const [x, y] = project(point);
        expect(place(x, y)).toBeLessThan(1);
      }
    },
  );

  test('lets nothing through where its art is clear', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'cover-'));
    try {
      writeFileSync(
        join(folder, 'hole.svg'),
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="50" r="5"/></svg>',
      );
      const cover = { art: 'hole.svg', size: { width: 100, height: 100 } };
      const manifest = { id: 'hole', kind: 'conceal', version: 1, title: 'Hole', description: 'For a test', slots: 1, cover };
      const hole = { ...manifestSchema.parse(manifest), folder };
      const [one, other] = [await applied(hole, {}, [person]), await applied(hole, {}, [withNoise(person)])];
      expect(differences(one, other, () => false).outside).toBeLessThanOrEqual(9);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.each(styles)('%s changes nothing far from the head', async (style) => {
    const result = await applied(moon, { style }, [person]);
    const head = headEllipse(first(person.faces));
    const reach = style === 'cover' ? 2.2 : 1.18;
    const found = differences(
      person.picture,
      result,
      (x, y) => hypot((x - head.x) / head.halfWidth, (y - head.y) / head.halfHeight) < reach,
    );
    expect(found.outside).toBe(0);
    expect(found.inside).toBeGreaterThan(20);
  });
});

describe('which faces', () => {
  test('all unless some are named', async () => {
    const both = pair(person);
    const half = person.picture.width;
    const covered = async (params: object) => {
      const found = differences(both.picture, await applied(moon, { ...params, style: 'pixelate' }, [both]), (x) => x < half);
      return [found.inside > 20, found.outside > 20];
    };
    expect(await covered({})).toEqual([true, true]);
    expect(await covered({ faces: [1] })).toEqual([false, true]);
  });

  test('a photo without a face is refused, because a face that was missed would go out uncovered', async () => {
    await expect(applied(moon, {}, [{ ...person, faces: [] }])).rejects.toMatchObject({ code: 'no-face' });
  });
});

test.each(styles)('%s of the same photo gives the same bytes', async (style) => {
  const first = await applied(moon, { style }, [person]);
  const second = await applied(moon, { style }, [person]);
  expect(Buffer.from(first.data).equals(Buffer.from(second.data))).toBe(true);
});
