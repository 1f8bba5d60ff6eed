import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Task } from '../jobs/task.ts';
import { loadTemplate, samplePath, templateIds } from '../templates/load.ts';
import type { Kind, Template } from '../templates/template.ts';
import { develop, type Kit } from './develop.ts';

/** Milliseconds that an order which is already waiting needs to arrive. */
const courtesy = 25;

/** V8 compiles what it has seen run often. Processor time of the first fusions of a process: 1372, 936, 591, 691, 484, 477, … 290 ms. */
const rounds = 3;

/** Milliseconds after which no further picture is begun. */
export const longest = 2500;

/**
 * Develops the drawn sample face again and again with each kind of template while nobody waits, so that the first real photo meets compiled code and
 * not an interpreter. Stops at the next step once a photo is wanted. Under load it never begins, and costs nothing.
 * @param wanted whether a photo is waiting
 * @returns the kinds that were developed; none where the build has not drawn the sample
 */
export async function rehearse(kit: Kit, wanted: () => boolean): Promise<readonly Kind[]> {
  await pause(courtesy);
  const end = performance.now() + longest;
  const photo = await readFile(samplePath(kit.templatesDir)).catch(() => undefined);
  const seen = new Set<Kind>();
  if (photo === undefined || wanted()) return [];
  const pieces = await repertoire(kit);
  for (let played = 0; played < rounds * pieces.length; played++) {
    const piece = pieces[played % pieces.length];
    // However slow the machine is, every kind is seen once.
    if (piece === undefined || wanted() || (played >= pieces.length && performance.now() > end)) break;
    const task: Task = { kind: 'effect', template: piece.id, params: {}, mediaType: 'image/jpeg' };
    const photos = Array.from({ length: piece.slots }, () => Buffer.from(photo));
    // What fails here fails for a photo too, and is told then.
    await develop(kit, photos, task, 'rehearsal').then(
      () => seen.add(piece.kind),
      () => undefined,
    );
    // Lets an order in.
    await pause(1);
  }
  return [...seen];
}

/** One template for each way to draw: those that differ in their drawings alone run the same code. */
async function repertoire({ templatesDir }: Kit): Promise<readonly Template[]> {
  const ways = new Map<string, Template>();
  for (const id of await templateIds(templatesDir)) {
    const template = await loadTemplate(templatesDir, id);
    const way = `${template.kind} ${wayOf(template)}`;
    if (!ways.has(way)) ways.set(way, template);
  }
  return [...ways.values()];
}

function wayOf(template: Template): string {
  switch (template.kind) {
    case 'mesh':
      return template.look.style;
    case 'avatar':
      return template.style;
    default:
      return '';
  }
}
