const { abs, sqrt } = Math;

/** A plane over a picture: what some value is at each of its places. */
export interface Plane {
  /** Change of the value a pixel to the right, and downwards. */
  readonly x: number;
  readonly y: number;
  /** The value at the origin. */
  readonly level: number;
}

/** Rounds of leaving out what lies far from a plane and fitting again. */
const rounds = 3;

/** How far that is, in roots of the mean square of what the plane misses. */
const far = 1.5;

/**
 * The planes that fit several values best, all over the same places, without the places where any of the values lies far from its plane: a lock
 * of hair, a shadow's edge, brows and lips.
 * @param places x and y after one another
 * @param values one list for each plane, a value a place
 * @returns a plane for each list; NaN in it where the places lie on a line
 */
export function robustPlanes<V extends readonly Float32Array[]>(places: Float32Array, ...values: V): { [K in keyof V]: Plane } {
  const counts = new Uint8Array(places.length / 2).fill(1);
  const fitted = () => values.map((list) => planeThrough(places, list, counts)) as { [K in keyof V]: Plane };
  let planes = fitted();
  for (let round = 0; round < rounds; round++) {
    counts.fill(1);
    for (const [k, list] of values.entries()) leaveOut(planes[k] ?? flat, places, list, counts);
    planes = fitted();
  }
  return planes;
}

const flat: Plane = { x: 0, y: 0, level: 0 };

/** Notes 0 for the places that lie far from a plane. */
function leaveOut({ x, y, level }: Plane, places: Float32Array, values: Float32Array, counts: Uint8Array): void {
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const missed = (values[i] ?? 0) - level - x * (places[2 * i] ?? 0) - y * (places[2 * i + 1] ?? 0);
    squares += missed * missed;
  }
  const most = far * sqrt(squares / values.length);
  for (let i = 0; i < values.length; i++) {
    const missed = (values[i] ?? 0) - level - x * (places[2 * i] ?? 0) - y * (places[2 * i + 1] ?? 0);
    if (!(abs(missed) <= most)) counts[i] = 0;
  }
}

/** Least squares, about the first place so that little is lost to rounding. @param counts 0 where a place is left out */
function planeThrough(places: Float32Array, values: Float32Array, counts: Uint8Array): Plane {
  // One by one: what comes out of an array is anything to the engine, and a sum of it costs an object for every place.
  let n = 0;
  let sx = 0;
  let sy = 0;
  let sl = 0;
  let sxx = 0;
  let sxy = 0;
  let syy = 0;
  let sxl = 0;
  let syl = 0;
  const x0 = places[0] ?? 0;
  const y0 = places[1] ?? 0;
  for (let i = 0; i < values.length; i++) {
    if (counts[i] === 0) continue;
    const x = (places[2 * i] ?? 0) - x0;
    const y = (places[2 * i + 1] ?? 0) - y0;
    const l = values[i] ?? 0;
    n += 1;
    sx += x;
    sy += y;
    sl += l;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
    sxl += x * l;
    syl += y * l;
  }
  const [mx, my, ml] = [sx / n, sy / n, sl / n];
  const [xx, xy, yy, xl, yl] = [sxx / n - mx * mx, sxy / n - mx * my, syy / n - my * my, sxl / n - mx * ml, syl / n - my * ml];
  const determinant = xx * yy - xy * xy;
  const x = (yy * xl - xy * yl) / determinant;
  const y = (xx * yl - xy * xl) / determinant;
  return { x, y, level: ml - x * (mx + x0) - y * (my + y0) };
}
