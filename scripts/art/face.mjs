// The face every scene draws before anybody's is laid over it: one geometry in its own coordinates (half a face is 99 wide, the eyes lie
// on y = 0), many looks. The light comes from the left; `mirrored` lets it come from the right.
import { blurs, curve, linear, n, radial, times } from './draw.mjs';

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

/**
 * What headgear leaves open: inside the outline of the face at the sides and the chin, below any hair line at the top.
 * @param inset how much smaller than the face @param top y of the upper edge
 */
export const opening = (inset = 6, top = -79, [dx, dy] = [0, 0]) => curve(edge(inset, top).map(([x, y]) => [x + dx, y + dy]));

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
export function along(count, inset = 6, top = -79) {
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

/** Looks of skin: from the lightest light to the deepest shade, then lips, iris (light, middle, dark) and brow. */
export const looks = {
  fair: skin('#ffe9d6', '#f3cdb0', '#d99a7c', '#93503f', '#e58a78', '#c4635e', ['#9fc6e0', '#4d7fa8', '#1b3550'], '#6b4630'),
  golden: skin('#ffe2b8', '#ecbd8b', '#c98a58', '#7d4326', '#dd7f5e', '#b75a4c', ['#a8c08a', '#5f7f4c', '#24371f'], '#4a2c1c'),
  olive: skin('#f6d3a6', '#d9a877', '#ad7548', '#663720', '#cc6d52', '#a6504a', ['#b98a52', '#6b4320', '#2a170b'], '#2c1a12'),
  brown: skin('#e7b589', '#b97f55', '#86502f', '#45210f', '#b85c48', '#954848', ['#a8743f', '#5a341c', '#23110a'], '#1c100b'),
  deep: skin('#c98d63', '#8c5636', '#5b321f', '#2a130b', '#9c4538', '#7f3a3c', ['#8a5a30', '#442512', '#180b06'], '#120a07'),
  marble: skin('#ffffff', '#dcd9d3', '#aaa6a4', '#5f5c63', '#cfc8c2', '#b9b3ae', ['#d6d3ce', '#b5b1ad', '#8b8788'], '#b3afab'),
};

function skin(light, base, shade, deep, flush, lip, iris, hair) {
  return { light, base, shade, deep, flush, lip, iris, brow: hair };
}

export const faceDefs = ({ light, base, shade, lip, flush, iris }) =>
  [
    blurs(1, 3, 7, 14),
    radial('skin', [-30, -14, 185], [0, mix(light, base, 0.45)], [0.42, base], [1, shade]),
    `<radialGradient id="iris" cx=".5" cy=".66" r=".56"><stop offset="0" stop-color="${iris[0]}"/><stop offset=".6" stop-color="${iris[1]}"/><stop offset="1" stop-color="${iris[2]}"/></radialGradient>`,
    linear('upper', [0, 80, 0, 96], [0, lip], [1, mix(lip, '#401018', 0.28)]),
    linear('lower', [0, 94, 0, 111], [0, lip], [0.5, mix(lip, light, 0.34)], [1, mix(lip, flush, 0.4)]),
    linear('white', [0, -10, 0, 9], [0, mix('#b9b4b6', shade, 0.2)], [0.45, mix('#f6f1ea', light, 0.15)], [1, mix('#e6dcd6', light, 0.2)]),
    `<clipPath id="eye"><path d="${eyeShape}"/></clipPath>`,
    `<clipPath id="face"><path d="${outline}"/></clipPath>`,
  ].join('\n');

export function mix(one, other, share) {
  const part = (hex, i) => Number.parseInt(hex.slice(i, i + 2), 16);
  const mixed = [1, 3, 5].map((i) => Math.round(part(one, i) * (1 - share) + part(other, i) * share));
  return `#${mixed.map((v) => v.toString(16).padStart(2, '0')).join('')}`;
}

const eyeShape = 'M28.6,4.6C33,-3.6 39.6,-9.2 47.6,-9.2C56,-9.2 62,-4.4 65.6,.2C61,5.4 54.5,8.6 47.5,8.6C40,8.6 33.5,7.4 28.6,4.6Z';

/**
 * The drawn face. The light falls in from the left.
 * @param look one of `looks`
 * @param rim colour of the light that grazes the dark side, if there is one
 * @param lashes 0 (short) to 1 (long) @param brows thickness, 1 is usual @param ink width of drawn lines, 0 for none
 */
export function drawFace(look, { rim, lashes = 0.5, brows = 1, ink = 0, gaze = 0, mirrored = false, blush = 0.42, eyes = true } = {}) {
  const { light, shade, deep, flush, lip, brow: hair } = look;
  const dark = mix(hair, '#0c0608', 0.45);
  const drawn = `
<path d="${outline}" fill="url(#skin)"/>
<g clip-path="url(#face)">
<path d="M112,-150L112,170L0,170C40,158 66,124 74,88C80,60 82,20 76,-30C70,-80 50,-110 60,-150Z" fill="${deep}" opacity=".46" filter="url(#b14)"/>
<path d="M-112,-150L-112,170L0,170C-48,158 -78,124 -88,88C-94,60 -92,20 -88,-30C-84,-80 -70,-110 -80,-150Z" fill="${shade}" opacity=".6" filter="url(#b7)"/>
${rim ? `<path d="M99,-60C99,0 97,60 84,92C70,120 50,138 26,148L120,160L130,-60Z" fill="${rim}" opacity=".75" filter="url(#b7)"/>` : ''}
<ellipse cx="-24" cy="-62" rx="54" ry="26" fill="${light}" opacity=".6" filter="url(#b14)"/>
<ellipse cx="-58" cy="35" rx="23" ry="16" fill="${light}" opacity=".72" filter="url(#b7)"/>
<ellipse cx="55" cy="36" rx="17" ry="13" fill="${light}" opacity=".34" filter="url(#b7)"/>
<ellipse cx="-59" cy="52" rx="21" ry="13" fill="${flush}" opacity="${blush}" filter="url(#b14)"/>
<ellipse cx="59" cy="52" rx="21" ry="13" fill="${flush}" opacity="${blush}" filter="url(#b14)"/>
<path d="M-66,84C-58,108 -40,126 -14,134C-40,132 -66,118 -76,92Z" fill="${shade}" opacity=".55" filter="url(#b7)"/>
<path d="M14,-30C10,-10 12,20 18,40C26,48 28,58 20,64C10,62 8,50 9,30C9,10 6,-12 14,-30Z" fill="${deep}" opacity=".44" filter="url(#b3)"/>
<path d="M-15,-26C-9,-10 -11,18 -16,40C-22,48 -23,56 -18,61C-12,52 -8,40 -8,22C-8,4 -8,-14 -15,-26Z" fill="${deep}" opacity=".2" filter="url(#b3)"/>
<path d="M-3,-22C-5,0 -4,26 -5,44C-3,50 2,50 3,44C3,26 2,0 1,-22Z" fill="${light}" opacity=".8" filter="url(#b3)"/>
<ellipse cx="-2.500" cy="47" rx="6" ry="5" fill="${mix(light, '#ffffff', 0.5)}" opacity=".7" filter="url(#b3)"/>
<path d="M-20,58C-14,66 -6,69 0,69C8,69 15,66 21,58C24,66 14,74 2,75C-10,75 -20,68 -20,58Z" fill="${deep}" opacity=".5" filter="url(#b3)"/>
<ellipse cx="1" cy="118" rx="20" ry="5.500" fill="${deep}" opacity=".44" filter="url(#b3)"/>
<ellipse cx="-5" cy="133" rx="17" ry="9" fill="${light}" opacity=".5" filter="url(#b7)"/>
<path d="M-28,62C-38,70 -45,78 -47,88M28,62C38,70 45,78 47,88" fill="none" stroke="${deep}" stroke-width="2.600" opacity=".24" filter="url(#b3)"/>
</g>
<!-- nose -->
<path d="M-19.500,48C-25,51 -25.500,60 -18.500,61.500M19.500,48C25,51 25.500,60 18.500,61.500" fill="none" stroke="${deep}" stroke-width="${1.6 + ink}" stroke-linecap="round" opacity=".6"/>
<path d="M-7,60.500C-9.500,56 -15.500,56.500 -17,60C-14,63 -10,63 -7,60.500ZM7,60.500C9.500,56 15.500,56.500 17,60C14,63 10,63 7,60.500Z" fill="${mix(deep, '#200808', 0.3)}" opacity=".8"/>
<path d="M-8,62C-4,65.500 4,65.500 8,62" fill="none" stroke="${deep}" stroke-width="${1.4 + ink}" opacity=".5"/>
<!-- eyes -->
<g>${eyes ? drawEye(look, dark, lashes, 47.4 + gaze, ink) : blindEye(look)}${drawBrow(hair, brows)}</g>
<g transform="scale(-1,1)">${eyes ? drawEye(look, dark, lashes, 47.4 - gaze, ink, true) : blindEye(look)}${drawBrow(hair, brows)}</g>
<!-- mouth, a little amused -->
<path d="M-38.500,84.500C-27,87 -14,80.500 -7,81C-3.500,81.500 -1.500,83.500 0,83.500C1.500,83.500 3.500,81.500 7,81C14,80.500 27,87 38.500,84.500C27,94 12,94.500 0,95C-12,94.500 -27,94 -38.500,84.500Z" fill="url(#upper)"/>
<path d="M-35,86C-24,94.500 -12,94.500 0,95C12,94.500 24,94.500 35,86C30,103 17,111 0,111C-17,111 -30,103 -35,86Z" fill="url(#lower)"/>
<path d="M-40,83.500C-30,94.500 -14,93 -6,94.300C-2,95.300 2,95.300 6,94.300C14,93 30,94.500 40,83.500C30,96.600 12,96.200 0,97C-12,96.200 -30,96.600 -40,83.500Z" fill="${mix(lip, '#300810', 0.62)}" opacity=".9"/>
<ellipse cx="-7" cy="102.500" rx="12" ry="2.600" fill="${mix(light, '#ffffff', 0.4)}" opacity=".4" filter="url(#b1)"/>
<path d="M-41,80C-44,83 -43.500,87 -41,88.500M41,80C44,83 43.500,87 41,88.500" fill="none" stroke="${deep}" stroke-width="${2 + ink}" opacity=".42" filter="url(#b1)"/>
${ink ? `<path d="${outline}" fill="none" stroke="${dark}" stroke-width="${ink * 2}"/>` : ''}`;
  return mirrored ? `<g transform="scale(-1,1)">${drawn}</g>` : drawn;
}

function drawEye({ iris, deep, shade, flush }, dark, lashes, x, ink, other = false) {
  // The light of one window is in both eyes, so it is not mirrored with the eye.
  const glint = other ? x + 3.2 : x - 3.2;
  return `
<ellipse cx="47" cy="-7" rx="31" ry="18" fill="${deep}" opacity=".24" filter="url(#b7)"/>
<path d="M29,-4C35,-13 42,-17 50,-17C58,-17 65,-11 69,-4C62,-10 56,-12 49,-12C42,-12 35,-8 29,-4Z" fill="${mix(shade, flush, 0.3)}" opacity=".5" filter="url(#b1)"/>
<path d="${eyeShape}" fill="url(#white)"/>
<g clip-path="url(#eye)">
<circle cx="${x}" cy="-.6" r="9.900" fill="${iris[2]}"/><circle cx="${x}" cy="-.6" r="9.100" fill="url(#iris)"/><circle cx="${x}" cy="-.6" r="4.200" fill="#120c0d"/>
<path d="M28,5C34,-4 40,-10 47.500,-10C56,-10 62,-5 66,1L66,-13L28,-13Z" transform="translate(0,3)" fill="#2a1712" opacity=".42" filter="url(#b1)"/>
<circle cx="${n(glint)}" cy="-4.300" r="2.500" fill="#fff"/><circle cx="${n(2 * x - glint)}" cy="3.200" r="1.200" fill="#fff" opacity=".7"/>
</g>
<path d="M30,4.200C28.500,3.600 27.400,4.600 27.800,5.500C29.500,6.800 32.500,6.800 34.500,6.400Z" fill="${flush}" opacity=".8"/>
<path d="M33,7.600C40,10.600 54,10.600 64,2.200" fill="none" stroke="${dark}" stroke-width="1" opacity=".45"/>
<path d="M34,13C42,17 54,16.500 62,11" fill="none" stroke="${deep}" stroke-width="2" opacity=".22" filter="url(#b1)"/>
<path d="M27.600,5.400C32.500,-5.500 39.500,-11.600 48,-11.600C57,-11.600 63,-6.600 ${n(67 + 3 * lashes)},${n(-1.5 - 4 * lashes)}C67,-1 66,0 65,1.600C61,-4.400 55.500,-8.400 47.500,-8.400C40,-8.400 34,-3 27.600,5.400Z" fill="${dark}"/>
${lashes > 0.6 ? `<path d="M59,-9L66,-12.500M62.500,-6.600L70.500,-9.600" stroke="${dark}" stroke-width="1.300" stroke-linecap="round"/>` : ''}
<path d="M30,-5C36,-14.500 43,-18 50,-18C58,-18 64.500,-12.500 68,-7" fill="none" stroke="${deep}" stroke-width="${1.3 + ink}" opacity=".5"/>
`;
}

/** An eye as sculptors cut it: lids and a shallow iris. */
function blindEye({ light, shade, deep }) {
  return `
<ellipse cx="47" cy="-8" rx="31" ry="18" fill="${deep}" opacity=".42" filter="url(#b7)"/>
<path d="${eyeShape}" fill="${mix(light, shade, 0.35)}"/>
<g clip-path="url(#eye)"><path d="M28,6C34,-4 40,-10 47.500,-10C56,-10 62,-5 66,1L66,-13L28,-13Z" transform="translate(0,4)" fill="${deep}" opacity=".6" filter="url(#b1)"/>
<circle cx="47.400" cy="-1" r="9" fill="none" stroke="${deep}" stroke-width="1.400" opacity=".55"/><path d="M43,-4A6,6 0 1 0 52,-3L47.400,-1Z" fill="${deep}" opacity=".55"/></g>
<path d="M27.600,5.400C32.500,-5.500 39.500,-11.600 48,-11.600C57,-11.600 63,-6.600 67,-1.500C61,-4.400 55.500,-8.400 47.500,-8.400C40,-8.400 34,-3 27.600,5.400Z" fill="${light}"/>
<path d="M27.600,5.400C33,-3 40,-8.400 47.500,-8.400C55.500,-8.400 61,-4.400 66,.5M33,8C40,11 54,11 64,2.400" fill="none" stroke="${deep}" stroke-width="1.500" opacity=".7"/>
`;
}

function drawBrow(hair, brows) {
  const b = (y, k) => n(y + k * (brows - 1));
  return `<path d="M16,${b(-31, 0)}C16,${b(-35.5, -2)} 24,${b(-38.5, -3)} 36,${b(-41, -3)}C47,${b(-44, -3)} 58,${b(-44.5, -3)} 69,${b(-40.5, -2)}C76,-38 81,-33 84.500,-27C78,${b(-32, 1)} 70,${b(-35, 3)} 61,${b(-36, 4)}C48,${b(-37, 5)} 34,${b(-34, 5)} 22,${b(-29.5, 4)}C18.500,-28.500 16,-29 16,-31Z" fill="${hair}" opacity=".9" filter="url(#b1)"/>
<g stroke="${hair}" stroke-width="1" stroke-linecap="round" opacity=".6">${times(10, (i) => {
    const x = 19 + i * 5;
    const y = -30.5 - 7 * Math.sin((i / 12) * 1.6);
    return `<path d="M${x},${n(y)}L${n(x + 3 + i * 0.3)},${n(y - 6.5 + i * 0.2)}"/>`;
  }).replaceAll('\n', '')}</g>`;
}
