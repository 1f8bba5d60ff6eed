import { type ClothesColour, clothesColours } from '../../../templates/kinds/avatar.ts';
import type { Lab } from '../../raster/colour.ts';
import { clothesPalette } from '../palette.ts';
import type { FaceEdge } from './face-edge.ts';
import { labAt, pixelAt, type Sheet } from './sheet.ts';

const { hypot } = Math;

/** Share of what is seen of the shoulders that has to have one colour before it is taken for clothes. */
const enough = 0.2;

/**
 * The colour that most of the shoulders have and that is neither hair nor skin; undefined where the picture ends above them or they are bare.
 * Friends know each other by a red scarf as much as by a nose.
 */
export function measureClothes(
  sheet: Sheet,
  { middle: [cx], chin, halfWidth }: FaceEdge,
  hair: Uint8Array,
  skin: Lab,
  correction: Lab,
): ClothesColour | undefined {
  const votes = new Map<ClothesColour, number>();
  let all = 0;
  for (let y = chin * 1.45; y < chin * 2.5; y += 2 / sheet.density) {
    for (let x = cx - halfWidth * 1.1; x < cx + halfWidth * 1.1; x += 2 / sheet.density) {
      const pixel = pixelAt(sheet, x, y);
      if (pixel < 0) continue;
      all++;
      const [l, a, b] = labAt(sheet, pixel);
      if (hair[pixel] === 1 || likeSkin([l, a, b], skin)) continue;
      const name = nearest([l + correction[0], a + correction[1], b + correction[2]]);
      // A strong colour is remembered, a grey may be a shadow.
      votes.set(name, (votes.get(name) ?? 0) + 1 + hypot(a, b) / 40);
    }
  }
  const [most] = [...votes].sort(([, one], [, other]) => other - one);
  return most !== undefined && all > 60 && most[1] > enough * all ? most[0] : undefined;
}

/** Bare shoulders: the hue of the face with more or less light, and as colourful or less. */
function likeSkin([l, a, b]: Lab, skin: Lab): boolean {
  const turned = Math.abs(Math.atan2(b, a) - Math.atan2(skin[2], skin[1]));
  return l > skin[0] - 45 && turned < 0.5 && hypot(a, b) < 1.7 * hypot(skin[1], skin[2]) + 4 && hypot(a, b) > 5;
}

/** Hue decides: light and shade move lightness more than colours differ in it. */
function nearest([l, a, b]: Lab): ClothesColour {
  let best: ClothesColour = 'grey';
  let least = Number.POSITIVE_INFINITY;
  for (const name of clothesColours) {
    const [pl, pa, pb] = clothesPalette[name];
    const distance = hypot(0.8 * (l - pl), 0.8 * (a - pa), 0.8 * (b - pb));
    if (distance < least) {
      best = name;
      least = distance;
    }
  }
  return best;
}
