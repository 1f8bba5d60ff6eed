// A state portrait in oils: velvet, pearls and a great ruff out of the dark, in a gilt frame.

import { curlFill, curlRows } from './curls.mjs';
import { blurs, chance, grain, linear, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 560, scale: 1.66 };
/** Where the ruff is fixed, in pixels of the scene. */
const neck = { cx: 540, cy: 770 };

const pearl = (x, y, r) =>
  `<circle cx="${n(x + r * 0.3)}" cy="${n(y + r * 0.5)}" r="${n(r)}" fill="#0c0508" opacity=".5"/><circle cx="${n(x)}" cy="${n(y)}" r="${n(r)}" fill="url(#pearl)"/>`;
const jewel = (x, y, s, colour) =>
  `<g transform="translate(${n(x)},${n(y)}) scale(${s})"><circle r="17" fill="#3a2008" opacity=".6" cy="3"/><circle r="16" fill="url(#boss)"/><circle r="10.500" fill="${colour}"/><path d="M-7,-2L-2,-7L5,-6L0,0Z" fill="#fff" opacity=".75"/><path d="M-6,6C0,10 6,8 9,2" stroke="#fff" stroke-width="1.500" fill="none" opacity=".5"/></g>`;

const gems = [
  '<radialGradient id="pearl" cx=".35" cy=".3" r=".75"><stop offset="0" stop-color="#fffdf6"/><stop offset=".5" stop-color="#e6d8c2"/><stop offset="1" stop-color="#7a6654"/></radialGradient>',
  '<radialGradient id="boss" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#fff2b8"/><stop offset=".5" stop-color="#d39a38"/><stop offset="1" stop-color="#5b3210"/></radialGradient>',
  linear('gold', [-230, -200, 230, 80], [0, '#fff0b0'], [0.25, '#d99f3c'], [0.5, '#8d5a18'], [0.72, '#f2c964'], [1, '#5b3410']),
].join('\n');

const brocade = (() => {
  const some = chance(4);
  return times(34, (i) => {
    const [x, y] = [60 + (i % 9) * 120 + (Math.floor(i / 9) % 2) * 60, 1010 + Math.floor(i / 9) * 96];
    return `<g transform="translate(${x},${y}) scale(${n(some(1.05, 1.25))})"><path d="M0,-36C16,-20 18,0 0,18C-18,0 -16,-20 0,-36ZM-8,14C-34,16 -40,-6 -26,-18C-22,-6 -14,2 -4,8ZM8,14C34,16 40,-6 26,-18C22,-6 14,2 4,8ZM0,20C10,28 10,40 0,46C-10,40 -10,28 0,20Z"/></g>`;
  });
})();

const scene = sheet(
  `${blurs(4, 12, 34)}
${gems}
${radial('dark', [430, 480, 820], [0, '#6b4a2c'], [0.35, '#43301f'], [0.7, '#22170f'], [1, '#0d0806'])}
${linear('curtain', [640, 0, 1080, 0], [0, '#5a0f18'], [0.2, '#a51f2b'], [0.34, '#4a0a16'], [0.52, '#b82a30'], [0.66, '#5e0f1a'], [0.84, '#8f1c26'], [1, '#2a060d'])}
${linear('velvet', [120, 960, 960, 1350], [0, '#2d7a68'], [0.4, '#14493f'], [1, '#061c1a'])}
${linear('ermine', [100, 900, 980, 1300], [0, '#fff8ea'], [0.5, '#d9c8ae'], [1, '#7a6450'])}`,
  `<rect width="1080" height="1350" fill="url(#dark)"/>
<path d="M1090,-10L700,-10C760,200 900,330 930,560C960,760 1000,860 1090,900Z" fill="url(#curtain)"/><path d="M700,-10C760,200 900,330 930,560C950,700 970,800 1030,860C940,760 900,640 880,540C850,380 740,220 680,-10Z" fill="#120408" opacity=".6" filter="url(#b12)"/>
<path d="M735,-10C800,180 915,300 950,540" fill="none" stroke="#c9943a" stroke-width="9"/><g stroke="#d9a441" stroke-width="4">${times(
    26,
    (i) => {
      const t = i / 25;
      const [x, y] = [735 + 215 * t ** 0.85, -10 + 545 * t];
      return `<path d="M${n(x)},${n(y)}L${n(x - 16)},${n(y + 14)}"/>`;
    },
  )}</g>
<!-- gown and ermine -->
<path d="M-20,1370C0,1130 120,1010 330,950L750,950C960,1010 1080,1130 1100,1370Z" fill="url(#velvet)"/>
<clipPath id="gown"><path d="M-20,1370C0,1130 120,1010 330,950L750,950C960,1010 1080,1130 1100,1370Z"/></clipPath>
<g clip-path="url(#gown)"><g fill="#d7a544" opacity=".6">${brocade}</g>
<path d="M1100,950C900,1000 760,1160 740,1370L1120,1370Z" fill="#020a0c" opacity=".66" filter="url(#b34)"/><path d="M-20,1360C0,1160 90,1050 240,990" fill="none" stroke="#a8ffe0" stroke-width="16" opacity=".3" filter="url(#b12)"/></g>
<path d="M250,1010C330,1130 380,1250 390,1370L180,1370C170,1230 160,1120 130,1060C160,1036 210,1016 250,1010ZM830,1010C750,1130 700,1250 690,1370L900,1370C910,1230 920,1120 950,1060C920,1036 870,1016 830,1010Z" fill="url(#ermine)"/>
<path d="M830,1010C750,1130 700,1250 690,1370L900,1370C910,1230 920,1120 950,1060Z" fill="#1c0e08" opacity=".38"/>
<g fill="#1a0f0c">${[
    [190, 1096],
    [258, 1130],
    [216, 1196],
    [300, 1230],
    [236, 1290],
    [330, 1330],
    [880, 1100],
    [820, 1140],
    [862, 1206],
    [780, 1240],
    [840, 1296],
    [752, 1330],
  ]
    .map(
      ([x, y]) =>
        `<path d="M${x},${y - 16}C${x + 9},${y} ${x + 8},${y + 16} ${x + 2},${y + 26}C${x - 1},${y + 18} ${x - 3},${y + 22} ${x - 6},${y + 26}C${x - 9},${y + 12} ${x - 8},${y} ${x},${y - 16}Z"/>`,
    )
    .join('')}</g>
<!-- chain of office -->
${times(19, (i) => {
  const t = i / 18;
  return pearl(350 + 380 * t, 1090 + 190 * Math.sin(Math.PI * t) ** 1.1, 12);
})}
${jewel(445, 1236, 1.5, '#1f7a5c')}${jewel(635, 1236, 1.5, '#1f7a5c')}
<g transform="translate(540,1290)">${jewel(0, 0, 2.3, '#b3122e')}${pearl(0, 56, 13)}</g>
<!-- the ruff's far side and the dark behind the head -->
<ellipse cx="540" cy="640" rx="330" ry="330" fill="#0c0706" opacity=".55" filter="url(#b34)"/>`,
);

const head = sheet(faceDefs(looks.brown), standing(at, drawFace(looks.brown, { brows: 0.8, lashes: 0.6, lips: 1.15, blush: 0.55 })));

/** Figure-of-eight folds: one tooth of the ruff after the other, wide in front, narrow to the sides. */
const ruff = (() => {
  const count = 46;
  const fold = (i, turn) => Math.PI * (-0.09 + (1.18 * (i + turn)) / count);
  const { cx, cy } = neck;
  const inner = (angle) => polar(cx, cy - 40, 176, angle, 108);
  const outer = (angle) => polar(cx, cy - 10, 408, angle, 268);
  const strips = times(count, (i) => {
    const [a, b, c] = [fold(i, 0), fold(i, 0.5), fold(i, 1)];
    const shine = 0.5 + 0.5 * Math.cos(b - Math.PI * 0.82);
    const face = `rgb(${[196 + 56 * shine, 184 + 62 * shine, 166 + 70 * shine].map(Math.round).join(',')})`;
    const shade = `rgb(${[96 + 92 * shine, 82 + 90 * shine, 76 + 86 * shine].map(Math.round).join(',')})`;
    const p = ([x, y]) => `${n(x)},${n(y)}`;
    const [ia, ic] = [inner(a), inner(c)];
    const [oa, ob, oc] = [outer(a), outer(b), outer(c)];
    const lace = polar(...ob, 17, b);
    return `<path d="M${p(ia)}L${p(oa)}Q${p(lace)} ${p(ob)}L${p(inner(b))}Z" fill="${face}"/><path d="M${p(inner(b))}L${p(ob)}Q${p(lace)} ${p(oc)}L${p(ic)}Z" fill="${shade}"/><path d="M${p(oa)}Q${p(lace)} ${p(oc)}" fill="none" stroke="#fffaf0" stroke-width="3.500" opacity="${n(0.35 + 0.6 * shine)}"/>`;
  });
  return `<path d="M150,800C200,1040 420,1090 540,1090C660,1090 880,1040 930,800C900,980 700,1040 540,1040C380,1040 180,980 150,800Z" fill="#050203" opacity=".75" transform="translate(6,14)" filter="url(#b12)"/>
${strips}
<path d="M340,760C370,850 450,890 540,890C630,890 710,850 740,760" fill="none" stroke="#2a1a14" stroke-width="46" opacity=".5" filter="url(#b12)"/>`;
})();

const hole = opening();
const curls = curlRows(
  [
    [24, 54, 21],
    [28, 31, 18],
    [36, 10, 14],
  ],
  (y, out) => y < 118 + out * 0.4,
  { line: '#3a160a', shine: '#f7c58a' },
);
const frill = along(120)
  .filter(({ y }) => y > 92)
  .map(({ x, y, angle }, i) => {
    const [a, b] = [angle - 0.15, angle + 0.15];
    return `<path d="M${[polar(x, y, -3, angle), polar(x, y, 26, a), polar(x, y, 31, angle), polar(x, y, 26, b)].map(([u, v]) => `${n(u)},${n(v)}`).join('L')}Z" fill="${i % 2 ? '#fffaf0' : '#c9b8a4'}" stroke="#8f7c68" stroke-width=".6"/>`;
  })
  .join('\n');
const pearls = along(30, -18, -104)
  .filter(({ y }, i) => y < 60 && i % 2 === 0)
  .map(({ x, y }) => pearl(x, y, 6))
  .join('\n');

const hood = sheet(
  `${blurs(4, 6, 12)}
${gems}
${curlFill(['#e39a54', '#a3552a', '#4a1d10'])}
<clipPath id="hole"><path d="${hole}"/></clipPath>
<clipPath id="ring"><path clip-rule="evenodd" d="M-200,-250L200,-250L200,250L-200,250Z${hole}"/></clipPath>`,
  `${ruff}
${standing(
  at,
  `<g clip-path="url(#hole)"><path d="${opening([3, 8])}" fill="none" stroke="#2a0f0c" stroke-width="20" opacity=".46" filter="url(#b6)"/></g>
<g clip-path="url(#ring)"><ellipse cx="0" cy="36" rx="112" ry="128" fill="#b7a892"/><path d="M-130,90C-134,-60 -100,-150 0,-150C100,-150 134,-60 130,90C100,120 -100,120 -130,90Z" fill="#2a0f08"/></g>
${frill}
${curls}
${pearls}`,
)}`,
);

/** The crown stands over the hood; its velvet fills it. */
const crown = `<g transform="translate(540,352) scale(.88)">
<path d="M-214,40C-260,-80 -220,-200 -90,-206C-40,-208 -10,-190 0,-170C10,-190 40,-208 90,-206C220,-200 260,-80 214,40Z" fill="url(#cushion)"/><path d="M40,-190C180,-200 240,-80 206,36L120,40C150,-60 120,-150 40,-190Z" fill="#12030a" opacity=".5" filter="url(#b12)"/><path d="M-190,-60C-190,-130 -150,-180 -90,-184" fill="none" stroke="#ff9aa0" stroke-width="14" opacity=".55" filter="url(#b12)"/>
<path d="M-222,30C-270,-110 -200,-230 -20,-226L-20,-204C-160,-206 -220,-100 -180,20ZM222,30C270,-110 200,-230 20,-226L20,-204C160,-206 220,-100 180,20ZM-22,30C-34,-60 -34,-150 -16,-224L16,-224C34,-150 34,-60 22,30Z" fill="url(#gold)" stroke="#4a2a0c" stroke-width="2.500"/>
${times(9, (i) => {
  const angle = Math.PI * (1.06 + i * 0.052);
  const [x, y] = polar(0, -30, 218, angle, 190);
  return pearl(x, y, 10) + pearl(-x, y, 10);
})}${times(7, (i) => pearl(0, -190 + i * 30, 10))}
<circle cy="-236" r="30" fill="url(#boss)"/><path d="M-8,-262L-10,-290L-26,-288L-26,-306L-10,-304L-12,-320L12,-320L10,-304L26,-306L26,-288L10,-290L8,-262Z" fill="url(#gold)" stroke="#4a2a0c" stroke-width="2"/><path d="M-30,-236L30,-236" stroke="#5b3210" stroke-width="5"/>
<path d="M-236,-6C-120,-54 120,-54 236,-6L224,78C120,34 -120,34 -224,78Z" fill="url(#gold)" stroke="#4a2a0c" stroke-width="3"/><path d="M-228,2C-120,-44 120,-44 228,2" fill="none" stroke="#fff6cf" stroke-width="4" opacity=".8"/>
${[-200, -104, 0, 104, 200].map((x, i) => jewel(x, 4 + (x * x) / 1100, 1.55, ['#1f5fa8', '#b3122e', '#1f7a5c', '#b3122e', '#1f5fa8'][i])).join('')}${[-152, -52, 52, 152].map((x) => pearl(x, 2 + (x * x) / 1000, 12)).join('')}
${[-236, -118, 118, 236].map((x) => `<g transform="translate(${x},${-14 - (236 * 236 - x * x) / 1300}) scale(.9)"><path d="M0,6C-10,-8 -34,-6 -34,-24C-34,-42 -12,-38 -8,-30C-14,-52 0,-66 0,-66C0,-66 14,-52 8,-30C12,-38 34,-42 34,-24C34,-6 10,-8 0,6Z" fill="url(#boss)" stroke="#4a2a0c" stroke-width="2"/></g>`).join('')}
<path d="M-224,78C-120,34 120,34 224,78L220,92C120,50 -120,50 -220,92Z" fill="#180608" opacity=".6" filter="url(#b4)"/></g>`;

/** A gilt moulding with acanthus in the corners. */
const frame = (() => {
  const bar = (inset, width, colour) =>
    `<rect x="${inset}" y="${inset}" width="${1080 - 2 * inset}" height="${1350 - 2 * inset}" fill="none" stroke="${colour}" stroke-width="${width}"/>`;
  const corner = `<path d="M8,8L150,8C150,30 132,42 112,38C124,56 108,74 88,66C96,84 82,98 66,88C74,108 56,124 38,112C42,132 30,150 8,150Z" fill="url(#boss)" stroke="#4a2a0c" stroke-width="3"/><path d="M22,22C60,26 90,30 120,22M22,22C26,60 30,90 22,120M24,24C44,50 60,60 84,76" fill="none" stroke="#5b3210" stroke-width="5" stroke-linecap="round"/><circle cx="34" cy="34" r="15" fill="url(#boss)" stroke="#4a2a0c" stroke-width="2.500"/>`;
  const place = ['', 'translate(1080,0) scale(-1,1)', 'translate(0,1350) scale(1,-1)', 'translate(1080,1350) scale(-1,-1)'];
  const beads =
    times(34, (i) => `<circle cx="${n(170 + i * 22.42)}" cy="51" r="6"/><circle cx="${n(170 + i * 22.42)}" cy="1299" r="6"/>`) +
    times(46, (i) => `<circle cx="51" cy="${n(170 + i * 22.44)}" r="6"/><circle cx="1029" cy="${n(170 + i * 22.44)}" r="6"/>`);
  return `${bar(64, 30, '#000').replace('/>', ' opacity=".7" filter="url(#b12)"/>')}
${bar(30, 60, '#6d4212')}${bar(9, 18, 'url(#frame)')}${bar(32, 26, 'url(#frame2)')}${bar(51, 14, '#7a4a16')}${bar(61, 7, '#f6d67c')}${bar(19, 3, '#3a200a')}${bar(44, 3, '#3a200a')}
<g fill="#f4cf74">${beads}</g>${place.map((where) => `<g transform="${where}">${corner}</g>`).join('')}`;
})();

const front = sheet(
  `${blurs(4, 12)}
${gems}
${radial('cushion', [-70, -120, 320], [0, '#c8394a'], [0.5, '#7a1526'], [1, '#30060f'])}
${linear('frame', [0, 0, 1080, 1350], [0, '#fff0b4'], [0.3, '#c98f34'], [0.5, '#f2cd72'], [0.75, '#7a4a16'], [1, '#d9a648'])}
${linear('frame2', [1080, 0, 0, 1350], [0, '#a8701f'], [0.25, '#ffe9a0'], [0.5, '#8d5a1a'], [0.8, '#f2cd72'], [1, '#6d4212'])}
${grain('canvas', '0.9 0.5', '#2a1608', 0.34)}
${radial('edge', [500, 560, 900], [0, '#1c0c04', 0], [0.62, '#1c0c04', 0], [1, '#0c0502', 0.72])}`,
  `${crown}
<rect width="1080" height="1350" fill="url(#edge)"/><rect width="1080" height="1350" filter="url(#canvas)" opacity=".5"/>
${frame}`,
);

writePack({
  id: 'royal-portrait',
  title: 'Royal portrait',
  description: 'Your face in oils under a crown, with ruff, pearls and ermine, in a gilt frame.',
  layers: [
    ['gown', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['ruff', 'front', true, hood],
    ['frame', 'front', false, front],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 0.95, line: 0.15, light: 0.85, tint: 0.4, shadow: '#3a1a0c', highlight: '#f9e2b4' } }],
});
