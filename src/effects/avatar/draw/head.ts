import type { Point } from '../../../faces/face.ts';
import type { AvatarSpec } from '../spec.ts';
import { mirrored, quarter, symmetric } from './path.ts';

/** The mean head of a style. Units of the drawing, origin midway between the eyes, y down. */
export interface Proportions {
  /** Half the width of the face at the cheekbones. */
  readonly width: number;
  /** From the eyes down to the chin, and up to the crown of the bare skull. */
  readonly chin: number;
  readonly crown: number;
  /** Half the distance of the eyes. */
  readonly eyes: number;
  /** Half the length of an eye, and its height over that. */
  readonly eye: number;
  readonly opening: number;
  readonly brow: number;
  readonly nose: number;
  readonly mouth: number;
  /** Half widths. */
  readonly noseWidth: number;
  readonly mouthWidth: number;
  /** How far long hair falls: 1 as on a natural figure. */
  readonly fall: number;
  /** How far one step of the spec goes; above 1 the drawing exaggerates, as caricatures do so that faces are recognised. */
  readonly exaggeration: number;
}

/** Where the parts of one head lie. */
export interface Head extends Proportions {
  /** Chin to ear on the right of the picture, bottom to top. */
  readonly jaw: readonly Point[];
  /** The whole outline without hair and ears. */
  readonly outline: readonly Point[];
  /** The skull on the right from the crown to the side. */
  readonly skull: readonly Point[];
}

/** Steps of a spec into a head of a style. */
export function shapeHead(spec: AvatarSpec, mean: Proportions): Head {
  const { outline, eyes, nose, mouth, brows } = spec;
  const by = (steps: number, share: number): number => 1 + steps * share * mean.exaggeration;
  const width = mean.width * by(outline.length, -0.022);
  const chin = mean.chin * by(outline.length, 0.03);
  const jaw = jawLine(width, chin, 2.2 + 0.12 * outline.chin * mean.exaggeration, 0.17 - 0.04 * outline.jaw * mean.exaggeration);
  const skull = quarter(width * 0.99, -mean.crown, 2.25, 6);
  const down = chin / mean.chin;
  return {
    ...mean,
    width,
    chin,
    eyes: mean.eyes * by(eyes.spacing, 0.035),
    eye: mean.eye * by(eyes.size, 0.07),
    opening: mean.opening * by(eyes.size, 0.05) * (eyes.lids === 'narrow' ? 0.72 : 1),
    brow: mean.brow * by(brows.height, 0.1),
    nose: mean.nose * down * by(nose.length, 0.05),
    noseWidth: mean.noseWidth * by(nose.width, 0.12),
    mouth: mean.mouth * down * by(nose.length, 0.025),
    mouthWidth: mean.mouthWidth * by(mouth.width, 0.09),
    jaw,
    skull,
    outline: [...symmetric([...skull, ...[...jaw].reverse()])],
  };
}

/**
 * From the chin to the cheekbone: a superellipse that narrows towards the chin.
 * @param power of the curve: 1.9 a pointed chin, 2.6 a square one
 * @param taper share of the width that is lost on the way down
 */
function jawLine(width: number, chin: number, power: number, taper: number): Point[] {
  return quarter(width, chin, power, 9)
    .filter(([, y]) => y > 1)
    .map(([x, y]): Point => [x * (1 - taper * (y / chin) ** 1.6), y]);
}

/** Both sides of something that is given for the right of the picture. */
export function bothSides(draw: (points: (half: readonly Point[]) => readonly Point[], side: 1 | -1) => string): string {
  return draw((half) => half, 1) + draw(mirrored, -1);
}
