import { parseParams } from '../templates/params.ts';
import type { Kind, Template, TemplateOf } from '../templates/template.ts';
import { avatar } from './avatar.ts';
import { withoutBystanders } from './bystanders.ts';
import { conceal } from './conceal.ts';
import type { ArtUse, Effect, Made, Photo } from './effect.ts';
import { fusion } from './fusion.ts';
import { mesh } from './mesh.ts';
import type { BakedFile } from './raster/baked.ts';
import { reshape } from './reshape.ts';
import { sticker } from './sticker.ts';
import { toon } from './toon.ts';

/** The one table: kind -> effect. A new kind is a row here, a row of templates/template.ts and a file on each side. */
const effects: { readonly [K in Kind]: Effect<K> } = { fusion, sticker, reshape, toon, avatar, mesh, conceal };

/**
 * Applies a template to photos: the same input gives the same bytes, and photos are not changed.
 * @param params as the client sent them; checked again here
 * @param photos upright pictures with their faces, in slot order
 * @throws Problem `invalid-params`, `no-face`
 */
export function applyEffect(template: Template, params: unknown, photos: readonly Photo[]): Promise<Made> {
  return applied(template.kind, template, params, photos);
}

/** Every drawing of a pack at every size an effect asks for. */
export function artUses(template: Template): readonly ArtUse[] {
  return drawings(template.kind, template);
}

/** What the build makes ahead in place of a pack's drawings; undefined where it is the drawings themselves. */
export function bakes(template: Template): Promise<readonly BakedFile[]> | undefined {
  return baked(template.kind, template);
}

/** Reads ahead what a template needs whatever the photo shows, so that it can be done while the photo is decoded. */
export function prepare(template: Template): Promise<void> {
  return prepared(template.kind, template);
}

async function applied<K extends Kind>(kind: K, template: TemplateOf<K>, params: unknown, photos: readonly Photo[]): Promise<Made> {
  const checked = parseParams<K>({ kind }, params);
  return effects[kind].apply(
    template,
    checked,
    photos.map((photo) => withoutBystanders(photo, checked)),
  );
}

function drawings<K extends Kind>(kind: K, template: TemplateOf<K>): readonly ArtUse[] {
  return effects[kind].art(template);
}

function baked<K extends Kind>(kind: K, template: TemplateOf<K>): Promise<readonly BakedFile[]> | undefined {
  return effects[kind].bake?.(template);
}

async function prepared<K extends Kind>(kind: K, template: TemplateOf<K>): Promise<void> {
  await effects[kind].prepare?.(template);
}
