import { randomBytes, randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type { Photo } from '../effects/effect.ts';
import { commitTo } from '../jobs/commitment.ts';
import { orderSchema, type SealedArtifact } from '../jobs/darkrooms.ts';
import { loadTemplate, samplePath, templateIds } from '../templates/load.ts';
import type { Kind, Template } from '../templates/template.ts';
import { createMemoryVault } from '../vault/memory.ts';
import { develop, type Kit } from './develop.ts';
import { draw } from './draw.ts';
import { expose, findFaces } from './expose.ts';
import { fulfil } from './fulfil.ts';
import { withTray } from './tray.ts';

/** Milliseconds that an order which is already waiting needs to arrive. */
const courtesy = 25;

/** Drawings of each way after its order. Milliseconds of such rounds: 1464, 948, 1051, 671, 557, 554, 565, 534 … (Node 20.20). */
const rounds = 6;

/** Quick ones first: a photo that comes in the middle waits for the picture that is being made. */
const bySpeed: readonly Kind[] = ['conceal', 'sticker', 'avatar', 'mesh', 'reshape', 'toon', 'fusion'];

const mediaType = 'image/jpeg';

/**
 * V8 compiles what it has seen run often. So a darkroom works on the drawn sample face while nobody waits, and the first real photo meets compiled code and not
 * an interpreter: an order for each way to draw, from sealed photo to sealed result, then the drawing again and again. It stops at the next picture once a photo
 * is wanted; under load it never begins, and costs nothing.
 * @param seconds after which no further picture is begun; however slow the machine is, every way is seen once. 0 does nothing
 * @param wanted whether a photo is waiting
 * @returns the kinds that were developed, one for each picture; none where the build has not drawn the sample
 */
export async function rehearse(kit: Kit, seconds: number, wanted: () => boolean): Promise<readonly Kind[]> {
  if (seconds === 0) return [];
  await pause(courtesy);
  const end = performance.now() + 1000 * seconds;
  const sample = await readFile(samplePath(kit.templatesDir)).catch(() => undefined);
  if (sample === undefined || wanted()) return [];
  const played: Kind[] = [];
  const ways = await waysToDraw(kit);

  /** @returns whether there is time for another */
  async function play(template: Template, work: () => Promise<unknown>): Promise<boolean> {
    // What fails here fails for a photo too, and is told then.
    await work().then(
      () => played.push(template.kind),
      () => undefined,
    );
    // Lets an order in.
    await pause(1);
    return !wanted();
  }

  for (const template of ways) if (!(await play(template, () => order(kit, template, sample)))) return played;
  const photo = await look(kit, sample);
  for (let round = 0; round < rounds; round++) {
    for (const template of ways) {
      if (performance.now() > end || !(await play(template, () => drawOnly(kit, template, photo)))) return played;
    }
  }
  return played;
}

/** A whole order, over a vault in memory. */
async function order(kit: Kit, { id, slots }: Template, sample: Buffer): Promise<void> {
  const vault = createMemoryVault();
  const [job, boot, deadline, commitmentKey] = [randomUUID(), randomUUID(), 0, randomBytes(32)];
  const commitment = commitTo(commitmentKey, sample);
  const photos: SealedArtifact[] = [];
  for (let slot = 0; slot < slots; slot++) {
    const sealing = await vault.seal({ job, role: 'in', deadline, boot });
    await sealing.write(sample);
    photos.push({ ...(await sealing.finish()), commitment });
  }
  const task = { kind: 'effect', template: id, params: {}, mediaType };
  const nobody = { opened: () => undefined, found: () => undefined };
  await fulfil(vault, kit, develop, orderSchema.parse({ job, boot, deadline, photos, commitmentKey, task }), nobody);
}

async function look(kit: Kit, sample: Buffer): Promise<Photo> {
  const plate = await expose(Buffer.from(sample), kit.maxPixels);
  const found = await findFaces(kit.detector, plate);
  return { picture: plate.picture, faces: found.map(({ face }) => face) };
}

function drawOnly(kit: Kit, template: Template, { picture, faces }: Photo): Promise<void> {
  return withTray(async (tray) => {
    // The tray overwrites what was drawn on.
    const photos = Array.from({ length: template.slots }, () => ({ picture: { ...picture, data: picture.data.slice() }, faces }));
    const { encoding } = await draw(kit, tray, { template, params: {}, photos, mediaType, job: 'rehearsal' });
    await encoding;
  });
}

/** One template for each way to draw: those that differ in their drawings alone run the same code. */
async function waysToDraw({ templatesDir }: Kit): Promise<readonly Template[]> {
  const ways = new Map<string, Template>();
  for (const id of await templateIds(templatesDir)) {
    const template = await loadTemplate(templatesDir, id);
    const way = `${template.kind} ${styleOf(template)}`;
    if (!ways.has(way)) ways.set(way, template);
  }
  return [...ways.values()].sort((a, b) => bySpeed.indexOf(a.kind) - bySpeed.indexOf(b.kind));
}

function styleOf(template: Template): string {
  switch (template.kind) {
    case 'mesh':
      return template.look.style;
    case 'avatar':
      return template.style;
    default:
      return '';
  }
}
