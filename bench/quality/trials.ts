import type { Touch } from '../../src/effects/effect.ts';
import { apart, type Place, placeOf } from '../../src/effects/measures/anchor.ts';
import type { Detector } from '../../src/faces/detector.ts';
import { interocular } from '../../src/faces/landmarks.ts';
import type { Template } from '../../src/templates/template.ts';
import { type Print, printOf } from './album.ts';
import { distance, type Recogniser } from './descriptor.ts';
import { digest, largestDifference, make, type Outcome, orientations } from './make.ts';
import type { Trial } from './results.ts';
import type { Subject } from './subjects.ts';
import { turnedBack, turnedPhoto } from './turn.ts';

/** What every trial needs. */
export interface Lab {
  readonly detector: Detector;
  readonly recogniser: Recogniser;
  /** Percent, rising; the last is 100. */
  readonly strengths: readonly number[];
  /** Keeps a print of what came out at full strength. */
  readonly keep: (print: Print, trial: Trial) => void;
}

/** A person in a template, at every strength that it has. @param partners who take the other slots */
export async function tryTemplate(lab: Lab, template: Template, subject: Subject, partners: readonly Subject[]): Promise<readonly Trial[]> {
  const photos = [subject, ...partners].map(({ encoded }) => encoded).slice(0, template.slots);
  const strengths = hasStrength(template) ? lab.strengths : [100];
  const trials: Trial[] = [];
  const leanings: number[] = [];
  for (const strength of strengths) {
    const outcome = await make(lab.detector, template, hasStrength(template) ? { strength } : {}, photos);
    const identity = template.kind === 'fusion' ? await identityOf(lab, template, subject, outcome) : {};
    if (identity.leaning !== undefined) leanings.push(identity.leaning);
    const trial = trialOf(template, subject, strength, outcome, { ...(strength === 100 && pick(identity, 'identity')) });
    if (strength > 0) trials.push(trial);
    if (strength === 100 && outcome.made !== undefined) lab.keep(await printOf(template.id, subject.name, outcome.made.picture), trial);
  }
  const last = trials.at(-1);
  if (last === undefined || leanings.length < 2 || leanings.length < strengths.length) return trials;
  // The smallest step from one strength to the next: above 0 where it rises every time.
  const steps = leanings.slice(1).map((value, i) => value - (leanings[i] ?? 0));
  return [...trials.slice(0, -1), { ...last, measures: { ...last.measures, rise: Math.min(...steps) } }];
}

/** The same upload twice, and as the eight orientations. */
export async function tryAgain(lab: Lab, template: Template, subject: Subject, partners: readonly Subject[]): Promise<Trial> {
  const others = partners.map(({ encoded }) => encoded).slice(0, template.slots - 1);
  const first = await make(lab.detector, template, {}, [subject.encoded, ...others]);
  const second = await make(lab.detector, template, {}, [subject.encoded, ...others]);
  let sideways = 0;
  for (const photo of await orientations(subject.encoded)) {
    const { made } = await make(lab.detector, template, {}, [photo, ...others]);
    sideways = Math.max(sideways, made && first.made ? largestDifference(first.made.picture, made.picture) : 255);
  }
  const same = first.made !== undefined && second.made !== undefined && digest(first.made.picture) === digest(second.made.picture);
  return trialOf(template, subject, 100, first, { orientation: sideways, same: same ? 1 : 0 });
}

/** Whether a sticker turns with the head: the photo is turned by a known angle, and what was drawn has to lie where it lay before, turned. */
export async function tryTurned(lab: Lab, template: Template, subject: Subject, degrees: number): Promise<Trial | undefined> {
  const upright = await make(lab.detector, template, {}, [await turnedPhoto(subject.encoded, 0)]);
  const turned = await make(lab.detector, template, {}, [await turnedPhoto(subject.encoded, degrees)]);
  const { plate, found } = subject;
  const [before, after] = [placeIn(upright), placeIn(turned)];
  if (before === undefined || after === undefined) return undefined;
  const [there, here] = [turnedBack(before, plate.picture, 0), turnedBack(after, plate.picture, degrees)];
  const { anchor, roll } = apart(there, here, interocular(found.face.landmarks));
  return trialOf(template, subject, 100, turned, { 'turned-anchor': anchor, ...(before.stretch > 1.3 && { 'turned-roll': roll }) });
}

/** Where the sticker lies that was laid on the largest face. */
function placeIn({ made }: Outcome): Place | undefined {
  const size = ({ mask: { area } }: Touch) => area.width * area.height;
  const [touch] = [...(made?.touches ?? [])].sort((a, b) => size(b) - size(a));
  return made?.base === undefined || touch === undefined ? undefined : placeOf(made.picture, made.base, touch.mask);
}

interface Identity {
  /** Distance of the result's face from the user's. */
  readonly identity?: number;
  /** How much nearer the result is to the user than to the template. */
  readonly leaning?: number;
}

async function identityOf({ detector, recogniser }: Lab, template: Template, subject: Subject, { made }: Outcome): Promise<Identity> {
  if (made?.base === undefined || template.kind !== 'fusion') return {};
  const [slot] = template.faces;
  const drawn = slot && (await detector.locate(made.base, slot.landmarks));
  const target = made.touches[0]?.landmarks ?? slot?.landmarks;
  const again = target && (await detector.locate(made.picture, target));
  if (again === undefined) return {};
  const user = await once(subject, () => recogniser.describe(subject.plate.picture, subject.found.face.landmarks));
  const result = await recogniser.describe(made.picture, again.landmarks);
  const identity = distance(result, user);
  if (drawn === undefined) return { identity };
  const { base } = made;
  const scene = await once(template, () => recogniser.describe(base, drawn.landmarks));
  return { identity, leaning: distance(result, scene) - identity };
}

const descriptors = new WeakMap<object, Promise<Float32Array>>();

/** A person and a scene look the same every time. */
function once(whose: object, describe: () => Promise<Float32Array>): Promise<Float32Array> {
  const known = descriptors.get(whose) ?? describe();
  descriptors.set(whose, known);
  return known;
}

function trialOf(
  template: Template,
  { name, tone, drawn, spectacles, found }: Subject,
  strength: number,
  { measures, refused }: Outcome,
  more: Readonly<Record<string, number>>,
): Trial {
  return {
    template: template.id,
    kind: template.kind,
    subject: name,
    tone,
    drawn,
    spectacles,
    yaw: found.measures.yaw,
    strength,
    ...(refused !== undefined && { refused }),
    measures: { ...measures, ...more },
  };
}

function hasStrength({ kind }: Template): boolean {
  return kind === 'fusion' || kind === 'reshape' || kind === 'toon';
}

function pick(identity: Identity, name: 'identity'): Record<string, number> {
  const value = identity[name];
  return value === undefined ? {} : { [name]: value };
}
