import type { Ground } from '../../../templates/kinds/avatar.ts';
import type { TemplateOf } from '../../../templates/template.ts';
import type { AvatarSpec } from '../spec.ts';
import type { Colours } from './colours.ts';
import type { Head } from './head.ts';

/** What a pack says of how its style is drawn. */
export type Look = Pick<TemplateOf<'avatar'>, 'ink' | 'shade' | 'blush'>;

/** A way to draw a spec: the same SVG every time. */
export type Style = (spec: AvatarSpec, look: Look, ground: Ground) => string;

/** What every part of a drawing is drawn from. */
export interface Sitter {
  readonly spec: AvatarSpec;
  readonly head: Head;
  readonly colours: Colours;
  readonly ink: string;
}
