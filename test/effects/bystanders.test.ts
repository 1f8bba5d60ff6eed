import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Photo } from '../../src/effects/effect.ts';
import { headEllipse } from '../../src/effects/ellipse.ts';
import type { Face } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import type { Template } from '../../src/templates/template.ts';
import { differences, drawnPerson, packs, pair } from './people.ts';

const { abs, hypot, round } = Math;

/** Two people, the left one first. */
let both: Photo;
let half: number;
const templates: Template[] = [];

beforeAll(async () => {
  const person = await drawnPerson();
  both = pair(person);
  half = person.picture.width;
  for (const id of ['crown', 'big-eyes', 'feminine']) templates.push(await loadTemplate(packs, id));
});

const faceAt = (index: number): Face => {
  const face = both.faces[index];
  if (face === undefined) throw new Error('Expected two faces');
  return face;
};

/** Mean difference of neighbours in a face: its detail. */
function detail(picture: Pixels, { box }: Face): number {
  let [sum, count] = [0, 0];
  for (let y = round(box.y); y < box.y + box.height; y++) {
    for (let x = round(box.x); x < box.x + box.width; x++, count++) {
      const at = (y * picture.width + x) * picture.channels;
      sum += abs((picture.data[at] ?? 0) - (picture.data[at + picture.channels] ?? 0));
    }
  }
  return sum / count;
}

describe('bystanders', () => {
  test('who were not chosen are unrecognisable in every kind, the chosen one is not', async () => {
    for (const template of templates) {
      const { picture } = await applyEffect(template, { faces: [0], bystanders: 'conceal' }, [both]);
      expect([template.id, detail(picture, faceAt(1)) < 0.35 * detail(both.picture, faceAt(1))]).toEqual([template.id, true]);
      expect([template.id, detail(picture, faceAt(0)) > 0.6 * detail(both.picture, faceAt(0))]).toEqual([template.id, true]);
    }
  });

  test('who are not good enough for the effect are hidden too', async () => {
    const [left, right] = [faceAt(0), faceAt(1)];
    for (const template of templates) {
      const made = await applyEffect(template, { bystanders: 'conceal' }, [{ ...both, faces: [left], others: [right] }]);
      expect(detail(made.picture, right)).toBeLessThan(0.35 * detail(both.picture, right));
    }
  });

  test('are hidden before the effect: what it made is judged against the hidden ones, and the photo keeps its bytes', async () => {
    const before = both.picture.data.slice();
    for (const template of templates) {
      const { base, picture, touches } = await applyEffect(template, { faces: [0], bystanders: 'conceal' }, [both]);
      if (base === undefined) throw new Error('Expected a base');
      expect(detail(base, faceAt(1))).toBeLessThan(0.35 * detail(both.picture, faceAt(1)));
      const touched = (x: number, y: number): boolean =>
        touches.some(({ mask: { area } }) => x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height);
      expect(differences(base, picture, touched).outside).toBe(0);
    }
    expect(Buffer.from(before).equals(Buffer.from(both.picture.data))).toBe(true);
  });

  test('stay as they are unless the client asks, and where there are none nothing is copied', async () => {
    const [crown] = templates;
    if (crown === undefined) throw new Error('Expected a pack');
    const kept = await applyEffect(crown, { faces: [0] }, [both]);
    expect(differences(both.picture, kept.picture, (x) => x < half).outside).toBe(0);
    const all = await applyEffect(crown, { bystanders: 'conceal' }, [both]);
    expect(all.base).toBe(both.picture);
  });

  test('leave the face in front of them whole', async () => {
    // Somebody looks over the shoulder of the chosen one: the heads overlap.
    const [chosen, other] = [faceAt(0), faceAt(1)];
    const shift = chosen.box.x - other.box.x + chosen.box.width * 1.05;
    const behind: Face = {
      ...other,
      box: { ...other.box, x: other.box.x + shift },
      landmarks: other.landmarks.map(([x, y]) => [x + shift, y]),
    };
    const [crown] = templates;
    if (crown === undefined) throw new Error('Expected a pack');
    const { base } = await applyEffect(crown, { bystanders: 'conceal', opacity: 0 }, [{ ...both, faces: [chosen], others: [behind] }]);
    if (base === undefined) throw new Error('Expected a base');
    const head = headEllipse(chosen);
    const inner = (x: number, y: number): boolean => hypot((x - head.x) / head.halfWidth, (y - head.y) / head.halfHeight) < 0.5;
    expect(differences(both.picture, base, inner).inside).toBe(0);
    const hidden = headEllipse(behind);
    const core = (x: number, y: number): boolean => hypot((x - hidden.x) / hidden.halfWidth, (y - hidden.y) / hidden.halfHeight) < 0.5;
    expect(differences(both.picture, base, core).inside).toBeGreaterThan(20);
  });
});
