import type { Kind } from '../templates/template.ts';

/** How the operator has pictures marked. Nobody else can choose it, and no request can. */
export interface MarkStyle {
  /** The visible words; `canWrite` and `fits` have passed them. */
  readonly text: string;
  /** Who answers for the picture: the operator's name or registered code. */
  readonly producer: string;
}

/** What a synthesized picture says of itself. It names the job, never a person. */
export interface Mark extends MarkStyle {
  readonly job: string;
  readonly source: DigitalSource;
}

/** Terms of IPTC's vocabulary of digital source types. */
type DigitalSource = 'compositeSynthetic' | 'algorithmicMedia';

/**
 * The one table: what each kind makes. Where a photo is still to be seen beside what was added, it is a composite; where all is drawn anew by
 * rules, algorithmic media. Concealing adds nothing that could be taken for real: such a picture is not synthesized and carries no mark.
 */
const sources: Readonly<Record<Kind, DigitalSource | undefined>> = {
  fusion: 'compositeSynthetic',
  sticker: 'compositeSynthetic',
  reshape: 'compositeSynthetic',
  toon: 'algorithmicMedia',
  avatar: 'algorithmicMedia',
  mesh: 'algorithmicMedia',
  conceal: undefined,
};

/**
 * The mark of one result.
 * @param style undefined where the operator has switched marks off
 * @returns undefined where the result carries none
 */
export function markOf(kind: Kind, job: string, style: MarkStyle | undefined): Mark | undefined {
  const source = sources[kind];
  return source && style && { ...style, job, source };
}
