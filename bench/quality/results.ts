import type { Kind } from '../../src/templates/template.ts';
import type { EngineResult } from '../engines.ts';
import type { Machine } from '../results.ts';
import type { Tone } from './subjects.ts';

/** What a run of `npm run quality` found, as it is written to quality.json. */

/** One subject in one template at one strength. */
export interface Trial {
  readonly template: string;
  readonly kind: Kind;
  readonly subject: string;
  readonly tone: Tone;
  readonly drawn: boolean;
  readonly spectacles: boolean;
  /** Degrees, of the subject's face. */
  readonly yaw: number;
  /** Percent; 100 for templates that have none. */
  readonly strength: number;
  /** Code of the refusal, where there was one. */
  readonly refused?: string;
  /** By the names of `Mayfly-Quality`, and those that only the bench can know. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A promise about the pictures, and in how many cases it was kept. */
export interface Kept {
  readonly what: string;
  readonly goal: string;
  readonly cases: number;
  readonly kept: number;
  readonly median: number;
  readonly worst: readonly { readonly case: string; readonly value: number }[];
}

/** Share of all cases in which a group of people got what was promised. */
export interface Group {
  readonly name: string;
  readonly people: number;
  readonly cases: number;
  readonly share: number;
}

export interface Quality {
  readonly machine: Machine;
  readonly subjects: readonly { readonly name: string; readonly tone: Tone; readonly spectacles: boolean; readonly yaw: number }[];
  readonly templates: number;
  readonly goals: readonly Kept[];
  readonly byTemplate: readonly { readonly template: string; readonly missed: Readonly<Record<string, string>> }[];
  readonly tones: readonly Group[];
  readonly turns: readonly Group[];
  /** The same people with spectacles drawn on and without. */
  readonly spectacles: readonly Group[];
  /** Left empty by a quick run. */
  readonly engines: readonly EngineResult[];
  readonly notes: readonly string[];
}
