import { loadavg } from 'node:os';
import { createMediapipeDetector } from '../../src/faces/mediapipe/detector.ts';
import { loadTemplates } from '../../src/templates/load.ts';
import type { Template } from '../../src/templates/template.ts';
import { measureEngines } from '../engines.ts';
import { describeMachine } from '../machine.ts';
import type { Print } from './album.ts';
import { openRecogniser } from './descriptor.ts';
import { groupsOf, keptOf, missesOf } from './goals.ts';
import type { Plan } from './plan.ts';
import type { Quality, Trial } from './results.ts';
import { type Subject, subjectsOf } from './subjects.ts';
import { type Lab, tryAgain, tryTemplate, tryTurned } from './trials.ts';

/** A run: its numbers for the page, and its pictures for the sheets. */
export interface Run {
  readonly quality: Quality;
  readonly trials: readonly Trial[];
  readonly prints: ReadonlyMap<Trial, Print>;
}

/** Turns at which stickers are held against their upright selves, degrees. */
const turns = [-24, 18];

export async function run(plan: Plan, say: (text: string) => void): Promise<Run> {
  const [load = 0] = loadavg();
  const detector = await createMediapipeDetector();
  const recogniser = await openRecogniser();
  const prints = new Map<Trial, Print>();
  const lab: Lab = { detector, recogniser, strengths: plan.strengths, keep: (print, trial) => prints.set(trial, print) };
  try {
    const subjects = await subjectsOf(detector, plan.people);
    const templates = (await loadTemplates('templates')).filter(({ id }) => plan.templates?.includes(id) ?? true);
    const trials: Trial[] = [];
    for (const template of templates) {
      say(template.id);
      trials.push(...(await tryEverybody(lab, template, subjects)));
    }
    const engines = plan.engines ? await measureEngines((text) => say(`engines: ${text}`)) : [];
    const quality: Quality = {
      machine: await describeMachine(load),
      subjects: subjects.map(({ name, tone, found, spectacles }) => ({ name, tone, spectacles, yaw: Math.round(found.measures.yaw) })),
      templates: templates.length,
      goals: keptOf(trials),
      byTemplate: missesOf(trials),
      // A drawing has no skin, and who is a subject twice would count twice.
      tones: groupsOf(
        trials.filter(({ drawn, spectacles }) => !drawn && !spectacles),
        ({ tone }) => tone,
      ),
      turns: groupsOf(trials, ({ yaw }) => (Math.abs(yaw) < 12 ? 'less than 12°' : Math.abs(yaw) < 25 ? '12° to 25°' : '25° and more')),
      spectacles: groupsOf(trials.filter(alsoInSpectacles(subjects)), ({ spectacles }) => (spectacles ? 'in spectacles' : 'without')),
      engines,
      notes: plan.strengths.length > 1 ? notesOf(trials) : [],
    };
    return { quality, trials, prints };
  } finally {
    recogniser.close();
    await detector.close();
  }
}

async function tryEverybody(lab: Lab, template: Template, subjects: readonly Subject[]): Promise<readonly Trial[]> {
  const trials: Trial[] = [];
  for (const [index, subject] of subjects.entries()) {
    // Whoever comes next takes the other slot.
    const partners = [...subjects.slice(index + 1), ...subjects.slice(0, index)].filter(({ drawn }) => drawn === subject.drawn);
    const others = partners.length > 0 ? partners : subjects;
    trials.push(...(await tryTemplate(lab, template, subject, others)));
    if (index === 0) trials.push(await tryAgain(lab, template, subject, others));
    if (template.kind !== 'sticker' || index >= 6) continue;
    for (const degrees of turns) {
      const turned = await tryTurned(lab, template, subject, degrees);
      if (turned !== undefined) trials.push(turned);
    }
  }
  return trials;
}

/** Whether it is a trial of somebody who is a subject with spectacles and without. */
function alsoInSpectacles(subjects: readonly Subject[]): (trial: Trial) => boolean {
  const worn = subjects.filter(({ spectacles }) => spectacles).map(({ name }) => name);
  return ({ subject }) => worn.some((name) => name === subject || name.startsWith(`${subject} `));
}

/** What the table does not say by itself. */
function notesOf(trials: readonly Trial[]): readonly string[] {
  const fusions = trials.filter(({ kind, strength, drawn }) => kind === 'fusion' && strength === 100 && !drawn);
  const scenes = new Set(fusions.map(({ template }) => template));
  const unread = [...scenes].filter((id) => fusions.every(({ template, measures }) => template !== id || measures.rise === undefined));
  return unread.length === 0
    ? []
    : [`The drawn face of ${unread.join(', ')} is no face to the engine: what the strength does there is not measured.`];
}
