import { readArt } from '../templates/load.ts';
import type { Template } from '../templates/template.ts';
import { art } from './raster/art.ts';
import { writeBaked } from './raster/baked.ts';
import { stickerArt } from './sticker.ts';

/** An art file and a size it is used at. */
export interface ArtUse {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** Every drawing of a pack at every size an effect asks for. */
export function artUses(template: Template): readonly ArtUse[] {
  switch (template.kind) {
    case 'fusion':
      return template.layers.map(({ art: name }) => ({ name, ...template.size }));
    case 'sticker':
      return stickerArt(template);
    case 'conceal':
      return [{ name: template.cover.art, ...template.cover.size }];
  }
}

/**
 * Draws a pack's art and writes it into the pack, so that processes read pixels and do not draw. Meant for the build; where it was not run
 * everything works, only slower at first.
 * @returns how many drawings were written
 */
export async function bakeTemplate(template: Template): Promise<number> {
  const uses = artUses(template);
  for (const { name, width, height } of uses) {
    await writeBaked(template.folder, name, await readArt(template, name), await art(template, name, width, height));
  }
  return uses.length;
}
