import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Photo } from '../../src/effects/effect.ts';
import { type Planes, reduce } from '../../src/effects/raster/planes.ts';
import { findSubject, matteOn } from '../../src/effects/subject.ts';
import type { Point } from '../../src/faces/face.ts';
import { drawnPerson, pair } from './people.ts';

let person: Photo;
let planes: Planes;

beforeAll(async () => {
  person = await drawnPerson();
  planes = reduce(person.picture, 4);
});

/** The matte at a place of the photo. */
function at(data: Float32Array, { width, factor }: Planes, [x, y]: Point): number {
  return data[Math.floor(y / factor) * width + Math.floor(x / factor)] ?? Number.NaN;
}

describe('the matte of the people', () => {
  test('holds face, hair and shoulders, and not the wall behind', () => {
    const matte = matteOn(findSubject(planes, person.faces), planes);
    const landmarks = person.faces[0]?.landmarks ?? [];
    const { width, height } = person.picture;
    for (const index of [8, 19, 24, 30, 36, 45, 57]) expect(at(matte, planes, landmarks[index] ?? [0, 0])).toBeGreaterThan(0.9);
    const [brow, chin] = [landmarks[19] ?? [0, 0], landmarks[8] ?? [0, 0]];
    expect(at(matte, planes, [width / 2, brow[1] - 0.5 * (chin[1] - brow[1])])).toBeGreaterThan(0.7);
    expect(at(matte, planes, [width / 2, height - 20])).toBeGreaterThan(0.8);
    for (const corner of [
      [10, 10],
      [width - 10, 10],
      [10, height / 2],
      [width - 10, height / 2],
    ] as const) {
      expect(at(matte, planes, corner)).toBeLessThan(0.15);
    }
  });

  test('has an edge beside the hair', () => {
    const matte = matteOn(findSubject(planes, person.faces), planes);
    const row = Math.floor((person.faces[0]?.landmarks[27]?.[1] ?? 0) / planes.factor);
    let steepest = 0;
    for (let x = 3; x < planes.width / 2; x++) {
      const i = row * planes.width + x;
      steepest = Math.max(steepest, (matte[i + 3] ?? 0) - (matte[i - 3] ?? 0));
    }
    expect(steepest).toBeGreaterThan(0.25);
  });

  test('holds everybody', () => {
    const two = pair(person);
    const wide = reduce(two.picture, 4);
    const matte = matteOn(findSubject(wide, two.faces), wide);
    for (const { landmarks } of two.faces) expect(at(matte, wide, landmarks[30] ?? [0, 0])).toBeGreaterThan(0.9);
    const nobody = matteOn(findSubject(wide, []), wide);
    expect(nobody.every((share) => share < 0.1)).toBe(true);
  });
});
