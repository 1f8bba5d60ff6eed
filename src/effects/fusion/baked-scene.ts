import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readArt } from '../../templates/load.ts';
import type { TemplateOf } from '../../templates/template.ts';
import { type BakedFile, bakedFolder } from '../raster/baked.ts';
import type { Area } from '../raster/picture.ts';
import { type Reader, reader, type Writer, writer } from '../raster/record.ts';
import type { Layer, Scene, SlotScene } from './scene.ts';

/**
 * A scene with all that is known of its faces, as one file: composing it takes a second, reading it a few milliseconds. It is a cache: it names the
 * pack it was made from, and where that differs it is not used. Count the version up whenever a scene is made in another way.
 * Layout: 8 bytes `MAYFLYS3`, SHA-256 of the manifest and the art, then a record (raster/record.ts).
 */
const magic = Buffer.from('MAYFLYS3');
const headerLength = magic.length + 32;

/** @returns undefined where there is none for this pack */
export async function readBakedScene(template: TemplateOf<'fusion'>): Promise<Scene | undefined> {
  const [bytes, expected] = await Promise.all([readFile(pathOf(template)).catch(() => undefined), header(template)]);
  if (bytes === undefined || !bytes.subarray(0, headerLength).equals(expected)) return undefined;
  try {
    return readScene(reader(bytes, headerLength));
  } catch {
    // Cut short: it is only a cache.
    return undefined;
  }
}

/** What `readBakedScene` will find once it is written. */
export async function bakedScene(template: TemplateOf<'fusion'>, scene: Scene): Promise<BakedFile> {
  const out = writer();
  writeScene(out, scene);
  return { path: pathOf(template), bytes: Buffer.concat([await header(template), out.bytes()]) };
}

function pathOf({ folder }: TemplateOf<'fusion'>): string {
  return join(folder, bakedFolder, 'scene.bin');
}

async function header(template: TemplateOf<'fusion'>): Promise<Buffer> {
  const { folder: _, ...manifest } = template;
  const hash = createHash('sha256').update(JSON.stringify(manifest));
  for (const art of await Promise.all(template.layers.map((layer) => readArt(template, layer.art)))) hash.update(art);
  return Buffer.concat([magic, hash.digest()]);
}

function writeScene(out: Writer, scene: Scene): void {
  out.number(scene.whole.width);
  out.number(scene.whole.height);
  out.array(scene.whole.data);
  writeArea(out, scene.frame);
  for (const layer of [scene.stillBehind, scene.movingBehind, scene.movingFront, scene.stillFront]) {
    writeArea(out, layer.area);
    out.array(layer.data);
  }
  out.number(scene.slots.length);
  for (const slot of scene.slots) writeSlot(out, slot);
}

function readScene(from: Reader): Scene {
  const [width, height, data] = [from.whole(), from.whole(), from.clamped()];
  const frame = readArea(from);
  const layer = (): Layer => ({ area: readArea(from), data: from.words() });
  const [stillBehind, movingBehind, movingFront, stillFront] = [layer(), layer(), layer(), layer()];
  const slots = Array.from({ length: from.whole() }, () => readSlot(from));
  return { whole: { width, height, channels: 3, data }, frame, stillBehind, movingBehind, movingFront, stillFront, slots };
}

function writeSlot(out: Writer, { slot, face, tint }: SlotScene): void {
  out.array(slot.rest);
  out.array(slot.order);
  for (const value of [slot.x, slot.y, slot.width, slot.reach]) out.number(value);
  out.array(slot.radius);
  out.array(slot.before);
  out.array(slot.share);
  writeArea(out, face.area);
  for (const value of [face.width, face.height, ...face.tone, face.form, face.graininess]) out.number(value);
  for (const values of [face.light, face.colours, face.likely, face.front]) out.array(values);
  out.array(face.grain);
  out.array(tint);
}

function readSlot(from: Reader): SlotScene {
  return {
    slot: {
      rest: from.floats(),
      order: from.shorts(),
      x: from.number(),
      y: from.number(),
      width: from.number(),
      reach: from.number(),
      radius: from.floats(),
      before: from.bytes(),
      share: from.floats(),
    },
    face: {
      area: readArea(from),
      width: from.whole(),
      height: from.whole(),
      tone: [from.number(), from.number(), from.number()],
      form: from.number(),
      graininess: from.number(),
      light: from.floats(),
      colours: from.floats(),
      likely: from.floats(),
      front: from.floats(),
      grain: from.signed(),
    },
    tint: from.bytes(),
  };
}

function writeArea(out: Writer, { x, y, width, height }: Area): void {
  for (const value of [x, y, width, height]) out.number(value);
}

function readArea(from: Reader): Area {
  return { x: from.whole(), y: from.whole(), width: from.whole(), height: from.whole() };
}
