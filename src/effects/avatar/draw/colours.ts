import type { Lab } from '../../raster/colour.ts';
import { eyePalette, hairPalette, hex, mixed, moved, skinPalette } from '../palette.ts';
import type { AvatarSpec } from '../spec.ts';

/** Every colour of one drawing, `#rrggbb`. */
export interface Colours {
  readonly skin: string;
  readonly skinLight: string;
  readonly skinShade: string;
  readonly skinDeep: string;
  readonly skinLine: string;
  readonly blush: string;
  readonly lip: string;
  readonly lipDeep: string;
  readonly lipLight: string;
  readonly hair: string;
  readonly hairLight: string;
  readonly hairShade: string;
  readonly brow: string;
  readonly iris: string;
  readonly irisDeep: string;
  readonly irisLight: string;
  readonly white: string;
}

const lipsticks: Readonly<Record<Exclude<AvatarSpec['mouth']['colour'], 'natural'>, Lab>> = {
  red: [42, 58, 32],
  pink: [60, 45, 8],
  plum: [32, 38, -2],
};

/**
 * Colours of a drawing from a spec. Shades are steps in L*a*b*, smaller for dark skin, where the same step would look twice as hard.
 * @param depth of shades, 0 to 1
 */
export function coloursOf(spec: AvatarSpec, depth: number): Colours {
  const skin = skinPalette[spec.skin - 1] ?? [70, 12, 20];
  const hair = hairPalette[spec.hair.colour];
  const iris = eyePalette[spec.eyes.colour];
  const strength = (0.5 + depth) * (0.55 + 0.45 * (skin[0] / 75));
  const shade = moved(skin, [-9 * strength, 4.5 * strength, 2.5 * strength]);
  const deep = moved(skin, [-19 * strength, 7 * strength, 4 * strength]);
  // Red on dark skin is deep already: there lips and blush keep closer to it.
  const light = Math.min(1, Math.max(0, (skin[0] - 28) / 45));
  const lip =
    spec.mouth.colour === 'natural'
      ? moved(skin, [-4 - 11 * strength * light, 10 + 7 * light, 1])
      : mixed(lipsticks[spec.mouth.colour], skin, 0.12);
  const line = mixed(moved(skin, [-38, 10, 4]), [14, 8, 4], 0.35);
  return {
    skin: hex(skin),
    skinLight: hex(moved(skin, [5, -1, 1])),
    skinShade: hex(shade),
    skinDeep: hex(deep),
    skinLine: hex(line),
    blush: hex(moved(skin, [-6 * light, 12 + 10 * light, 4])),
    lip: hex(lip),
    lipDeep: hex(moved(lip, [-9 - 6 * light, 1, 2])),
    lipLight: hex(moved(lip, [9, -3, 0])),
    hair: hex(hair),
    hairLight: hex(moved(hair, [hair[0] < 30 ? 11 : 9, 2, hair[0] < 30 ? 3 : 4])),
    hairShade: hex(moved(hair, [hair[0] < 20 ? -7 : -10, 0, -3])),
    brow: hex(browColour(spec, skin)),
    iris: hex(iris),
    irisDeep: hex(moved(iris, [-20, -2, -3])),
    irisLight: hex(moved(iris, [17, 1, 7])),
    white: hex([95, 0.5, 2]),
  };
}

/** Brows keep a distance to the skin, or a face of light brows would have none. */
function browColour({ brows }: AvatarSpec, skin: Lab): Lab {
  const own = hairPalette[brows.colour];
  const limit = skin[0] - 17;
  return own[0] > limit ? [Math.max(8, limit), own[1] + 3, own[2]] : own;
}
