import { readArt } from '../templates/load.ts';
import type { Template } from '../templates/template.ts';
import { artUses, bakes } from './apply.ts';
import { art } from './raster/art.ts';
import { type BakedFile, bakedFile } from './raster/baked.ts';

/**
 * Draws a pack's art as files for the pack's folder, so that processes read pixels and do not draw. Meant for the build; where it was not run
 * everything works, only slower at first. Nothing is written here: the caller makes the folder and writes.
 */
export async function bakeTemplate(template: Template): Promise<readonly BakedFile[]> {
  const better = bakes(template);
  if (better !== undefined) return better;
  return Promise.all(
    artUses(template).map(async ({ name, width, height }) =>
      bakedFile(template.folder, name, await readArt(template, name), await art(template, name, width, height)),
    ),
  );
}
