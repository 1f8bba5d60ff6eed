import { expect, test } from '@jest/globals';
import { renderPreview, sampleFace } from '../../src/effects/preview.ts';
import { loadTemplates } from '../../src/templates/load.ts';

test('every pack makes a picture of the drawn sample face', async () => {
  const { picture, faces } = await sampleFace('templates');
  expect(faces).toHaveLength(1);
  for (const template of await loadTemplates('templates')) {
    const preview = await renderPreview(template);
    const size = template.kind === 'fusion' ? template.size : { width: picture.width, height: picture.height };
    expect(preview).toMatchObject({ ...size, channels: 3 });
    let changed = 0;
    for (let i = 0; i < preview.data.length; i += 300) {
      if (preview.data[i] !== picture.data[(i / 3) * picture.channels]) changed++;
    }
    expect([template.id, changed > 10]).toEqual([template.id, true]);
  }
});
