// The geometry of the drawn face, in its own coordinates: half a face is 99 wide, the eyes lie on y = 0. Every scene has the same, at its own place.
import { curve, n } from './draw.mjs';

/** Right half of the jaw, temple to chin, then brow, eye, nose, lips: 68 points (iBUG order) come from these by symmetry. */
const jaw = [
  [99, -6],
  [98, 21],
  [95, 47],
  [89, 72],
  [79, 96],
  [64, 117],
  [45, 134],
  [23, 146],
];
const brow = [
  [18, -33.5],
  [35, -40],
  [52, -42.5],
  [69, -38.5],
  [83, -28],
];
const eye = {
  inner: [28.6, 4.3],
  upperIn: [40.5, -8.1],
  upperOut: [53.5, -8.6],
  outer: [65.4, 0],
  lowerOut: [53.5, 7],
  lowerIn: [40.5, 8.1],
};
const forehead = [
  [98, -40],
  [90, -85],
  [66, -122],
  [34, -140],
];

const left = ([x, y]) => [-x, y];
const bothWays = (half, middle) => [...half.map(left), middle, ...[...half].reverse()];

const points = [
  ...bothWays(jaw, [0, 151]),
  ...[...brow].reverse().map(left),
  ...brow,
  ...[-6, 12, 30, 46].map((y) => [0, y]),
  ...bothWays(
    [
      [19, 58],
      [10, 61.5],
    ],
    [0, 64],
  ),
  ...[eye.outer, eye.upperOut, eye.upperIn, eye.inner, eye.lowerIn, eye.lowerOut].map(left),
  ...[eye.inner, eye.upperIn, eye.upperOut, eye.outer, eye.lowerOut, eye.lowerIn],
  ...bothWays(
    [
      [38, 85.5],
      [24, 86],
      [9, 81.5],
    ],
    [0, 83.5],
  ),
  ...[
    [25, 103.5],
    [11, 109.5],
    [0, 110.5],
    [-11, 109.5],
    [-25, 103.5],
  ],
  ...[
    [-32, 86.1],
    [-10, 93],
    [0, 94],
    [10, 93],
    [32, 86.1],
    [10, 94.6],
    [0, 95.6],
    [-10, 94.6],
  ],
];

/** @param at where the face stands: { cx, cy, scale } in pixels of the scene */
export const landmarks = ({ cx, cy, scale }) => points.map(([x, y]) => [x, y].map((v, k) => Number(n((k === 0 ? cx : cy) + v * scale))));

export const standing = ({ cx, cy, scale }, body) => `<g transform="translate(${cx},${cy}) scale(${scale})">\n${body}\n</g>`;

/** Outline of the whole drawn head, hair line to chin. */
export const outline = curve([...bothWays(jaw, [0, 151]), ...bothWays(forehead.map(left), [0, -145])]);

/** A fused face fades out over a tenth of the distance between the eyes; headgear lies over all of that, so nothing of the drawn skin shows. */
const usualInset = 10;

/**
 * What headgear leaves open: inside the outline of the face at the sides and the chin, below any hair line at the top.
 * @param shift for the shadow that headgear throws @param inset how much smaller than the face @param top y of the upper edge
 */
export const opening = ([dx, dy] = [0, 0], inset = usualInset, top = -79) => curve(edge(inset, top).map(([x, y]) => [x + dx, y + dy]));

function edge(inset, top) {
  const sides = jaw.map(([x, y]) => [x * (1 - inset / 99), y - (inset * Math.max(0, y)) / 151]);
  const arch = [
    [90, -22],
    [79, -50],
    [59, -68],
    [31, -77],
  ].map(([x, y]) => [x + 6 - inset, top + ((y + 79) * (top + 6)) / -73]);
  return [...bothWays(sides, [0, 151 - inset]), ...bothWays(arch.map(left), [0, top])];
}

/** Places evenly along the opening, for what grows around a face: { x, y, angle } with the angle pointing outwards. */
export function along(count, inset = usualInset, top = -79) {
  const corners = edge(inset, top);
  const next = (list, i) => list[(i + list.length) % list.length];
  const lengths = corners.map(([x, y], i) => Math.hypot(next(corners, i + 1)[0] - x, next(corners, i + 1)[1] - y));
  const step = lengths.reduce((sum, length) => sum + length, 0) / count;
  const places = [];
  let walked = 0;
  corners.forEach(([x, y], i) => {
    const [u, v] = next(corners, i + 1);
    for (; places.length * step < walked + lengths[i] && places.length < count; ) {
      const share = (places.length * step - walked) / lengths[i];
      places.push([x + (u - x) * share, y + (v - y) * share]);
    }
    walked += lengths[i];
  });
  // The normal over a stretch of the way, so that it turns evenly where the corners do not.
  const reach = Math.max(1, Math.round(count / 24));
  return places.map(([x, y], i) => {
    const [a, b] = [next(places, i - reach), next(places, i + reach)];
    return { x, y, angle: Math.atan2(a[0] - b[0], b[1] - a[1]) + Math.PI };
  });
}
