import type { ProblemCode } from '../problems.ts';
import type { Measures } from './quality.ts';

/** Names of the limits a face is held against. */
export type Measured = 'inside' | 'brightness' | 'clipped' | 'sharpness' | 'interocular' | 'yaw' | 'pitch' | 'shade' | 'mask' | 'lids';

/** One thing that can be wrong with a face. */
export interface Check {
  readonly code: ProblemCode;
  readonly limit: Measured;
  readonly value: (measures: Measures) => number;
  /** Whether the limit is the least that is needed; otherwise it is the most that is possible. */
  readonly least?: true;
  /** What the value says, in words and its unit. */
  readonly says: (value: string, limit: string) => string;
  readonly format: (value: number) => string;
}

/** In the order in which they spoil one another: what cannot be measured in the dark is not asked there. */
export const checks: readonly Check[] = [
  {
    code: 'face-cut-off',
    limit: 'inside',
    value: ({ inside }) => inside,
    least: true,
    says: (value, limit) => `${value} of the face is inside the picture; at least ${limit} is needed.`,
    format: percent,
  },
  {
    code: 'too-dark',
    limit: 'brightness',
    value: ({ brightness }) => brightness,
    least: true,
    says: (value, limit) => `The lightest parts of the face have a lightness (L*) of ${value}; at least ${limit} is needed.`,
    format: whole,
  },
  {
    code: 'overexposed',
    limit: 'clipped',
    value: ({ clipped }) => clipped,
    says: (value, limit) => `${value} of the face is white without detail; at most ${limit} is possible.`,
    format: percent,
  },
  {
    code: 'blurred',
    limit: 'sharpness',
    value: ({ sharpness }) => sharpness,
    least: true,
    says: (value, limit) => `The sharpness of the face is ${value}; at least ${limit} is needed.`,
    format: decimal,
  },
  {
    code: 'face-too-small',
    limit: 'interocular',
    value: ({ interocular }) => interocular,
    least: true,
    says: (value, limit) => `The eyes are ${value} pixels apart; at least ${limit} are needed.`,
    format: whole,
  },
  {
    code: 'side-face',
    limit: 'yaw',
    value: ({ yaw }) => Math.abs(yaw),
    says: (value, limit) => `The face is turned by ${value} degrees; at most ${limit} are possible.`,
    format: whole,
  },
  {
    code: 'side-face',
    limit: 'pitch',
    value: ({ pitch }) => Math.abs(pitch),
    says: (value, limit) => `The face looks ${value} degrees up or down; at most ${limit} are possible.`,
    format: whole,
  },
  {
    code: 'occluded',
    limit: 'shade',
    value: ({ shade }) => shade,
    says: (value, limit) => `Around the eyes the face is ${value} stops darker than below; at most ${limit} are possible.`,
    format: decimal,
  },
  {
    code: 'occluded',
    limit: 'mask',
    value: ({ mask }) => mask,
    says: (value, limit) => `The lower face shows no lips and is ${value} stops off in colour; at most ${limit} are possible.`,
    format: decimal,
  },
  {
    code: 'eyes-closed',
    limit: 'lids',
    value: ({ lids }) => lids,
    says: (value, limit) => `The lids of both eyes are down by ${value} of the width of an eye; at most ${limit} is possible.`,
    format: percent,
  },
];

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function whole(value: number): string {
  return value.toFixed(0);
}

function decimal(value: number): string {
  return value.toFixed(1);
}
