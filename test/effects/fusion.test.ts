import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Photo } from '../../src/effects/effect.ts';
import { faceVertices, type Vertices } from '../../src/effects/fusion/points.ts';
import { sceneOf } from '../../src/effects/fusion/scene.ts';
import { targetOf } from '../../src/effects/fusion/target.ts';
import { type Topology, topologyOf } from '../../src/effects/fusion/topology.ts';
import { fromLab, toLab } from '../../src/effects/raster/colour.ts';
import { rasterizeMesh } from '../../src/effects/raster/mesh.ts';
import { opaqueCopy } from '../../src/effects/raster/picture.ts';
import { signedArea } from '../../src/effects/raster/triangulate.ts';
import type { Point } from '../../src/faces/face.ts';
import type { Pixels } from '../../src/image/pixels.ts';
import { loadTemplate } from '../../src/templates/load.ts';
import type { TemplateOf } from '../../src/templates/template.ts';
import { applied, differences, drawnPerson, faceOf, packs, pair, turned } from './people.ts';

const { abs, atan2, min, round } = Math;
const { isNaN: missing } = Number;

let person: Photo;
let template: TemplateOf<'fusion'>;
let topology: Topology;

beforeAll(async () => {
  person = await drawnPerson();
  const loaded = await loadTemplate(packs, 'astronaut');
  if (loaded.kind !== 'fusion') throw new Error('a fusion was expected');
  template = loaded;
  const [slot] = template.faces;
  if (slot === undefined) throw new Error('a slot was expected');
  topology = topologyOf(slot.landmarks, slot.reach);
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
  test('at rest no triangle is flipped and every vertex belongs to one', () => {
    for (const { rest, triangles } of [topology.face, topology.frame]) {
      expect(new Set(triangles).size).toBe(rest.xs.length);
      expect(flipped(triangles, rest)).toBe(0);
    }
  });

  test('no face flips a triangle or tears a hole', () => {
    for (const landmarks of strangers()) {
      for (const [strength, shape] of [
        [1, 1],
        [1, 0],
        [0.5, 0.7],
      ] as const) {
        const target = targetOf(topology, faceVertices(landmarks), strength, shape);
        for (const [net, at] of [
          [topology.face, target.face],
          [topology.frame, target.frame],
        ] as const) {
          expect(flipped(net.triangles, at)).toBe(0);
        }
        if (shape !== 1) continue;
        const area = { x: 0, y: 0, width: template.size.width, height: template.size.height };
        const values = new Float32Array(target.frame.xs.length);
        const { data } = rasterizeMesh({ ...target.frame, triangles: topology.frame.triangles, values, count: 1 }, area);
        expect(holes(data, area.width, area.height)).toBe(0);
      }
    }
  });
});

function flipped(triangles: Uint16Array, { xs, ys }: Vertices): number {
  let count = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    if (signedArea(xs, ys, triangles[t] ?? 0, triangles[t + 1] ?? 0, triangles[t + 2] ?? 0) < 0) count++;
  }
  return count;
}

/** Pixels without a triangle that have one on both sides in their row and in their column. */
function holes(data: Float32Array, width: number, height: number): number {
  const span = (start: number, step: number, length: number): [number, number] => {
    let [first, last] = [length, -1];
    for (let i = 0; i < length; i++) {
      if (missing(data[start + i * step])) continue;
      first = min(first, i);
      last = i;
    }
    return [first, last];
  };
  const rows = Array.from({ length: height }, (_, y) => span(y * width, 1, width));
  const columns = Array.from({ length: width }, (_, x) => span(x, width, height));
  let count = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left = 0, right = 0] = rows[y] ?? [];
      const [top = 0, bottom = 0] = columns[x] ?? [];
      if (missing(data[y * width + x]) && x > left && x < right && y > top && y < bottom) count++;
    }
  }
  return count;
}

describe('strength', () => {
  test('0 is the template, to the pixel, whatever the shape', async () => {
    const whole = opaqueCopy((await sceneOf(template)).whole);
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
    const whole = opaqueCopy((await sceneOf(template)).whole);
    const result = await applied(template, { strength: 100, shape: 100 }, [turned(person, 12)]);
    const { xs, ys } = topology.frame.rest;
    const box = faceOf(Array.from(xs, (x, i): Point => [x, ys[i] ?? 0])).box;
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
