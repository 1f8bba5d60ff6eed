/** One of the file's own transformations, in the order in which they are to be done. */
export type Turn =
  /** `irot`: quarter turns against the clock, 0 to 3. */
  | { readonly kind: 'rotate'; readonly quarters: number }
  /** `imir`: top and bottom change places, or left and right. */
  | { readonly kind: 'mirror'; readonly leftRight: boolean };

/** EXIF orientations: a mirror of left and right or none, then quarter turns with the clock. */
const plain = [1, 6, 3, 8] as const;
const mirrored = [2, 7, 4, 5] as const;

/**
 * The EXIF orientation that says the same as a row of turns (ISO 23008-12, 6.5.10 and 6.5.12): libvips turns the picture when it is small already.
 * @returns 1 to 8
 */
export function orientationOf(turns: readonly Turn[]): number {
  let mirror = false;
  let clockwise = 0;
  for (const turn of turns) {
    if (turn.kind === 'rotate') {
      clockwise += 4 - turn.quarters;
    } else {
      // A mirror behind a turn is the mirror before it and the turn the other way round; top and bottom is left and right and half a turn.
      mirror = !mirror;
      clockwise = (turn.leftRight ? 4 : 6) - (clockwise % 4);
    }
  }
  return (mirror ? mirrored : plain)[clockwise % 4] ?? 1;
}
