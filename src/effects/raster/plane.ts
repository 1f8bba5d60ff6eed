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
export function robustPlanes<V extends readonly ArrayLike<number>[]>(places: ArrayLike<number>, ...values: V): { [K in keyof V]: Plane } {
  const all = (fit: (list: ArrayLike<number>) => Plane) => values.map(fit) as { [K in keyof V]: Plane };
  let planes = all((list) => planeThrough(places, list, () => true));
  for (let round = 0; round < rounds; round++) {
    const before = values.map((list, k) => {
      const plane = planes[k] ?? flat;
      return { plane, list, most: far * spread(plane, places, list) };
    });
    const isNear = (i: number) => before.every(({ plane, list, most }) => abs(residual(plane, places, list, i)) <= most);
    planes = all((list) => planeThrough(places, list, isNear));
  }
  return planes;
}

const flat: Plane = { x: 0, y: 0, level: 0 };

function residual({ x, y, level }: Plane, places: ArrayLike<number>, values: ArrayLike<number>, i: number): number {
  return (values[i] ?? 0) - level - x * (places[2 * i] ?? 0) - y * (places[2 * i + 1] ?? 0);
}

/** Root of the mean square of what a plane misses. */
function spread(plane: Plane, places: ArrayLike<number>, values: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += residual(plane, places, values, i) ** 2;
  return sqrt(squares / values.length);
}

/** Least squares, about the first place so that little is lost to rounding. */
function planeThrough(places: ArrayLike<number>, values: ArrayLike<number>, counts: (i: number) => boolean): Plane {
  let n = 0;
  let [sx, sy, sl] = [0, 0, 0];
  let [sxx, sxy, syy, sxl, syl] = [0, 0, 0, 0, 0];
  const [x0, y0] = [places[0] ?? 0, places[1] ?? 0];
  for (let i = 0; i < values.length; i++) {
    if (!counts(i)) continue;
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
