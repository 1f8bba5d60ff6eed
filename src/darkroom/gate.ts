import type { Made, Touch } from '../effects/effect.ts';
import { background } from '../effects/measures/background.ts';
import { measureFused } from '../effects/measures/fused.ts';
import { landmarkError } from '../effects/measures/landmarks.ts';
import type { Detector } from '../faces/detector.ts';
import { Problem } from '../problems.ts';
import type { Kind } from '../templates/template.ts';

/** Eyes and mouth farther off than this, in distances of the eyes, are those of something else. */
const lost = 0.25;

/** Faces that are looked for again: the largest. A crowd has no time for all, and what went wrong went wrong for all. */
const most = 6;

/**
 * Measures what an effect made, before marks and encoding, and lets no result pass that its measures call broken: the features of a face are not found
 * again where they should be, the warp tore, or something changed that the effect did not touch. What is merely not as good as it should be is sent
 * and told.
 * @returns measures by the names of `Mayfly-Quality`; of several faces the worst
 * @throws Problem `poor-result`
 */
export async function inspect(detector: Detector, kind: Kind, made: Made): Promise<Readonly<Record<string, number>>> {
  const measures: Record<string, number> = { ...made.measures };
  if ((measures.tearing ?? 0) > 0) throw poor('The warp of the face tore.', measures.tearing ?? 0, 0);
  if (made.base !== undefined) {
    const masks = made.touches.map(({ mask }) => mask);
    measures.background = background(made.picture, made.base, masks);
    if (measures.background > 0) throw poor('Something changed that should have stayed.', measures.background, 0);
  }
  for (const touch of largestFirst(made.touches).slice(0, most)) {
    if (touch.landmarks === undefined) continue;
    const again = await detector.locate(made.picture, touch.landmarks);
    if (again === undefined) throw poor('The face was not found again in the result.');
    const error = landmarkError(touch.landmarks, again.landmarks);
    if (error > lost) throw poor('The features of the face are not where they should be.', error, lost);
    keepWorst(measures, { landmarks: error });
  }
  if (kind === 'fusion') for (const touch of made.touches) keepWorst(measures, { ...measureFused(made, touch) });
  return measures;
}

/** Every measure is best at 1 or at 0, and the farther from there the worse. */
const bestAtOne = ['seam', 'light-amplitude', 'sharpness'];

function keepWorst(measures: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(more)) {
    const before = measures[name];
    const distance = (number: number) => (bestAtOne.includes(name) ? Math.abs(Math.log(Math.max(number, 1e-3))) : number);
    if (before === undefined || distance(value) > distance(before)) measures[name] = value;
  }
}

function largestFirst(touches: readonly Touch[]): readonly Touch[] {
  const size = ({ mask: { area } }: Touch) => area.width * area.height;
  return [...touches].sort((a, b) => size(b) - size(a));
}

function poor(detail: string, value?: number, limit?: number): Problem {
  return new Problem('poor-result', detail, {
    ...(value !== undefined && { value: Number(value.toFixed(3)) }),
    ...(limit !== undefined && { limit }),
  });
}
