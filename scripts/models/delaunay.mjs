// Delaunay triangulation (Bowyer and Watson, The Computer Journal 24, 1981), plain: a point at a time, and the triangles in whose circle it lies make room.

/** @returns triangles as three indexes each, clockwise with y downwards */
export function delaunay(points) {
  const span = 1000 * Math.max(...points.flat().map(Math.abs));
  const all = [...points, [-span, -span], [span, -span], [0, span]];
  const count = points.length;
  let triangles = [circled(all, count, count + 1, count + 2)];
  points.forEach(([x, y], i) => {
    const open = new Map();
    triangles = triangles.filter(({ corners, centre, radius2 }) => {
      if ((x - centre[0]) ** 2 + (y - centre[1]) ** 2 >= radius2) return true;
      corners.forEach((from, k) => {
        const to = corners[(k + 1) % 3];
        // An edge that two of them share lies inside the hole.
        if (!open.delete(`${to} ${from}`)) open.set(`${from} ${to}`, [from, to]);
      });
      return false;
    });
    for (const [from, to] of open.values()) triangles.push(circled(all, from, to, i));
  });
  return triangles.map(({ corners }) => corners).filter((corners) => corners.every((corner) => corner < count));
}

function circled(points, a, b, c) {
  const [[ax, ay], [bx, by], [cx, cy]] = [points[a], points[b], points[c]];
  const [ux, uy, vx, vy] = [bx - ax, by - ay, cx - ax, cy - ay];
  const twice = ux * vy - uy * vx;
  const [u2, v2] = [ux * ux + uy * uy, vx * vx + vy * vy];
  const [x, y] = [(vy * u2 - uy * v2) / (2 * twice), (ux * v2 - vx * u2) / (2 * twice)];
  return { corners: twice > 0 ? [a, b, c] : [a, c, b], centre: [ax + x, ay + y], radius2: x * x + y * y };
}

/**
 * Makes an edge part of a triangulation by turning the edges that cross it (Sloan 1993, doi:10.1016/0045-7949(93)90239-A).
 * @param triangles changed in place
 */
export function force(triangles, points, from, to) {
  const side = (a, b, c) =>
    Math.sign(
      (points[b][0] - points[a][0]) * (points[c][1] - points[a][1]) - (points[b][1] - points[a][1]) * (points[c][0] - points[a][0]),
    );
  const cross = (a, b, c, d) => side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
  for (let tries = 0; tries < 1000; tries += 1) {
    if (triangles.some((corners) => corners.includes(from) && corners.includes(to))) return;
    const crossed = triangles
      .flatMap((corners) => corners.map((a, k) => [a, corners[(k + 1) % 3], corners[(k + 2) % 3]]))
      .filter(([a, b]) => a < b && cross(from, to, a, b));
    const pairs = crossed.map(([a, b, apex]) => {
      const other = triangles.find((corners) => corners.includes(a) && corners.includes(b) && !corners.includes(apex));
      return [a, b, apex, other.find((corner) => corner !== a && corner !== b)];
    });
    const [a, b, apex, opposite] = pairs.find(([c, d, e, f]) => cross(c, d, e, f));
    for (const corners of triangles) {
      if (!corners.includes(a) || !corners.includes(b)) continue;
      const [lost, gained] = corners.includes(apex) ? [b, opposite] : [a, apex];
      corners[corners.indexOf(lost)] = gained;
    }
  }
  throw new Error(`The edge from ${from} to ${to} cannot be made`);
}
