import type { Face } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import { Problem } from '../problems.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { TemplateOf } from '../templates/template.ts';
import { faceAt, prominence } from './choose.ts';
import type { Effect, Made, Photo } from './effect.ts';
import { bakedScene } from './fusion/baked-scene.ts';
import { still } from './fusion/bend.ts';
import { compose } from './fusion/compose.ts';
import { type Fused, fuse } from './fusion/fuse.ts';
import { makeScene, type Scene, sceneOf } from './fusion/scene.ts';
import { unbent } from './fusion/unbent.ts';
import { wipe } from './raster/scratch.ts';

interface Placed {
  readonly photo: Photo;
  readonly face: Face;
  readonly slot: number;
}

/**
 * Puts faces into a drawn scene.
 * @throws Problem `no-face` where there are fewer faces than slots, `invalid-params` where `faces` names none
 */
async function apply(template: TemplateOf<'fusion'>, params: ParamsOf<'fusion'>, photos: readonly Photo[]): Promise<Made> {
  const scene = await sceneOf(template);
  const placed = placeFaces(template, params, photos);
  try {
    return layFaces(scene, template, params, placed);
  } finally {
    wipe();
  }
}

function layFaces(scene: Scene, template: TemplateOf<'fusion'>, { strength, shape }: ParamsOf<'fusion'>, placed: readonly Placed[]): Made {
  // Whoever gets a picture overwrites it in the end, and the scene is kept for the next photo.
  const picture = copyOf(scene.whole);
  const alone = { base: scene.whole, lasting: true } as const;
  if (strength === 0) return { picture, ...alone, touches: [], measures: { tearing: 0, outside: 0 } };
  const bend = still(scene.frame);
  const fused = placed.map(({ photo, face, slot }): Fused => {
    const here = scene.slots[slot];
    const rendering = template.faces[slot]?.rendering;
    if (here === undefined || rendering === undefined) throw new Problem('invalid-params', 'The template has no such slot');
    return fuse(scene, here, rendering, photo.picture, face, strength / 100, shape / 100, bend);
  });
  const masks = compose(
    picture,
    scene,
    bend,
    fused.map(({ laid }) => laid),
  );
  return {
    picture,
    ...alone,
    rest: unbent(bend),
    touches: fused.flatMap(({ landmarks }, i) => {
      const mask = masks[i];
      return mask === undefined ? [] : [{ mask, landmarks }];
    }),
    measures: {
      tearing: fused.reduce((sum, { tearing }) => sum + tearing, 0),
      outside: fused.reduce((sum, { outside }) => sum + outside, 0),
    },
  };
}

function copyOf(picture: Pixels): Pixels {
  return { ...picture, data: picture.data.slice() };
}

export const fusion: Effect<'fusion'> = {
  apply,
  art: ({ layers, size }) => layers.map(({ art }) => ({ name: art, ...size })),
  bake: async (template) => [await bakedScene(template, await makeScene(template))],
  prepare: async (template) => void (await sceneOf(template)),
};

function placeFaces(template: TemplateOf<'fusion'>, params: ParamsOf<'fusion'>, photos: readonly Photo[]): readonly Placed[] {
  const all = photos.flatMap((photo) => photo.faces.map((face) => ({ photo, face, ...face })));
  if (all.length === 0) throw new Problem('no-face');
  if (params.faces !== undefined) {
    const reasons = params.faces
      .filter(({ to }) => to >= template.slots)
      .map(({ to }) => `faces: there is no slot ${to}, ${template.slots} in all`);
    if (reasons.length > 0) throw new Problem('invalid-params', 'A slot was named that the template does not have', { reasons });
    return params.faces.map(({ from, to }) => ({ ...faceAt(all, from), slot: to }));
  }
  // Several photos: the most prominent face of each. One photo: as many of its faces as there are slots.
  const order = new Map(all.map((each, index) => [each, index]));
  const best = [...all].sort((a, b) => prominence(b.face) - prominence(a.face));
  const chosen = photos.length > 1 ? photos.flatMap((photo) => best.find((each) => each.photo === photo) ?? []) : best;
  if (chosen.length < template.slots)
    throw new Problem('no-face', `This template takes ${template.slots} faces but ${chosen.length} were found`);
  return chosen
    .slice(0, template.slots)
    .sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .map((each, slot) => ({ photo: each.photo, face: each.face, slot }));
}
