import type { Pixels } from '../../image/pixels.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { type Art, art, laidOver } from '../raster/art.ts';
import type { Rgb } from '../raster/colour.ts';
import { packed } from '../raster/packed.ts';
import { type Area, areaAround, opaqueCopy } from '../raster/picture.ts';
import { atlas } from './atlas.ts';
import { readBakedScene } from './baked-scene.ts';
import { cell, coarseOf } from './coarse.ts';
import { graininess, grainOf } from './grain.ts';
import { formOf } from './likeness.ts';
import { lightOf } from './render.ts';
import { readSkin } from './skin.ts';
import { columns, type Slot, slotOf } from './slot.ts';
import { tintTable } from './tint.ts';

const { ceil, max, min } = Math;

/** A part of a scene. */
export interface Layer {
  readonly area: Area;
  /** Packed pixels (raster/packed.ts). */
  readonly data: Int32Array;
}

/** A scene as it is composed, and what is known of its faces. Made once per process. */
export interface Scene {
  /** All of it: the result at strength 0. */
  readonly whole: Pixels;
  /** Where it can change: as far as it follows a face. */
  readonly frame: Area;
  /** In order of painting, cut to the frame and to what is not clear. */
  readonly stillBehind: Layer;
  readonly movingBehind: Layer;
  readonly movingFront: Layer;
  readonly stillFront: Layer;
  readonly slots: readonly SlotScene[];
}

export interface SlotScene {
  readonly slot: Slot;
  readonly face: TemplateFace;
  /** See `tintTable`. */
  readonly tint: Uint8Array;
}

/** The template's own face in cells over an area of the scene. */
export interface TemplateFace {
  readonly area: Area;
  readonly width: number;
  readonly height: number;
  /** The usual colour of its skin. */
  readonly tone: Rgb;
  /** Three floats a cell each: the light on its skin, and what is to be seen behind the front layers. */
  readonly light: Float32Array;
  readonly colours: Float32Array;
  /** How sure it is that there is bare skin, 0 to 1. */
  readonly likely: Float32Array;
  /** How far a front layer hides it, 0 to 1. */
  readonly front: Float32Array;
  /** How hard it is modelled, see `formOf`. */
  readonly form: number;
  /** Its grain, and how much of it there is; see `grainOf` and `graininess`. */
  readonly grain: Int8Array;
  readonly graininess: number;
}

const untinted = { tint: 0, shadow: '#000000', highlight: '#ffffff' };

const scenes = new Map<string, Promise<Scene>>();

export function sceneOf(template: TemplateOf<'fusion'>): Promise<Scene> {
  const key = `${template.folder}@${template.version}`;
  const known = scenes.get(key);
  if (known !== undefined) return known;
  const made = readBakedScene(template).then((baked) => baked ?? makeScene(template));
  scenes.set(key, made);
  made.catch(() => scenes.delete(key));
  return made;
}

/** Composes a scene from its drawings. */
export async function makeScene(template: TemplateOf<'fusion'>): Promise<Scene> {
  const { width, height } = template.size;
  const sheet = async (place: 'behind' | 'front', moves: boolean): Promise<Art> => {
    const layers = template.layers.filter((layer) => layer.place === place && layer.moves === moves);
    return laidOver(await Promise.all(layers.map((layer) => art(template, layer.art, width, height))), width, height);
  };
  const sheets = await Promise.all([sheet('behind', false), sheet('behind', true), sheet('front', true), sheet('front', false)]);
  const slots = template.faces.map(({ landmarks, reach, mesh }) => slotOf(landmarks, reach, mesh));
  const frame = frameAround(slots, width, height);
  const behind = laidOver(sheets.slice(0, 2), width, height);
  const front = laidOver(sheets.slice(2), width, height);
  const [stillBehind, movingBehind, movingFront, stillFront] = sheets.map((each) => cut(each, frame));
  if (stillBehind === undefined || movingBehind === undefined || movingFront === undefined || stillFront === undefined)
    throw new Error('Expected four sheets');
  return {
    whole: opaqueCopy(laidOver(sheets, width, height)),
    frame,
    stillBehind,
    movingBehind,
    movingFront,
    stillFront,
    slots: slots.map((slot, i) => ({
      slot,
      face: templateFace(slot, behind, front),
      tint: tintTable(template.faces[i]?.rendering ?? untinted),
    })),
  };
}

/** Where a scene can follow the face in a slot. */
export function frameOf({ rest, reach, width }: Slot, across: number, down: number): Area {
  const { xs, ys } = columns(rest);
  return areaAround(xs, ys, reach + width / 7 + 2, across, down);
}

function frameAround(slots: readonly Slot[], width: number, height: number): Area {
  const areas = slots.map((slot) => frameOf(slot, width, height));
  const x = min(...areas.map((area) => area.x));
  const y = min(...areas.map((area) => area.y));
  const right = max(...areas.map((area) => area.x + area.width));
  const bottom = max(...areas.map((area) => area.y + area.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** The part within the frame that is not clear. */
function cut({ width, data }: Art, frame: Area): Layer {
  let [left, top, right, bottom] = [frame.x + frame.width, frame.y + frame.height, frame.x, frame.y];
  for (let y = frame.y; y < frame.y + frame.height; y++) {
    for (let x = frame.x; x < frame.x + frame.width; x++) {
      if (data[4 * (y * width + x) + 3] === 0) continue;
      left = min(left, x);
      right = max(right, x + 1);
      top = min(top, y);
      bottom = max(bottom, y + 1);
    }
  }
  const area = { x: left, y: top, width: max(0, right - left), height: max(0, bottom - top) };
  const out = new Uint8ClampedArray(area.width * area.height * 4);
  for (let y = 0; y < area.height; y++) {
    const from = 4 * ((area.y + y) * width + area.x);
    out.set(data.subarray(from, from + 4 * area.width), 4 * y * area.width);
  }
  return { area, data: packed(out) };
}

/** The template's face is read as a photo's is. */
function templateFace({ rest, order }: Slot, behind: Art, front: Art): TemplateFace {
  const { xs, ys } = columns(rest);
  const area = areaAround(xs, ys, 2 * cell, behind.width, behind.height);
  const data = new Uint8ClampedArray(area.width * area.height * 3);
  for (let y = 0, to = 0; y < area.height; y++) {
    for (let x = 0, from = 4 * ((area.y + y) * behind.width + area.x); x < area.width; x++, from += 4, to += 3) {
      for (let k = 0; k < 3; k++) data[to + k] = behind.data[from + k] ?? 0;
    }
  }
  const sheet = { area, data, covered: new Uint8ClampedArray(area.width * area.height).fill(255) };
  const coarse = coarseOf(sheet, xs, ys, rest, new Float32Array(atlas.edge.length).fill(1), order);
  const skin = readSkin(coarse);
  const { tone, light, likely } = skin;
  const { width, height, colours } = coarse;
  const hidden = likely.map((_, i) => {
    const x = min(front.width - 1, area.x + (i % width) * cell + cell / 2);
    const y = min(front.height - 1, area.y + ((i / width) | 0) * cell + cell / 2);
    return (front.data[4 * (y * front.width + x) + 3] ?? 0) / 255;
  });
  return {
    area,
    width: ceil(area.width / cell),
    height,
    tone,
    light,
    colours,
    likely,
    front: hidden,
    form: formOf(coarse, skin),
    grain: grainOf(lightOf(sheet), area.width, area.height, coarse, skin),
    graininess: graininess(coarse, skin),
  };
}
