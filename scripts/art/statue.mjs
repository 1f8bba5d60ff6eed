// A bust in a rose garden at dusk: pale marble mended with gold, laurel in its curls.

import { curlFill, curlRows } from './curls.mjs';
import { blade, blurs, chance, linear, mix, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 560, scale: 1.84 };

const rose = (x, y, s, [lit, mid, deep], turn = 0) => `<g transform="translate(${n(x)},${n(y)}) scale(${n(s)}) rotate(${turn})">
<circle r="52" fill="#0c2a22" opacity=".35" cx="6" cy="12"/><path d="M-50,-10C-58,-44 -20,-60 4,-50C36,-58 60,-30 52,0C60,34 30,56 4,48C-26,60 -60,34 -50,-10Z" fill="${deep}"/>
<path d="M-42,-14C-44,-42 -12,-50 6,-42C34,-46 48,-20 42,2C44,28 20,44 0,38C-26,44 -48,20 -42,-14Z" fill="${mid}"/><path d="M-44,6C-30,34 26,40 44,4C36,28 14,38 -4,34C-24,34 -40,24 -44,6Z" fill="${deep}" opacity=".7"/>
<path d="M-30,-12C-28,-34 4,-40 16,-28C34,-24 34,4 20,14C4,28 -28,22 -30,-12Z" fill="${lit}"/><path d="M-22,-6C-18,-26 8,-28 16,-16C26,-4 12,12 -2,10C-14,10 -18,0 -12,-8C-6,-16 8,-14 8,-4" fill="none" stroke="${deep}" stroke-width="5" stroke-linecap="round"/><path d="M-34,-24C-26,-40 0,-44 12,-38" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round" opacity=".55"/></g>`;

const pinks = [
  ['#ffd3d6', '#f58f9f', '#c24a66'],
  ['#fff1e6', '#ffc9b4', '#e08a7a'],
  ['#ffb0b0', '#e8566a', '#98243f'],
];

const leaves = (count, [x0, x1], [y0, y1], seed, size) => {
  const some = chance(seed);
  return times(count, () => {
    const [x, y, angle] = [some(x0, x1), some(y0, y1), some(0, Math.PI * 2)];
    const tip = polar(x, y, size * some(0.7, 1.2), angle);
    return `<path d="${blade([x, y], tip, size * 0.5, some(-6, 6))}" fill="${mix('#1c5a44', '#8ac27a', some())}"/>`;
  });
};

const bokeh = (() => {
  const some = chance(14);
  return times(
    40,
    () =>
      `<circle cx="${n(some(0, 1080))}" cy="${n(some(0, 900))}" r="${n(some(8, 44))}" fill="${mix('#ffe7a0', '#7fe0b0', some())}" opacity="${n(some(0.06, 0.26))}"/>`,
  );
})();

/** Folds of the toga from shoulder to hip: where they lie, for a shift and a width. */
const folds = Array.from(
  { length: 9 },
  (_, i) => (shift, width) =>
    blade([330 + i * 62 + shift, 985 + Math.abs(i - 4) * 8], [50 + i * 70 + shift, 1380], width, -60 + i * 8, 0.5),
);

const scene = sheet(
  `${blurs(3, 8, 20)}
${radial('dusk', [330, 330, 980], [0, '#5fa088'], [0.35, '#2b6b5e'], [0.7, '#123f40'], [1, '#08222a'])}
${linear('stone', [120, 950, 980, 1300], [0, '#ffffff'], [0.35, '#ebe5df'], [0.65, '#aaa2aa'], [1, '#5f5868'])}
${linear('arch', [250, 100, 850, 900], [0, '#d8e2cf'], [1, '#5f8a7c'])}`,
  `<rect width="1080" height="1350" fill="url(#dusk)"/>
<g filter="url(#b8)"><path fill-rule="evenodd" d="M150,1000L150,420C150,190 330,60 540,60C750,60 930,190 930,420L930,1000L850,1000L850,430C850,240 710,130 540,130C370,130 230,240 230,430L230,1000Z" fill="url(#arch)" opacity=".5"/>${leaves(60, [-40, 300], [-20, 900], 15, 130)}${leaves(60, [800, 1120], [-20, 900], 16, 130)}</g>
<rect width="1080" height="1350" fill="url(#dusk)" opacity=".55"/>
<g filter="url(#b3)">${bokeh}</g>
${leaves(60, [-40, 200], [500, 1200], 25, 90)}${leaves(60, [890, 1120], [500, 1200], 26, 90)}
<!-- toga -->
<path d="M40,1370C60,1180 150,1080 330,1010C420,980 660,980 750,1010C930,1080 1020,1180 1040,1370Z" fill="url(#stone)"/>
<clipPath id="bust"><path d="M40,1370C60,1180 150,1080 330,1010C420,980 660,980 750,1010C930,1080 1020,1180 1040,1370Z"/></clipPath>
<g clip-path="url(#bust)"><path d="M760,1000C900,1080 960,1200 960,1370L1060,1370L1060,1000Z" fill="#3f384e" opacity=".6" filter="url(#b20)"/>
<g fill="#8f8794" opacity=".55" filter="url(#b8)">${folds.map((d) => `<path d="${d(0, 60)}"/>`).join('')}</g>
<g fill="#fff" filter="url(#b3)">${folds.map((d, i) => `<path d="${d(-12, 24)}" fill-opacity="${n(0.95 - i * 0.08)}"/>`).join('')}</g>
<path d="M1010,1080C860,1120 640,1230 520,1380L720,1380C780,1290 900,1200 1040,1180Z" fill="url(#stone)"/><path d="M990,1100C850,1140 660,1240 560,1370M1020,1140C900,1170 740,1260 650,1370" fill="none" stroke="#7d7584" stroke-width="12" opacity=".7" filter="url(#b3)"/><path d="M985,1086C846,1126 650,1230 545,1360M1014,1126C890,1160 730,1250 636,1360" fill="none" stroke="#fff" stroke-width="6" opacity=".8" filter="url(#b3)"/></g>`,
);

const head = sheet(faceDefs(looks.marble), standing(at, drawFace(looks.marble, { eyes: false, blush: 0.12 })));

const hole = opening();
/** Laurel from both temples to the middle of the brow. */
const laurel = (side) =>
  times(9, (i) => {
    const t = i / 8;
    const [x, y] = [side * (146 - 128 * t), -34 - 92 * Math.sin((t * Math.PI) / 2)];
    const lean = -Math.PI / 2 - side * (0.25 + 1.05 * t);
    const leaf = (turn, length) => {
      const tip = polar(x, y, length, lean + turn);
      return `<path d="${blade([x, y], tip, 19, side * 3, 0.45)}" fill="url(#${side < 0 ? 'leafL' : 'leafR'})" stroke="#6d4412" stroke-width="1.200"/><path d="M${n(x)},${n(y)}L${n(tip[0])},${n(tip[1])}" stroke="#7a5216" stroke-width="1" opacity=".6"/>`;
    };
    return (
      leaf(0.62 * side, 46) + leaf(-0.55 * side, 42) + (i % 2 ? `<circle cx="${n(x)}" cy="${n(y - 4)}" r="5" fill="url(#berry)"/>` : '')
    );
  });

const crack = (d) =>
  `<path d="${d}" fill="none" stroke="#6d4a14" stroke-width="2.6" stroke-linejoin="round" opacity=".45" transform="translate(.7,1)"/><path d="${d}" fill="none" stroke="url(#seam)" stroke-width="1.9" stroke-linejoin="round"/>`;

const curls = curlRows(
  [
    [26, 64, 24],
    [28, 46, 22],
    [30, 27, 18],
    [36, 7, 14],
  ],
  // Full over the brow, close at the cheeks.
  (y, out) => y < [112, 96, 30, -24][Math.floor(out / 20)],
  { line: '#5f5868', shine: '#ffffff' },
);

const bust = sheet(
  `${blurs(2, 5, 8, 14)}
${curlFill(['#ffffff', '#d5cfcb', '#857d88'])}
${linear('throat', [-90, 100, 100, 300], [0, '#f4f0ea'], [0.4, '#c4bdbd'], [1, '#6a6272'])}
${linear('seam', [-180, -200, 180, 400], [0, '#fff2b4'], [0.3, '#d9a441'], [0.6, '#f7d67a'], [1, '#b87f28'])}
${linear('leafL', [-130, -130, 0, -40], [0, '#fff4b8'], [0.5, '#e8b64c'], [1, '#b07a22'])}
${linear('leafR', [0, -130, 130, -40], [0, '#e8b64c'], [0.5, '#c08a2c'], [1, '#7a5016'])}
<radialGradient id="berry" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#fff6c8"/><stop offset=".5" stop-color="#d9a441"/><stop offset="1" stop-color="#7a5016"/></radialGradient>
${radial('pale', [-30, 0, 170], [0, '#ece8e2', 0.26], [0.5, '#c4beba', 0.3], [1, '#7d7684', 0.36])}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="ring"><path clip-rule="evenodd" d="M-300,-300L300,-300L300,400L-300,400Z${hole}"/></clipPath>`,
  standing(
    at,
    `<path d="${opening([0, 0], -5)}" fill="url(#pale)"/>
<g clip-path="url(#hole)"><path d="${opening([3, 7])}" fill="none" stroke="#4c4452" stroke-width="20" opacity=".36" filter="url(#b5)"/></g>
<g clip-path="url(#ring)"><path d="M-66,90C-62,170 -66,214 -120,248C-60,290 60,290 120,248C66,214 62,170 66,90Z" fill="url(#throat)"/>
<path d="M-78,96C-60,150 -30,172 0,174C34,172 62,150 80,96L74,190C40,222 -34,220 -72,176Z" fill="#4a4254" opacity=".62" filter="url(#b8)"/><path d="M-20,226C-10,246 10,246 20,226" fill="none" stroke="#5f5868" stroke-width="4" opacity=".5" filter="url(#b2)"/><path d="M-60,170C-50,214 -30,240 -16,254M64,160C52,210 32,240 18,254" fill="none" stroke="#6a6272" stroke-width="6" opacity=".45" filter="url(#b5)"/>
<path d="M-112,60C-130,-60 -100,-120 0,-130C100,-120 130,-60 112,60L90,70L-90,70Z" fill="#6f6776"/></g>
${curls}
${crack('M90,18L80,24L77,33L66,38L62,49L50,54L47,66L38,70M77,33L82,42L78,54M62,49L66,60L60,70')}
${crack('M72,160L64,172L66,182L54,194L52,208L40,218L38,236L24,250M54,194L40,196L30,206L18,206M66,182L76,190')}
${crack('M-30,250L-36,232L-30,222L-40,208L-38,196L-46,188M-30,222L-18,218')}
${laurel(-1)}${laurel(1)}`,
  ),
);

const front = sheet(
  '',
  `${leaves(46, [-30, 380], [1140, 1380], 8, 84)}${leaves(46, [700, 1110], [1140, 1380], 9, 84)}${leaves(14, [380, 700], [1290, 1380], 10, 70)}
${rose(70, 1190, 1.5, pinks[0], 20)}${rose(210, 1290, 1.7, pinks[2], -30)}${rose(360, 1336, 1.1, pinks[1], 70)}${rose(40, 1330, 1.1, pinks[1], 120)}
${rose(1010, 1180, 1.4, pinks[2], 50)}${rose(900, 1290, 1.75, pinks[1], -10)}${rose(745, 1338, 1.1, pinks[0], 15)}${rose(1050, 1320, 1.2, pinks[0], 90)}
<g fill="#f9a3ad">${[
    [180, 520, 20],
    [930, 430, -30],
    [860, 700, 60],
    [120, 820, 10],
    [990, 250, 40],
    [250, 230, -20],
  ]
    .map(
      ([x, y, turn]) =>
        `<path transform="translate(${x},${y}) rotate(${turn})" d="M-16,0C-10,-14 12,-14 18,0C10,12 -8,12 -16,0Z" opacity=".9"/>`,
    )
    .join('')}</g>`,
);

writePack({
  id: 'statue',
  title: 'Statue',
  description: 'Your face in marble mended with gold, laurel in its curls, among roses at dusk.',
  layers: [
    ['garden', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['curls', 'front', true, bust],
    ['roses', 'front', false, front],
  ],
  faces: [
    { at, reach: 0.28, rendering: { paint: 0.85, line: 0.35, light: 1, tint: 0.2, skin: 1, shadow: '#4a4456', highlight: '#d8d3ce' } },
  ],
});
