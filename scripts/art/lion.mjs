// A lion at sundown: a mane of fire against a great low sun, the face painted as a lion's.
import { blade, blurs, chance, hair, linear, mix, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 590, scale: 2.06 };
const middle = [0, 20];

const acacia = (x, y, s, colour) => `<g transform="translate(${x},${y}) scale(${s})" fill="${colour}">
<path d="M-8,0C-4,-50 -12,-80 -40,-112L-34,-116C-14,-96 -2,-86 2,-70C8,-92 24,-106 50,-118L54,-112C26,-92 12,-60 12,0Z"/>
<path d="M-120,-112C-110,-132 -60,-128 -50,-140C-30,-158 40,-160 60,-142C84,-146 124,-138 130,-120C100,-108 60,-114 40,-108C0,-114 -60,-104 -120,-112Z"/><path d="M-70,-134C-60,-150 -20,-150 -10,-158C20,-170 60,-162 70,-148C30,-140 -30,-140 -70,-134Z"/></g>`;

const grass = (count, low, high, y, colours, seed, width = 8) => {
  const some = chance(seed);
  return times(count, () => {
    const x = some(-30, 1110);
    const away = 0.45 + 0.55 * Math.min(1, Math.abs(x - 540) / 430);
    const root = y + some(-50, 50);
    return `<path d="${blade([x, root], [x + some(-60, 60), root - some(low, high) * away], width, some(-16, 16))}" fill="${mix(colours[0], colours[1], some())}"/>`;
  });
};

const scene = sheet(
  `${blurs(3, 10, 40)}
${linear('sky', [0, 0, 0, 1100], [0, '#4a1d5e'], [0.26, '#b0305a'], [0.5, '#f0623c'], [0.74, '#ffab4a'], [1, '#ffe39a'])}
${radial('halo', [540, 560, 640], [0, '#fff2b8', 0.95], [0.6, '#ffca5e', 0.5], [1, '#ff9a3c', 0])}
${linear('sun', [0, 90, 0, 1000], [0, '#fff9d8'], [0.45, '#ffe07a'], [0.8, '#ff9d42'], [1, '#f0663a'])}
${linear('plain', [0, 960, 0, 1350], [0, '#b3562c'], [0.5, '#7a2f28'], [1, '#3a1420'])}`,
  `<rect width="1080" height="1350" fill="url(#sky)"/><rect width="1080" height="1350" fill="url(#halo)"/>
<circle cx="540" cy="540" r="462" fill="#ffc45a" opacity=".4" filter="url(#b40)"/><circle cx="540" cy="540" r="450" fill="url(#sun)"/>
<g fill="#ffd98e" opacity=".55"><path d="M-20,300C120,280 200,300 330,286C240,312 120,318 -20,322ZM760,210C880,196 960,206 1100,190L1100,214C990,222 860,226 760,210ZM620,810C800,790 940,806 1100,790L1100,814C960,824 800,828 620,810Z"/></g>
<g fill="none" stroke="#5a1a3c" stroke-width="5" stroke-linecap="round"><path d="M150,190C162,176 172,178 180,190C188,178 200,176 210,188M236,140C244,130 252,132 258,140C264,132 272,130 280,138M96,250C104,240 112,242 118,250C124,242 132,240 140,248"/></g>
<path d="M-10,960C120,900 240,930 360,905C520,940 760,890 900,915C980,900 1040,920 1090,910L1090,1040L-10,1040Z" fill="#a3412f" opacity=".75"/>
${acacia(120, 1000, 1.5, '#5a1a2c')}${acacia(975, 985, 1.15, '#6e2230')}${acacia(860, 970, 0.6, '#8a3030')}
<path d="M-10,985C200,950 420,1000 640,970C820,950 980,985 1090,965L1090,1360L-10,1360Z" fill="url(#plain)"/>
${grass(90, 40, 130, 1200, ['#c7682c', '#7a2c26'], 3, 6)}`,
);

/** Skin under golden paint. */
const gilded = {
  ...looks.olive,
  light: '#ffe3a6',
  base: '#e2aa64',
  shade: '#b4702f',
  deep: '#642c10',
  iris: ['#ffd257', '#c8861c', '#5a2c08'],
};
const head = sheet(faceDefs(gilded), standing(at, drawFace(gilded, { rim: '#ffb04a', brows: 1.25, lips: 1.08, lashes: 0.6, blush: 0.3 })));

/** One row of the mane: long locks from the face outwards, longer towards the chest. */
const locks = (count, from, to, width, turn, [lit, dim, line], seed) => {
  const some = chance(seed);
  return times(count, (i) => {
    const angle = (i / count) * Math.PI * 2 + turn + some(-0.06, 0.06);
    const low = Math.max(0, Math.sin(angle));
    const reach = to * some(0.88, 1.1) * (1 + 0.5 * low ** 2);
    const root = polar(...middle, from * 0.9, angle, from * 1.05);
    // Locks fall to both sides of a parting on the brow.
    const swing = 0.12 * Math.max(-1, Math.min(1, Math.cos(angle) * 2.5));
    const tip = polar(...middle, reach, angle + swing * (0.6 + some()));
    const shine = 0.5 + 0.5 * Math.cos(angle - Math.PI * 1.22);
    const bow = (swing / 0.12) * some(6, 20);
    const strand = (share, wide, lean, colour, opacity) =>
      `<path d="${blade(root, polar(...middle, from + (reach - from) * share, angle + swing * share + lean), wide, bow)}" fill="${colour}" opacity="${n(opacity)}"/>`;
    return `<path d="${blade(root, tip, width, bow)}" fill="${mix(dim, lit, shine)}"/>${strand(0.86, width * 0.2, 0.03, line, 0.5)}${strand(0.78, width * 0.24, -0.05, mix(lit, '#fff2b0', 0.5), 0.25 + 0.5 * shine)}`;
  });
};

const ear = (side) => `<g transform="translate(${side * 122},-120) scale(${side},1) rotate(16)">
<path d="M-52,44C-62,-24 -20,-62 22,-52C64,-40 70,16 40,60Z" fill="${side < 0 ? '#e8923a' : '#b8602a'}"/><path d="M-34,38C-42,-10 -12,-40 16,-34C44,-26 48,14 26,48Z" fill="#5c2418"/>
<g fill="${side < 0 ? '#ffd591' : '#e09a54'}">${[0, 1, 2, 3, 4].map((i) => `<path d="${blade([-40 + i * 16, 52], [-34 + i * 12, -14 + Math.abs(i - 2) * 12], 13, 4)}"/>`).join('')}</g></g>`;

const hole = opening();
/** Short fur between skin and mane. */
const fringe = (() => {
  const some = chance(41);
  return along(170)
    .map(({ x, y, angle }) => {
      const root = polar(x, y, some(-15, 2), angle);
      const tip = polar(x, y, some(18, 42), angle + 0.3 * Math.cos(angle) + some(-0.2, 0.2));
      const shine = 0.5 + 0.5 * Math.cos(angle - Math.PI * 1.22);
      return `<path d="${hair(root, tip, some(3, 5.5), some(-3, 3))}" fill="${mix(mix('#a8541e', '#f7b653', shine), '#ffe6a8', some(0, 0.4) * shine)}"/>`;
    })
    .join('\n');
})();

/** Paint on the face: pale muzzle and brows, dark nose, whisker dots. It lets the person through. */
const paint = `<path d="${hole}" fill="#ff9a2c" opacity=".13"/><g filter="url(#b3)">
<path d="M0,52C20,56 46,62 52,84C54,108 34,128 0,132C-34,128 -54,108 -52,84C-46,62 -20,56 0,52Z" fill="#ffe2a8" opacity=".2"/>
<path d="M-20,-24C-30,-44 -52,-56 -72,-50C-60,-40 -40,-34 -20,-24ZM20,-24C30,-44 52,-56 72,-50C60,-40 40,-34 20,-24Z" fill="#ffe8bd" opacity=".3"/>
<path d="M-11,-60C-7,-30 -9,0 -13,34L-4,40C-4,10 -4,-30 -5,-70ZM11,-60C7,-30 9,0 13,34L4,40C4,10 4,-30 5,-70Z" fill="#7a3208" opacity=".26"/>
<path d="M-15,48C-8,43 8,43 15,48C13,56 6,61 0,62C-6,61 -13,56 -15,48Z" fill="#4a160c" opacity=".42"/><path d="M-1,62L1,62L1,80L-1,80Z" fill="#3a1410" opacity=".6"/>
<path d="M-70,-4C-84,4 -90,14 -92,30M70,-4C84,4 90,14 92,30" fill="none" stroke="#5a230c" stroke-width="4" opacity=".4"/></g>
<g fill="#3a1410" opacity=".6">${[
  [-44, 72],
  [-56, 78],
  [-46, 84],
  [-58, 90],
]
  .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="2.200"/><circle cx="${-x}" cy="${y}" r="2.200"/>`)
  .join('')}</g>
<g fill="#7a3208" opacity=".4">${[
  [-34, -66],
  [0, -72],
  [34, -66],
]
  .map(
    ([x, y]) =>
      `<path d="M${x - 4},${y - 8}C${x - 3},${y} ${x - 1},${y + 8} ${x},${y + 12}C${x + 1},${y + 8} ${x + 3},${y} ${x + 4},${y - 8}Z"/>`,
  )
  .join('')}</g>`;

const mane = sheet(
  `${blurs(3, 6, 10, 14)}
<clipPath id="hole"><path d="${hole}"/></clipPath>
<clipPath id="ring"><path clip-rule="evenodd" d="M-400,-400L400,-400L400,500L-400,500Z${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)">${paint}<path d="${opening([3, 7])}" fill="none" stroke="#5a1f08" stroke-width="24" opacity=".45" filter="url(#b6)"/></g>
<g clip-path="url(#ring)">
${locks(34, 118, 243, 68, 0, ['#c9571c', '#5a1626', '#3a0d20'], 51)}
<ellipse cx="0" cy="30" rx="196" ry="206" fill="#4a1020" opacity=".45" filter="url(#b14)"/>
${ear(-1)}${ear(1)}
${locks(35, 108, 204, 54, 0.07, ['#f08a2a', '#93301e', '#5a1a16'], 52)}
${locks(34, 98, 170, 48, 0.02, ['#ffb742', '#bf5a20', '#7a3014'], 53)}
<path d="${hole}" fill="none" stroke="#8a3f14" stroke-width="26" opacity=".7" filter="url(#b6)"/></g>
${fringe}`,
  ),
);

const front = sheet(
  '',
  `${grass(34, 150, 330, 1385, ['#8a3a22', '#3a1220'], 14, 17)}
${grass(26, 120, 260, 1390, ['#f0a044', '#a8502a'], 15, 12)}
<g fill="#fff3b8">${times(22, (i) => `<circle cx="${n(40 + ((i * 293) % 1010))}" cy="${n(930 + ((i * 397) % 400))}" r="${n(2 + (i % 4))}" opacity="${n(0.3 + 0.1 * (i % 5))}"/>`)}</g>`,
);

writePack({
  id: 'lion',
  title: 'Lion',
  description: 'Your face, painted as a lion’s, in a mane of fire before the setting sun.',
  layers: [
    ['savanna', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['mane', 'front', true, mane],
    ['grass', 'front', false, front],
  ],
  faces: [
    {
      at,
      reach: 0.35,
      rendering: { paint: 0.75, line: 0.35, light: 1, tint: 0.45, skin: 0.3, shadow: '#6e1f0e', highlight: '#ffdc8c' },
    },
  ],
});
