import { beforeAll, describe, expect, test } from '@jest/globals';
import { applyEffect } from '../../src/effects/apply.ts';
import type { Photo } from '../../src/effects/effect.ts';
import { aim, turnedOver } from '../../src/effects/fusion/aim.ts';
import { addOutline, bendCell, still } from '../../src/effects/fusion/bend.ts';
import { type Scene, sceneOf } from '../../src/effects/fusion/scene.ts';
import { columns, type Slot, slotOf } from '../../src/effects/fusion/slot.ts';
import { sourceOf } from '../../src/effects/fusion/source.ts';
import { warp } from '../../src/effects/fusion/warp.ts';
import { fromLab, toLab } from '../../src/effects/raster/colour.ts';
import { areaAround, opaqueCopy } from '../../src/effects/raster/picture.ts';
import type { Point } from '../../src/faces/face.ts';
import { meshOf } from '../../src/faces/mesh.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import type { TemplateOf } from '../../src/templates/template.ts';
import { applied, differences, drawnPerson, faceOf, packs, pair, turned } from './people.ts';

const { abs, atan2, max, min, round } = Math;

let person: Photo;
let template: TemplateOf<'fusion'>;
let scene: Scene;
let slot: Slot;

beforeAll(async () => {
  person = await drawnPerson();
  const loaded = await loadTemplate(packs, 'astronaut');
  if (loaded.kind !== 'fusion') throw new Error('a fusion was expected');
  template = loaded;
  scene = await sceneOf(template);
  const [drawn] = template.faces;
  if (drawn === undefined) throw new Error('a slot was expected');
  slot = slotOf(drawn.landmarks, drawn.reach);
});

/** Landmarks of a person who is nothing like the template: turned, wide, mouth open, a little noise; the same every time. */
function strangers(): readonly (readonly Point[])[] {
  const base = person.faces[0]?.landmarks ?? [];
  let seed = 3;
  const noise = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647 - 0.5;
  };
  const [cx, cy] = base[30] ?? [0, 0];
  return [
    base.map(([x, y]): Point => [x + noise() * 10, y + noise() * 10]),
    base.map(([x, y]): Point => [cx + (x - cx) * 1.35, y]),
    base.map(([x, y]): Point => [cx + (x - cx) * (x < cx ? 0.55 : 1.1), cy + (y - cy) * 0.9]),
    base.map(([x, y], i): Point => [x, i >= 55 && i !== 60 && i !== 64 ? y + 45 : y]),
    base.map(([x, y], i): Point => (i === 66 ? [x, y - 14] : i === 62 ? [x, y + 14] : [x, y])),
    base.map(([x, y]): Point => [cx + (x - cx) * 0.06, y]),
  ];
}

describe('the mesh', () => {
  test('at rest every point belongs to a triangle', () => {
    expect(new Set(slot.order).size).toBe(slot.rest.length / 3);
    expect(turnedOver(slot.rest, slot)).toBe(0);
  });

  test('no face turns a triangle over or tears a hole', () => {
    for (const landmarks of strangers()) {
      for (const [strength, shape] of [
        [1, 1],
        [1, 0],
        [0.5, 0.7],
      ] as const) {
        const { mesh, tearing } = aim(slot, meshOf(faceOf(landmarks)), strength, shape);
        expect(tearing).toBe(0);
        expect(turnedOver(mesh, slot)).toBe(0);
        expect(holes(mesh)).toBe(0);
      }
    }
  });

  test('the scene around a face bends without folding', () => {
    for (const landmarks of strangers()) {
      const bend = still(scene.frame);
      addOutline(bend, slot, aim(slot, meshOf(faceOf(landmarks)), 1, 1).moves);
      const { width, data } = bend;
      // Neighbouring nodes stay in order, so no place is shown twice.
      for (let i = 0; i + 2 * width + 2 < data.length; i += 2) {
        if ((i / 2) % width < width - 1) expect(bendCell + (data[i + 2] ?? 0) - (data[i] ?? 0)).toBeGreaterThan(0);
        expect(bendCell + (data[i + 2 * width + 1] ?? 0) - (data[i + 1] ?? 0)).toBeGreaterThan(0);
      }
    }
  });
});

/** Pixels that the mesh leaves out between two of their row that it covers. */
function holes(mesh: Float32Array): number {
  const { xs, ys } = columns(mesh);
  const { picture } = person;
  const within = areaAround(xs, ys, 2, template.size.width, template.size.height);
  const { covered } = warp(sourceOf(picture, mesh, mesh), xs, ys, slot.order, within);
  let count = 0;
  for (let y = 0; y < within.height; y++) {
    const row = covered.subarray(y * within.width, (y + 1) * within.width);
    const [first, last] = [row.indexOf(255), row.lastIndexOf(255)];
    for (let x = max(0, first); x < last; x++) if (row[x] === 0) count++;
  }
  return count;
}

describe('strength', () => {
  test('0 is the template, to the pixel, whatever the shape', async () => {
    const whole = opaqueCopy(scene.whole);
    for (const shape of [0, 100]) {
      const result = await applied(template, { strength: 0, shape }, [person]);
      expect(Buffer.from(result.data).equals(Buffer.from(whole.data))).toBe(true);
    }
  });

  test('every step brings the face nearer to the user and farther from the template', async () => {
    const at = async (strength: number) => applied(template, { strength }, [person]);
    const [template0, quarter, half, most, user] = [await at(0), await at(25), await at(50), await at(75), await at(100)];
    const steps = [quarter, half, most];
    const toTemplate = [...steps, user].map((result) => distance(result, template0));
    const toUser = [template0, ...steps].map((result) => distance(result, user));
    expect(toTemplate).toEqual([...toTemplate].sort((a, b) => a - b));
    expect(toUser).toEqual([...toUser].sort((a, b) => b - a));
    expect(toUser[3]).toBeLessThan((toUser[0] ?? 0) / 2);
  });
});

/** Mean difference over the slot's face. */
function distance(one: Pixels, other: Pixels): number {
  const points = template.faces[0]?.landmarks ?? [];
  const box = faceOf(points).box;
  let sum = 0;
  let count = 0;
  for (let y = round(box.y); y < box.y + box.height; y++) {
    for (let x = round(box.x); x < box.x + box.width; x++, count++) {
      for (let k = 0; k < 3; k++)
        sum += abs((one.data[(y * one.width + x) * 3 + k] ?? 0) - (other.data[(y * other.width + x) * 3 + k] ?? 0));
    }
  }
  return sum / count;
}

describe('the scene', () => {
  test('does not change beyond reach of the face', async () => {
    const whole = opaqueCopy(scene.whole);
    const result = await applied(template, { strength: 100, shape: 100 }, [turned(person, 12)]);
    const box = scene.frame;
    const found = differences(
      whole,
      result,
      (x, y) => x > box.x - 4 && y > box.y - 4 && x < box.x + box.width + 4 && y < box.y + box.height + 4,
    );
    expect(found.outside).toBe(0);
    expect(found.inside).toBeGreaterThan(20);
  });

  test('is its own size and opaque, and the photo stays as it was', async () => {
    const before = person.picture.data.slice();
    const result = await applied(template, {}, [person]);
    expect(result).toMatchObject({ ...template.size, channels: 3 });
    expect(Buffer.from(before).equals(Buffer.from(person.picture.data))).toBe(true);
  });

  test('comes out the same twice', async () => {
    const first = await applied(template, { strength: 80 }, [person]);
    const second = await applied(template, { strength: 80 }, [person]);
    expect(Buffer.from(first.data).equals(Buffer.from(second.data))).toBe(true);
  });
});

describe('skin', () => {
  /** The drawn person with all lightness scaled. */
  const exposed = (factor: number): Photo => ({
    ...person,
    picture: {
      ...person.picture,
      data: person.picture.data.map((value, i) => (i % person.picture.channels === 3 ? value : value * factor)),
    },
  });

  const cheek = (result: Pixels): readonly number[] => {
    const points = template.faces[0]?.landmarks ?? [];
    const [ax, ay] = points[41] ?? [0, 0];
    const [bx, by] = points[48] ?? [0, 0];
    const at = (round((ay + by) / 2) * result.width + round((ax + bx) / 2)) * 3;
    return toLab([result.data[at] ?? 0, result.data[at + 1] ?? 0, result.data[at + 2] ?? 0]);
  };

  test('dark stays darker than light, and all of it has a colour that skin has', async () => {
    const found: number[] = [];
    for (const factor of [0.45, 0.75, 1, 1.35]) {
      const [l = 0, a = 0, b = 0] = cheek(await applied(template, {}, [exposed(factor)]));
      found.push(l);
      const hue = (atan2(b, a) * 180) / Math.PI;
      expect(hue).toBeGreaterThan(25);
      expect(hue).toBeLessThan(75);
    }
    expect(found).toEqual([...found].sort((p, q) => p - q));
    expect((found[3] ?? 0) - (found[0] ?? 0)).toBeGreaterThan(15);
  });

  test('coloured light on the photo does not reach the scene', async () => {
    const blue: Photo = {
      ...person,
      picture: {
        ...person.picture,
        data: person.picture.data.map((value, i) => value * ([0.55, 0.8, 1.5, 1][i % person.picture.channels] ?? 1)),
      },
    };
    const [plain, tinted] = [cheek(await applied(template, {}, [person])), cheek(await applied(template, {}, [blue]))];
    expect(abs((plain[1] ?? 0) - (tinted[1] ?? 0))).toBeLessThan(8);
    expect(abs((plain[2] ?? 0) - (tinted[2] ?? 0))).toBeLessThan(12);
  });

  test('Lab and back is the same colour', () => {
    for (const rgb of [
      [0, 0, 0],
      [255, 255, 255],
      [200, 120, 80],
      [12, 200, 240],
    ] as const) {
      fromLab(toLab(rgb)).forEach((value, k) => {
        expect(value).toBeCloseTo(rgb[k] ?? 0, 1);
      });
    }
    expect(toLab([255, 0, 0]).map((value) => round(value))).toEqual([53, 80, 67]);
  });
});

describe('what was touched', () => {
  test('every pixel that changed lies in a mask, and where the face is laid the mask is full', async () => {
    for (const id of ['astronaut', 'two-of-hearts', 'statue']) {
      const pack = await loadTemplate(packs, id);
      const { picture, base, touches } = await applyEffect(pack, { shape: 100 }, [pair(person)]);
      if (base === undefined) throw new Error('a base was expected');
      expect(touches).toHaveLength(pack.slots);
      const within = (x: number, y: number, least: number): boolean =>
        touches.some(({ mask: { area, data } }) => {
          const [u, v] = [Math.floor(x) - area.x, Math.floor(y) - area.y];
          return u >= 0 && v >= 0 && u < area.width && v < area.height && (data[v * area.width + u] ?? 0) >= least;
        });
      expect(differences(base, picture, (x, y) => within(x, y, 1)).outside).toBe(0);
      for (const { landmarks } of touches) for (const [x, y] of (landmarks ?? []).slice(27, 68)) expect(within(x, y, 128)).toBe(true);
    }
  });

  test('features are expected where they are drawn: at full strength those of the user, at none those of the template', async () => {
    const points = template.faces[0]?.landmarks ?? [];
    const at = async (strength: number) => (await applyEffect(template, { strength, shape: 100 }, [person])).touches[0]?.landmarks ?? [];
    const apart = (one: readonly Point[], other: readonly Point[]): number =>
      one.reduce((sum, [x, y], i) => sum + Math.hypot(x - (other[i]?.[0] ?? 0), y - (other[i]?.[1] ?? 0)) / one.length, 0);
    const [little, half, all] = [await at(1), await at(50), await at(100)];
    expect(apart(little, points)).toBeLessThan(apart(half, points));
    expect(apart(half, points)).toBeLessThan(apart(all, points));
    expect(apart(half, all)).toBeLessThan(apart(little, all));
  });
});

describe('several faces', () => {
  test('none repaints the surroundings of another: each slot is as if it were alone, but for the outline it leans on', async () => {
    const hearts = await loadTemplate(packs, 'two-of-hearts');
    const both = await applyEffect(hearts, { shape: 0 }, [pair(person)]);
    for (const slot of [0, 1]) {
      const alone = await applyEffect(hearts, { shape: 0, faces: [{ from: slot, to: slot }] }, [pair(person)]);
      const mask = alone.touches[0]?.mask;
      if (mask === undefined) throw new Error('a mask was expected');
      const { area, data } = mask;
      const inFace = (x: number, y: number): boolean =>
        (data[(Math.floor(y) - area.y) * area.width + Math.floor(x) - area.x] ?? 0) >= 200 && x > area.x && x < area.x + area.width;
      expect(differences(alone.picture, both.picture, inFace).inside).toBe(0);
    }
  });

  test('several photos fill the slots in their order', async () => {
    const hearts = await loadTemplate(packs, 'two-of-hearts');
    const lighter: Photo = {
      ...person,
      picture: {
        ...person.picture,
        data: person.picture.data.map((value, i) => (i % person.picture.channels === 3 ? value : value * 0.6)),
      },
    };
    const one = await applyEffect(hearts, {}, [person, lighter]);
    const other = await applyEffect(hearts, {}, [lighter, person]);
    const cheek = (made: Pixels, slot: number): number => {
      const points = (hearts.kind === 'fusion' ? hearts.faces[slot]?.landmarks : undefined) ?? [];
      const [ax, ay] = points[41] ?? [0, 0];
      const [bx, by] = points[48] ?? [0, 0];
      return made.data[(round((ay + by) / 2) * made.width + round((ax + bx) / 2)) * 3 + 1] ?? 0;
    };
    expect(cheek(one.picture, 0)).toBeGreaterThan(cheek(other.picture, 0) + 10);
    expect(cheek(one.picture, 1)).toBeLessThan(cheek(other.picture, 1) - 10);
  });
});

describe('which face goes where', () => {
  test('one may be chosen, from the left', async () => {
    const both = pair(person);
    const lighter = both.picture.data.map((value, i) =>
      (i / both.picture.channels) % both.picture.width < both.picture.width / 2 ? value : min(255, value * 1.3),
    );
    const photo = { ...both, picture: { ...both.picture, data: lighter } };
    const [first, second] = [
      await applied(template, { faces: [{ from: 0, to: 0 }] }, [photo]),
      await applied(template, { faces: [{ from: 1, to: 0 }] }, [photo]),
    ];
    expect(distance(first, await applied(template, {}, [person]))).toBeLessThan(1);
    expect(distance(first, second)).toBeGreaterThan(3);
  });

  test('a face or slot that is not there is refused, and so is a photo without any', async () => {
    await expect(applied(template, { faces: [{ from: 1, to: 0 }] }, [person])).rejects.toMatchObject({ code: 'invalid-params' });
    await expect(applied(template, { faces: [{ from: 0, to: 1 }] }, [person])).rejects.toMatchObject({ code: 'invalid-params' });
    await expect(applied(template, {}, [{ ...person, faces: [] }])).rejects.toMatchObject({ code: 'no-face' });
  });
});
