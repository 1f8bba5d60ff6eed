import type { Pixels } from '../../image/pixels.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { type Art, art, laidOver } from '../raster/art.ts';
import { rasterizeMesh } from '../raster/mesh.ts';
import { type Area, areaAround, opaqueCopy } from '../raster/picture.ts';
import { featureMask } from './features.ts';
import { shifted } from './points.ts';
import { readSkin } from './skin.ts';
import { type Topology, topologyOf } from './topology.ts';

/** A scene as it is composed: four sheets in order of painting, and what is known of its drawn faces. Made once per process. */
export interface Scene {
  readonly stillBehind: Art;
  readonly movingBehind: Art;
  readonly movingFront: Art;
  readonly stillFront: Art;
  /** All four laid over each other: the result at strength 0. */
  readonly whole: Pixels;
  readonly slots: readonly SlotScene[];
}

export interface SlotScene {
  readonly topology: Topology;
  readonly light: SlotLight;
}

/** Light on the drawn face over its usual colour: three factors a pixel of the area; 1 is the usual. */
export interface SlotLight {
  readonly area: Area;
  readonly factors: Float32Array;
}

const scenes = new Map<string, Promise<Scene>>();

export function sceneOf(template: TemplateOf<'fusion'>): Promise<Scene> {
  const key = `${template.folder}@${template.version}`;
  const known = scenes.get(key);
  if (known !== undefined) return known;
  const made = readScene(template);
  scenes.set(key, made);
  made.catch(() => scenes.delete(key));
  return made;
}

async function readScene(template: TemplateOf<'fusion'>): Promise<Scene> {
  const { width, height } = template.size;
  const sheet = async (place: 'behind' | 'front', moves: boolean): Promise<Art> => {
    const layers = template.layers.filter((layer) => layer.place === place && layer.moves === moves);
    return laidOver(await Promise.all(layers.map((layer) => art(template, layer.art, width, height))), width, height);
  };
  const [stillBehind, movingBehind, movingFront, stillFront] = await Promise.all([
    sheet('behind', false),
    sheet('behind', true),
    sheet('front', true),
    sheet('front', false),
  ]);
  const whole = opaqueCopy(laidOver([stillBehind, movingBehind, movingFront, stillFront], width, height));
  const slots = template.faces.map((slot): SlotScene => {
    const topology = topologyOf(slot.landmarks, slot.reach);
    return { topology, light: drawnLight([stillBehind, movingBehind], topology) };
  });
  return { stillBehind, movingBehind, movingFront, stillFront, whole, slots };
}

/** The light is read from the drawn face as it is from a photo's. */
function drawnLight(behind: readonly [Art, Art], { face: { rest, triangles }, edge }: Topology): SlotLight {
  const [still, moving] = behind;
  const area = areaAround(rest.xs, rest.ys, 2, still.width, still.height);
  const { width, height } = area;
  const data = new Float32Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    let from = ((area.y + y) * still.width + area.x) * 4;
    for (let x = 0; x < width; x++, from += 4, to += 3) {
      const through = 1 - (moving.data[from + 3] ?? 0) / 255;
      for (let k = 0; k < 3; k++) data[to + k] = (moving.data[from + k] ?? 0) + (still.data[from + k] ?? 0) * through;
    }
  }
  const at = shifted(rest, area.x, area.y);
  const edges = rasterizeMesh({ ...rest, triangles, values: edge, count: 1 }, area).data;
  const { tone, light } = readSkin({ width, height, data, edge: edges }, at, featureMask(at, width, height));
  return { area, factors: light.map((value, i) => value / Math.max(1, tone[i % 3] ?? 1)) };
}
