import { interocular } from '../../faces/landmarks.ts';
import type { Made, Touch } from '../effect.ts';
import { colour } from './colour.ts';
import { continuing } from './continuing.ts';
import { contourOf } from './contour.ts';
import { light } from './light.ts';
import { seam } from './seam.ts';
import { sharpnessRatio } from './sharpness.ts';
import { viewOf } from './view.ts';

/** How well a face was laid into a template, by the names of `Mayfly-Quality`; what cannot be said of a pair is left out. */
export interface Fused {
  /** See `seam`. */
  readonly seam?: number;
  /** See `colour`. */
  readonly colour?: number;
  /** See `Light`. */
  readonly 'light-angle'?: number;
  readonly 'light-amplitude'?: number;
  /** See `sharpnessRatio`. */
  readonly sharpness?: number;
}

/** All measures of a fusion that compare the result with the template alone, over where the face was laid. */
export function measureFused({ picture, base, rest }: Made, { mask, landmarks }: Touch): Fused {
  if (base === undefined) return {};
  const [result, before] = [viewOf(picture), viewOf(base, rest)];
  const edge = continuing(contourOf(mask, picture.width, picture.height), before);
  const fall = landmarks && light(result, before, mask, landmarks);
  const sharpness = landmarks === undefined ? Number.NaN : sharpnessRatio(result, before, mask, interocular(landmarks));
  return {
    ...(edge !== undefined && { seam: seam(result, before, edge), colour: colour(result, before, edge) }),
    ...(fall?.angle !== undefined && { 'light-angle': fall.angle }),
    ...(fall !== undefined && { 'light-amplitude': fall.amplitude }),
    ...(Number.isFinite(sharpness) && { sharpness }),
  };
}
