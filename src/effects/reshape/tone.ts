const { abs, max, min } = Math;

/** What the skin of one face is like in one photo. */
export interface Skin {
  /** Lightness, 0 to 255. */
  readonly light: number;
  /** Red, green and blue for a lightness of 1. */
  readonly colour: readonly [red: number, green: number, blue: number];
}

/**
 * The median lightness of the skin and the mean colour of what is about as light.
 * @param colours three floats a pixel
 * @param light lightness of each
 * @param skin how surely each is skin, 0 to 1
 */
export function typicalSkin(colours: Float32Array, light: Float32Array, skin: Float32Array): Skin {
  const levels = new Float64Array(256);
  let total = 0;
  for (let i = 0; i < light.length; i++) {
    const share = skin[i] ?? 0;
    if (share < 0.9) continue;
    const level = min(255, light[i] ?? 0) | 0;
    levels[level] = (levels[level] ?? 0) + share;
    total += share;
  }
  let median = 0;
  for (let sum = levels[0] ?? 0; median < 255 && sum < total / 2; sum += levels[++median] ?? 0);
  let red = 0;
  let green = 0;
  let blue = 0;
  let sum = 0;
  for (let i = 0; i < light.length; i++) {
    if ((skin[i] ?? 0) < 0.9 || abs((light[i] ?? 0) - median) > 0.2 * median) continue;
    red += colours[3 * i] ?? 0;
    green += colours[3 * i + 1] ?? 0;
    blue += colours[3 * i + 2] ?? 0;
    sum += light[i] ?? 0;
  }
  const share = 1 / max(1, sum);
  return { light: median, colour: [red * share, green * share, blue * share] };
}

/** How much a pixel is like that skin, 0 to 1: hair is darker, cloth and metal have another colour, a light's reflection has none. */
export function likeness(colours: Float32Array, light: Float32Array, i: number, { light: usual, colour }: Skin): number {
  const level = max(1, light[i] ?? 0);
  const dark = min(1, max(0, (level / max(1, usual) - 0.3) / 0.3));
  const off = abs((colours[3 * i] ?? 0) / level - colour[0]) + abs((colours[3 * i + 2] ?? 0) / level - colour[2]);
  return dark * min(1, max(0, 1.6 - 2.2 * off));
}

/** How much darker than the skin a pixel is, 0 to 1: hair of brow and beard. */
export function hairiness(level: number, { light }: Skin): number {
  return min(1, max(0, (1.05 - level / max(1, light)) / 0.45));
}
