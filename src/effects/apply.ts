import type { Pixels } from '../image/pixels.ts';
import { type ParamsOf, parseParams } from '../templates/params.ts';
import type { Kind, Template, TemplateOf } from '../templates/template.ts';
import { applyConceal, warmConceal } from './conceal.ts';
import type { Photo } from './effect.ts';
import { applyFusion, warmFusion } from './fusion.ts';
import { applySticker, warmSticker } from './sticker.ts';

interface Effect<K extends Kind> {
  apply(template: TemplateOf<K>, params: ParamsOf<K>, photos: readonly Photo[]): Promise<Pixels>;
  warm(template: TemplateOf<K>): Promise<void>;
}

/** The one table: kind -> effect. A new kind is a row here, a manifest and a schema of parameters. */
const effects: { readonly [K in Kind]: Effect<K> } = {
  fusion: { apply: applyFusion, warm: warmFusion },
  sticker: { apply: applySticker, warm: warmSticker },
  conceal: { apply: applyConceal, warm: warmConceal },
};

/**
 * Applies a template to photos: the same input gives the same bytes, photos are not changed, and outside the effect every pixel stays.
 * @param params as the client sent them; checked again here
 * @param photos upright pictures with their faces, in slot order
 * @returns three channels; the size of the photo (sticker, conceal) or of the scene (fusion)
 * @throws Problem `invalid-params`, `no-face`
 */
export async function applyEffect(template: Template, params: unknown, photos: readonly Photo[]): Promise<Pixels> {
  switch (template.kind) {
    case 'fusion':
      return effects.fusion.apply(template, parseParams(template, params), photos);
    case 'sticker':
      return effects.sticker.apply(template, parseParams(template, params), photos);
    case 'conceal':
      return effects.conceal.apply(template, parseParams(template, params), photos);
  }
}

/** Draws a template's art ahead of the first photo. */
export async function warm(template: Template): Promise<void> {
  switch (template.kind) {
    case 'fusion':
      return effects.fusion.warm(template);
    case 'sticker':
      return effects.sticker.warm(template);
    case 'conceal':
      return effects.conceal.warm(template);
  }
}
