import { describe, expect, test } from '@jest/globals';
import { previewWidth, renderPreview, samplePeople } from '../../src/effects/preview.ts';
import { interocular } from '../../src/faces/landmarks.ts';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { resize } from '../../src/image/resize.ts';
import { loadTemplates } from '../../src/templates/load.ts';

const packs = 'templates';

describe('the drawn people', () => {
  test('are different people, each with one upright face', async () => {
    const people = await samplePeople(packs);
    expect(people.length).toBeGreaterThanOrEqual(2);
    for (const { picture, faces } of people) {
      expect(faces).toHaveLength(1);
      const points = faces[0]?.landmarks ?? [];
      for (const [x, y] of points) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(picture.width);
        expect(y).toBeGreaterThan(0);
        expect(y).toBeLessThan(picture.height);
      }
    }
    expect(people[0]?.faces[0]?.landmarks).not.toEqual(people[1]?.faces[0]?.landmarks);
  });

  test('are found by the engine, whose points agree with those written down', async () => {
    const engine = await createMediapipeDetector();
    for (const { picture, faces } of await samplePeople(packs)) {
      const found = await engine.detect(picture);
      expect(found).toHaveLength(1);
      const known = faces[0]?.landmarks ?? [];
      // Without the jaw, where conventions differ most.
      const errors = known.slice(17).map(([x, y], i) => {
        const [fx, fy] = found[0]?.landmarks[i + 17] ?? [0, 0];
        return Math.hypot(fx - x, fy - y) / interocular(known);
      });
      expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.08);
    }
    await engine.close();
  });
});

test('every pack makes a picture of the drawn people', async () => {
  const [sample] = await samplePeople(packs);
  if (sample === undefined) throw new Error('no sample');
  const { picture } = sample;
  for (const template of await loadTemplates(packs)) {
    const preview = await renderPreview(template);
    expect(preview).toMatchObject({ width: previewWidth, channels: 3 });
    const untouched = await resize(picture, preview.width, preview.height);
    let changed = 0;
    for (let i = 0; i < preview.data.length; i += 300) {
      if (Math.abs((preview.data[i] ?? 0) - (untouched.data[(i / 3) * untouched.channels] ?? 0)) > 8) changed++;
    }
    expect([template.id, changed > 10]).toEqual([template.id, true]);
  }
}, 180_000);
