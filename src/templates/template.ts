import { z } from 'zod';
import { avatar } from './kinds/avatar.ts';
import { conceal } from './kinds/conceal.ts';
import { fusion } from './kinds/fusion.ts';
import { mesh } from './kinds/mesh.ts';
import { reshape } from './kinds/reshape.ts';
import { sticker } from './kinds/sticker.ts';
import { toon } from './kinds/toon.ts';

/**
 * What a pack's `template.json` says. Packs are data: nothing in them is run, and nothing outside the fields of their kind is accepted.
 * The one table of kinds: a new one is a row here, a row of effects/apply.ts and a file on each side.
 */
export const kinds = { fusion, sticker, reshape, toon, avatar, mesh, conceal } as const;

export const manifestSchema = z.discriminatedUnion('kind', [
  fusion.manifest,
  sticker.manifest,
  reshape.manifest,
  toon.manifest,
  avatar.manifest,
  mesh.manifest,
  conceal.manifest,
]);

export type Kind = keyof typeof kinds;
export type ManifestOf<K extends Kind> = z.infer<(typeof kinds)[K]['manifest']>;
export type Manifest = z.infer<typeof manifestSchema>;

/** A checked pack: its manifest and the folder its art lies in. */
export type TemplateOf<K extends Kind> = ManifestOf<K> & { readonly folder: string };
export type Template = { [K in Kind]: TemplateOf<K> }[Kind];

/** Names of the art files a manifest refers to, each once. */
export function artOf(manifest: Manifest): readonly string[] {
  return [...new Set(ask(manifest.kind, manifest, 'art'))];
}

/** What the fields of a manifest say against each other, in words. */
export function mistakesOf(manifest: Manifest): readonly string[] {
  return ask(manifest.kind, manifest, 'mistakes');
}

function ask<K extends Kind>(kind: K, manifest: ManifestOf<K>, what: 'art' | 'mistakes'): readonly string[] {
  const table: { readonly [T in Kind]: { readonly [W in 'art' | 'mistakes']: (manifest: ManifestOf<T>) => readonly string[] } } = kinds;
  return table[kind][what](manifest);
}
