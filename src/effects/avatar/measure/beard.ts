import type { Lab } from '../../raster/colour.ts';
import type { AvatarSpec } from '../spec.ts';
import type { FacePoints } from './points.ts';
import { lightsOf, medianOf, pixelsAround, quantile, type Sheet } from './sheet.ts';

const { hypot, max } = Math;

/** Mesh points where hair of the face grows, and of the cheeks above it to compare with, each with its own side's light. */
const places = {
  lip: [164, 165, 391, 167, 393],
  chin: [199, 175, 200, 208, 428],
  left: [169, 135, 138, 136],
  right: [394, 364, 367, 365],
} as const;
const cheeks = [50, 280, 101, 330, 118, 347] as const;

/**
 * Hair of the face from how much darker and greyer than the cheeks the places are where it grows. Shade is darker too, but as colourful as skin, and it
 * never lies on lip, chin and both jaws at once: all have to agree, since a beard that is not there offends more than one that is left out.
 */
export function measureBeard(sheet: Sheet, points: FacePoints): AvatarSpec['beard'] {
  const around = (indexes: readonly number[]): Lab =>
    medianOf(
      sheet,
      indexes.flatMap((index) => pixelsAround(sheet, ...points(index), 0.05)),
    );
  const cheek = around(cheeks);
  const read = (indexes: readonly number[]): { readonly dark: number; readonly grey: number; readonly rough: number } => {
    const [l, a, b] = around(indexes);
    const rough = indexes.map((index) => {
      const lights = lightsOf(sheet, pixelsAround(sheet, ...points(index), 0.06));
      return quantile(lights, 0.85) - quantile(lights, 0.15);
    });
    return {
      dark: (cheek[0] - l) / max(20, cheek[0]),
      grey: 1 - hypot(a, b) / max(8, hypot(cheek[1], cheek[2])),
      rough: quantile(rough, 0.5),
    };
  };
  const [lip, chin, left, right] = [read(places.lip), read(places.chin), read(places.left), read(places.right)];
  const grows = ({ dark, grey }: typeof lip, darker: number, greyer: number): boolean => dark > darker && grey > greyer;
  const jaws = (darker: number, greyer: number): boolean => grows(left, darker, greyer) && grows(right, darker, greyer);
  if (grows(chin, 0.28, 0.1)) {
    if (jaws(0.22, 0.1) && lip.dark > 0.03) return 'full';
    if (grows(lip, 0.15, 0.1)) return 'goatee';
  }
  if (grows(lip, 0.28, 0.18) && chin.dark < 0.15) return 'moustache';
  return grows(chin, 0.12, 0.06) && jaws(0.12, 0.06) && grows(lip, 0.05, 0) && chin.rough > 4 ? 'stubble' : 'none';
}
