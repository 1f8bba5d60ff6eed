import { applyEffect } from '../effects/apply.ts';
import type { Photo } from '../effects/effect.ts';
import type { OutputType } from '../jobs/task.ts';
import { drawMark, encodeMarked, markOf } from '../labels/label.ts';
import type { Template } from '../templates/template.ts';
import type { Kit } from './develop.ts';
import { inspect } from './gate.ts';
import type { Tray } from './tray.ts';

/** What is to be drawn on which faces. */
export interface Motif {
  readonly template: Template;
  /** As the client sent them. */
  readonly params: unknown;
  /** One a slot, in slot order. */
  readonly photos: readonly Photo[];
  readonly mediaType: OutputType;
  /** The job's id, for the mark. */
  readonly job: string;
}

export interface Drawn {
  /** Of the result, by the names of `Mayfly-Quality`. */
  readonly measures: Readonly<Record<string, number>>;
  /** The encoded result, marked; it has been under way for a while. */
  readonly encoding: Promise<Buffer>;
}

/**
 * From pictures and faces to an answer: effect, gate, mark, encoding.
 * @param tray overwrites every picture once the work is over, those of the motif too
 * @throws Problem `poor-result`, and what the effect throws
 */
export async function draw(kit: Kit, tray: Tray, { template, params, photos, mediaType, job }: Motif): Promise<Drawn> {
  const made = await applyEffect(template, params, photos);
  const result = tray.hold(made.picture);
  if (made.base !== undefined && !made.lasting) tray.hold(made.base);
  const mark = markOf(template.kind, job, kit.mark);
  // On a photo no face is covered, chosen or not; in a scene there are only those that were put into it.
  const faces = made.base === photos[0]?.picture ? photos.flatMap(({ faces, others = [] }) => [...faces, ...others]) : [];
  // The gate looks at the picture without its mark, and libvips encodes a copy with it meanwhile, on a thread of its own.
  const marked = mark === undefined ? result : tray.hold({ ...result, data: result.data.slice() });
  const kept = [...made.touches.map(({ mask }) => mask.area), ...faces.map(({ box }) => box)];
  if (mark !== undefined) drawMark(marked, kept, mark.text);
  const encoding = encodeMarked(marked, mediaType, mark);
  // Should it fail while the gate still looks, that is told where it is waited for.
  encoding.catch(() => undefined);
  const measures = await inspect(kit.detector, template.kind, made).catch((refusal) => discard(encoding, refusal));
  return { measures, encoding };
}

/** What was encoded in vain is overwritten before anybody hears of it; until then the tray holds what it is encoded from. */
async function discard(encoding: Promise<Buffer>, refusal: unknown): Promise<never> {
  const body = await encoding.catch(() => undefined);
  body?.fill(0);
  throw refusal;
}
