import { Problem, type ProblemCode } from '../problems.ts';
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

interface Limits {
  /** Faces in one photo. */
  readonly faces: number;
  /** See `Measures` for the units. */
  readonly interocular: number;
  readonly inside: number;
  readonly yaw: number;
  readonly pitch: number;
  readonly brightness: number;
  readonly clipped: number;
  readonly sharpness: number;
}

/**
 * Set on the 23 faces of face-api's six photos and on darkened, brightened and blurred versions of them. The darkest well-lit face there has
 * an L* of 25 and at a quarter of the light 6 to 16; the softest has a sharpness of 4.9, and with a blur (sigma) of 1/16 of the distance
 * of the eyes all are at 0.4 to 1.3. The limit for darkness lies low on purpose: it is meant for the light and must never be met by the colour of a skin.
 */
const sticker = { faces: 40, interocular: 14, inside: 0.5, yaw: 65, pitch: 55, brightness: 6, clipped: 0.8, sharpness: 0.3 };
const fusion = { faces: 20, interocular: 30, inside: 0.9, yaw: 42, pitch: 40, brightness: 14, clipped: 0.35, sharpness: 2.5 };

const limitsOf: { readonly [N in Need]?: Limits } = {
  sticker,
  reshape: fusion,
  toon: fusion,
  avatar: fusion,
  mesh: fusion,
  fusion,
};

/** Whether a face is good enough; otherwise the problem to refuse it with, what spoils the other measures first. */
export function judge({ box, measures }: Judged, need: Need): Problem | undefined {
  const limits = limitsOf[need];
  if (limits === undefined) return undefined;
  const refuse = (code: ProblemCode, value: number, limit: number, detail: string) =>
    new Problem(code, detail, { value: Number(value.toFixed(2)), limit, box: rounded(box) });
  const { interocular, inside, yaw, pitch, brightness, clipped, sharpness } = measures;
  if (inside < limits.inside) {
    const detail = `${percent(inside)} of the face is inside the picture; at least ${percent(limits.inside)} is needed.`;
    return refuse('face-cut-off', inside, limits.inside, detail);
  }
  if (brightness < limits.brightness) {
    const detail = `The lightness (L*) of the face is ${brightness.toFixed(0)}; at least ${limits.brightness} is needed.`;
    return refuse('too-dark', brightness, limits.brightness, detail);
  }
  if (clipped > limits.clipped) {
    const detail = `${percent(clipped)} of the face is white without detail; at most ${percent(limits.clipped)} is possible.`;
    return refuse('overexposed', clipped, limits.clipped, detail);
  }
  if (sharpness < limits.sharpness) {
    const detail = `The sharpness of the face is ${sharpness.toFixed(1)}; at least ${limits.sharpness} is needed.`;
    return refuse('blurred', sharpness, limits.sharpness, detail);
  }
  if (interocular < limits.interocular) {
    const detail = `The eyes are ${interocular.toFixed(0)} pixels apart; at least ${limits.interocular} are needed.`;
    return refuse('face-too-small', interocular, limits.interocular, detail);
  }
  if (Math.abs(yaw) > limits.yaw) {
    const detail = `The face is turned by ${Math.abs(yaw).toFixed(0)} degrees; at most ${limits.yaw} are possible.`;
    return refuse('side-face', Math.abs(yaw), limits.yaw, detail);
  }
  if (Math.abs(pitch) > limits.pitch) {
    const detail = `The face looks ${Math.abs(pitch).toFixed(0)} degrees ${pitch > 0 ? 'up' : 'down'}; at most ${limits.pitch} are possible.`;
    return refuse('side-face', Math.abs(pitch), limits.pitch, detail);
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

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
