/**
 * Delaunay triangulation by Bowyer and Watson's insertion (Computer Journal 24, 1981). Points are few (under 300), so the plain quadratic
 * form is used: it takes a few milliseconds and runs once per template.
 * @param xs @param ys coordinates of the points
 * @returns three indexes a triangle, wound so that the signed area of `signedArea` is positive
 */
export function triangulate(xs: ArrayLike<number>, ys: ArrayLike<number>): Uint16Array {
  const count = xs.length;
  const [px, py] = withSuperTriangle(xs, ys);
  let triangles: Triangle[] = [circled(px, py, count, count + 1, count + 2)];
  for (let i = 0; i < count; i++) {
    const x = px[i] ?? 0;
    const y = py[i] ?? 0;
    const edges = new Map<number, readonly [number, number]>();
    const kept: Triangle[] = [];
    for (const triangle of triangles) {
      if ((x - triangle.cx) ** 2 + (y - triangle.cy) ** 2 >= triangle.r2) kept.push(triangle);
      else for (const edge of sides(triangle)) toggle(edges, edge, count + 3);
    }
    for (const [a, b] of edges.values()) kept.push(circled(px, py, a, b, i));
    triangles = kept;
  }
  const out: number[] = [];
  for (const { a, b, c } of triangles) {
    if (a >= count || b >= count || c >= count) continue;
    if (signedArea(px, py, a, b, c) > 0) out.push(a, b, c);
    else out.push(a, c, b);
  }
  return Uint16Array.from(out);
}

interface Triangle {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly cx: number;
  readonly cy: number;
  readonly r2: number;
}

/** Twice the area; positive when a, b, c run clockwise on the screen (y down). */
export function signedArea(xs: ArrayLike<number>, ys: ArrayLike<number>, a: number, b: number, c: number): number {
  const ax = xs[a] ?? 0;
  const ay = ys[a] ?? 0;
  return ((xs[b] ?? 0) - ax) * ((ys[c] ?? 0) - ay) - ((xs[c] ?? 0) - ax) * ((ys[b] ?? 0) - ay);
}

function withSuperTriangle(xs: ArrayLike<number>, ys: ArrayLike<number>): readonly [Float64Array, Float64Array] {
  const count = xs.length;
  const px = new Float64Array(count + 3);
  const py = new Float64Array(count + 3);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < count; i++) {
    px[i] = xs[i] ?? 0;
    py[i] = ys[i] ?? 0;
    low = Math.min(low, px[i] ?? 0, py[i] ?? 0);
    high = Math.max(high, px[i] ?? 0, py[i] ?? 0);
  }
  const span = Math.max(1, high - low) * 50;
  const middle = (low + high) / 2;
  px.set([middle - span, middle + span, middle], count);
  py.set([middle - span, middle - span, middle + span], count);
  return [px, py];
}

function circled(xs: Float64Array, ys: Float64Array, a: number, b: number, c: number): Triangle {
  const ax = xs[a] ?? 0;
  const ay = ys[a] ?? 0;
  const bx = (xs[b] ?? 0) - ax;
  const by = (ys[b] ?? 0) - ay;
  const dx = (xs[c] ?? 0) - ax;
  const dy = (ys[c] ?? 0) - ay;
  const d = 2 * (bx * dy - by * dx);
  // Three points on a line have no circle: such a sliver is always replaced by the next point.
  if (Math.abs(d) < 1e-12) return { a, b, c, cx: ax, cy: ay, r2: Number.POSITIVE_INFINITY };
  const b2 = bx * bx + by * by;
  const d2 = dx * dx + dy * dy;
  const ux = (dy * b2 - by * d2) / d;
  const uy = (bx * d2 - dx * b2) / d;
  return { a, b, c, cx: ax + ux, cy: ay + uy, r2: ux * ux + uy * uy };
}

function sides({ a, b, c }: Triangle): readonly (readonly [number, number])[] {
  return [
    [a, b],
    [b, c],
    [c, a],
  ];
}

/** An edge seen twice lies inside the cavity and goes. */
function toggle(edges: Map<number, readonly [number, number]>, [a, b]: readonly [number, number], stride: number): void {
  const key = Math.min(a, b) * stride + Math.max(a, b);
  if (!edges.delete(key)) edges.set(key, [a, b]);
}
