import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Task } from '../jobs/task.ts';
import { loadTemplate, samplePath, templateIds } from '../templates/load.ts';
import type { Kind } from '../templates/template.ts';
import { develop, type Kit } from './develop.ts';

/** Milliseconds that an order which is already waiting needs to arrive. */
const courtesy = 25;

/**
 * Develops the drawn sample face once with each kind of template while nobody waits, so that the first real photo meets compiled code and not
 * an interpreter. Stops at the next step once a photo is wanted. Under load it never begins, and costs nothing.
 * @param wanted whether a photo is waiting
 * @returns the kinds that were developed; none where the build has not drawn the sample
 */
export async function rehearse(kit: Kit, wanted: () => boolean): Promise<readonly Kind[]> {
  await pause(courtesy);
  const photo = await readFile(samplePath(kit.templatesDir)).catch(() => undefined);
  const seen = new Set<Kind>();
  if (photo === undefined) return [];
  for (const id of await templateIds(kit.templatesDir)) {
    if (wanted()) break;
    const { kind, slots } = await loadTemplate(kit.templatesDir, id);
    if (seen.has(kind)) continue;
    const task: Task = { kind: 'effect', template: id, params: {}, mediaType: 'image/jpeg' };
    const photos = Array.from({ length: slots }, () => Buffer.from(photo));
    // What fails here fails for a photo too, and is told then.
    await develop(kit, photos, task, 'rehearsal').then(
      () => seen.add(kind),
      () => undefined,
    );
    // Lets an order in.
    await pause(1);
  }
  return [...seen];
}
