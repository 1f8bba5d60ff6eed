import { Problem } from '../problems.ts';
import { checks, type Measured } from './checks.ts';
import type { Box } from './face.ts';
import type { Measures } from './quality.ts';

/** What a face is needed for. Landmarks are told of any face, and a face is concealed however bad the photo of it is. */
export type Need = 'landmarks' | 'conceal' | 'sticker' | 'reshape' | 'toon' | 'avatar' | 'mesh' | 'fusion';

/** A measured face; its box in pixels of the uploaded photo, upright. */
export interface Judged {
  readonly box: Box;
  readonly score: number;
  readonly measures: Measures;
}

/** What a face must have to be good enough; see `Measures` for the units. `faces` is how many there may be in one photo. */
type Limits = { readonly [M in Measured | 'faces']: number };

/** Where a measure cannot spoil the effect. */
const any = Infinity;

/**
 * Set on the 22 faces of face-api's six photos and the 107 of human's demo picture, as they are and darkened, brightened, blurred, covered and toned
 * from very light to dark; docs/quality.md has the numbers. Limits lie where an effect fails and not where a photo is merely poor; the one for
 * darkness is met by light alone, never by the colour of a skin.
 */
const fusion: Limits = {
  faces: 20,
  inside: 0.9,
  brightness: 20,
  clipped: 0.35,
  sharpness: 2,
  interocular: 30,
  yaw: 42,
  pitch: 40,
  shade: 1.6,
  mask: 0.5,
  lids: 0.1,
};

const limitsOf: { readonly [N in Need]?: Limits } = {
  fusion,
  // Bigger eyes and flat shades are drawn from what can be seen of the eyes and the mouth.
  toon: { ...fusion, inside: 0.8, brightness: 16, clipped: 0.5, sharpness: 1, interocular: 26, yaw: 50, pitch: 45 },
  // Colours and shapes are measured, but the eyes are drawn open anyway.
  avatar: { ...fusion, inside: 0.8, brightness: 18, sharpness: 1, interocular: 26, lids: any },
  // A surface needs neither open eyes nor a bare mouth.
  mesh: { ...fusion, brightness: 14, clipped: 0.5, sharpness: 0.7, yaw: 50, pitch: 45, shade: any, mask: any, lids: any },
  // The photo stays the user's own: it comes back as good or as bad as it was.
  reshape: {
    ...{ faces: 40, inside: 0.75, brightness: 10, clipped: 0.7, sharpness: 0.4, interocular: 20, yaw: 50, pitch: 45 },
    ...{ shade: any, mask: any, lids: any },
  },
  sticker: {
    ...{ faces: 40, inside: 0.5, brightness: 6, clipped: 0.8, sharpness: 0.2, interocular: 14, yaw: 65, pitch: 55 },
    ...{ shade: any, mask: any, lids: any },
  },
};

/** Whether a face is good enough; otherwise the problem to refuse it with, what spoils the other measures first. */
export function judge({ box, measures }: Judged, need: Need): Problem | undefined {
  const limits = limitsOf[need];
  if (limits === undefined) return undefined;
  for (const check of checks) {
    const [value, limit] = [check.value(measures), limits[check.limit]];
    if (check.least ? value >= limit : value <= limit) continue;
    return new Problem(check.code, check.says(check.format(value), check.format(limit)), {
      value: Number(value.toFixed(2)),
      limit,
      box: rounded(box),
    });
  }
  return undefined;
}

/**
 * Chooses the faces of one photo that are good enough, left to right as they came. A bad face in the background is passed over; when the one that
 * the photo is of is bad, the photo is refused, because nobody means the passer-by then.
 * @param atLeast how many the effect needs
 * @throws Problem `no-face`, `too-many-faces`, or what is wrong with the most prominent face that is not good enough
 */
export function admit<F extends Judged>(faces: readonly F[], need: Need, atLeast: number): readonly F[] {
  if (need === 'landmarks') return faces;
  if (faces.length === 0) throw new Problem('no-face');
  const most = limitsOf[need]?.faces ?? Infinity;
  if (faces.length > most) {
    throw new Problem('too-many-faces', `There are ${faces.length} faces; at most ${most} are possible.`, {
      value: faces.length,
      limit: most,
    });
  }
  const problems = new Map(faces.map((face) => [face, judge(face, need)]));
  const good = faces.filter((face) => problems.get(face) === undefined);
  const [worst] = byProminence(faces.filter((face) => !good.includes(face)));
  const problem = worst && problems.get(worst);
  if (worst === undefined || problem === undefined) return good;
  const [best] = byProminence(good);
  if (good.length < atLeast || best === undefined || prominence(best) < prominence(worst) / 2) throw problem;
  return good;
}

export function byProminence<F extends Judged>(faces: readonly F[]): readonly F[] {
  return [...faces].sort((a, b) => prominence(b) - prominence(a));
}

function prominence({ box, score }: Judged): number {
  return box.width * box.height * score;
}

function rounded({ x, y, width, height }: Box): Box {
  return { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) };
}
