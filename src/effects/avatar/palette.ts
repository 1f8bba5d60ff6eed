import type { ClothesColour, EyeColour, HairColour } from '../../templates/kinds/avatar.ts';
import { fromLab, type Lab, type Rgb } from '../raster/colour.ts';

/**
 * Tones of skin, L*a*b*, lightest first. Two lie in each of the six classes of the individual typology angle (Chardon, Cretois and Hourseau 1991,
 * doi:10.1111/j.1467-2494.1991.tb00561.x: 55°, 41°, 28°, 10°, -30°), so that dark skin has as many tones as light skin. The hues are own
 * choice for a drawing: light skin a little pink, brown skin golden, dark skin calm.
 */
export const skinPalette: readonly Lab[] = [
  [86, 8, 14],
  [80.5, 10, 18],
  [75.8, 11.5, 20.5],
  [71.3, 12.5, 22],
  [67.5, 14, 23.5],
  [64, 15, 24.5],
  [60.3, 16, 25],
  [56, 16.5, 25],
  [50.5, 17, 24],
  [43.5, 16, 21.5],
  [36, 13.5, 17.5],
  [29, 10.5, 13.5],
];

/** Colours of hair and brows, L*a*b*. */
export const hairPalette: Readonly<Record<HairColour, Lab>> = {
  black: [14, 1.5, 0.5],
  'dark-brown': [22, 6.5, 7],
  brown: [32, 10, 14],
  'light-brown': [45, 11, 21],
  auburn: [32, 22, 20],
  red: [50, 30, 38],
  'dark-blonde': [57, 8, 26],
  blonde: [73, 5, 34],
  platinum: [86, 1, 15],
  grey: [58, 0, 2],
  white: [88, 0, 3],
  pink: [68, 38, 2],
  purple: [42, 32, -32],
  blue: [45, 2, -38],
  green: [52, -30, 18],
};

/** Colours of irises, L*a*b*. */
export const eyePalette: Readonly<Record<EyeColour, Lab>> = {
  'dark-brown': [20, 10, 11],
  brown: [34, 15, 22],
  hazel: [46, 9, 31],
  green: [52, -12, 20],
  blue: [56, -7, -24],
  grey: [57, -3, -7],
};

/** Colours of clothes, L*a*b*: as strong as a drawing likes them. */
export const clothesPalette: Readonly<Record<ClothesColour, Lab>> = {
  black: [20, 1, -4],
  grey: [56, 0, -2],
  white: [93, 0, 2],
  beige: [79, 4, 17],
  brown: [38, 14, 22],
  red: [48, 56, 34],
  orange: [68, 34, 54],
  yellow: [82, 6, 66],
  green: [52, -32, 26],
  teal: [52, -26, -9],
  blue: [54, -2, -42],
  navy: [27, 6, -28],
  purple: [38, 32, -34],
  pink: [70, 40, 2],
};

/** Angle of the individual typology in degrees: over 55 very light, under -30 dark. */
export function typologyAngle([l, , b]: Lab): number {
  return (Math.atan2(l - 50, b) * 180) / Math.PI;
}

/** `#rrggbb` of a colour. */
export function hex(lab: Lab): string {
  return `#${fromLab(lab).map(byte).join('')}`;
}

/** A colour moved by some L*, a* and b*. */
export function moved([l, a, b]: Lab, [dl, da, db]: Lab): Lab {
  return [Math.min(97, Math.max(3, l + dl)), a + da, b + db];
}

export function mixed(one: Lab, other: Lab, share: number): Lab {
  const [l, a, b] = [0, 1, 2].map((i) => (one[i] ?? 0) * (1 - share) + (other[i] ?? 0) * share);
  return [l ?? 0, a ?? 0, b ?? 0];
}

function byte(value: Rgb[number]): string {
  return Math.round(value).toString(16).padStart(2, '0');
}
