import type { AvatarSpec } from '../spec.ts';
import type { Frontal } from './frontal.ts';

const { max, min, round } = Math;

/**
 * Mean and spread (standard deviation) of proportions, in distances between the eyes or as ratios. Measured with this code on the 21 faces of
 * the sample photos that come with @vladmandic/face-api; where a mouth is concerned, smiles and speech are among them.
 */
const known = {
  length: [0.785, 0.04],
  jaw: [0.782, 0.015],
  chin: [0.454, 0.01],
  eyeWidth: [0.458, 0.007],
  spacing: [0.468, 0.018],
  eyeTilt: [0.112, 0.022],
  browHeight: [0.346, 0.026],
  browTilt: [-0.007, 0.017],
  noseWidth: [0.645, 0.026],
  noseLength: [0.765, 0.047],
  mouthWidth: [0.86, 0.087],
  lips: [0.231, 0.024],
  smile: [0.086, 0.031],
} as const;

/** Height over width below which an eye is closed, and below which it is narrow. */
const lids = { closed: 0.17, narrow: 0.27 };

/** Opening of the mouth over its width from which teeth can be seen, and from which it is wide open. */
const opening = { teeth: 0.085, open: 0.22 };

export interface Proportions extends Pick<AvatarSpec, 'outline' | 'nose'> {
  readonly brows: Pick<AvatarSpec['brows'], 'height' | 'tilt'>;
  readonly eyes: Pick<AvatarSpec['eyes'], 'size' | 'spacing' | 'tilt' | 'lids'>;
  readonly mouth: Pick<AvatarSpec['mouth'], 'width' | 'lips' | 'smile' | 'shows'>;
}

/** Everything of a spec that is shape and not colour. */
export function proportionsOf(face: Frontal): Proportions {
  const { x, y, between } = face;
  const mean = (...values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const width = between(234, 454);
  const eyeWidth = mean(between(33, 133), between(362, 263));
  const openness = mean(between(159, 145), between(386, 374)) / eyeWidth;
  const mouthWidth = between(61, 291);
  const gap = y(14) - y(13);
  const inner = mean(y(107), y(55), y(336), y(285));
  const outer = mean(y(70), y(46), y(300), y(276));
  return {
    outline: {
      length: step('length', y(152) / width),
      jaw: step('jaw', (x(397) - x(172)) / width),
      chin: step('chin', (x(400) - x(176)) / (x(365) - x(136))),
    },
    brows: { height: step('browHeight', -mean(y(105), y(52), y(334), y(282))), tilt: step('browTilt', inner - outer) },
    eyes: {
      size: step('eyeWidth', eyeWidth),
      spacing: step('spacing', 1 / width),
      tilt: step('eyeTilt', mean(y(133) - y(33), y(362) - y(263)) / eyeWidth),
      lids: openness < lids.closed ? 'closed' : openness < lids.narrow ? 'narrow' : 'open',
    },
    nose: { width: step('noseWidth', between(129, 358)), length: step('noseLength', y(2)) },
    mouth: {
      width: step('mouthWidth', mouthWidth),
      lips: step('lips', y(17) - y(0) - gap),
      smile: step('smile', (mean(y(13), y(14)) - mean(y(61), y(291))) / mouthWidth),
      shows: gap > opening.open * mouthWidth ? 'open' : gap > opening.teeth * mouthWidth ? 'teeth' : 'lips',
    },
  };
}

function step(name: keyof typeof known, value: number): number {
  const [mean, spread] = known[name];
  // Adding 0 makes a zero of -0.
  return max(-2, min(2, round((value - mean) / spread))) + 0;
}
