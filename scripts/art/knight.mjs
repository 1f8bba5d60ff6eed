// A knight at dusk: polished steel under a rose sky, the visor up, mail around the face.
import { blade, blurs, chance, curve, linear, mix, n, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 590, scale: 1.84 };

const castle = `
<g fill="#5b3a6e"><path d="M-10,900L40,870L40,640L30,640L30,610L54,610L54,628L70,628L70,610L94,610L94,628L110,628L110,610L134,610L134,640L124,640L124,760L180,760L180,742L200,742L200,760L224,760L224,560L212,560L212,520L236,520L236,540L256,540L256,520L280,520L280,540L300,540L300,520L324,520L324,560L312,560L312,900L420,960L-10,1010Z"/>
<path d="M16,612L82,480L148,612ZM200,522L268,360L336,522Z" fill="#7a3d6a"/></g>
<g fill="#4a2f62"><path d="M1090,930L1010,900L1010,700L996,700L996,664L1016,664L1016,680L1036,680L1036,664L1056,664L1056,680L1090,680Z"/><path d="M980,668L1050,520L1120,668Z" fill="#6b3562"/></g>
<g fill="#ffd27a"><path d="M72,690C72,676 90,676 90,690L90,716L72,716ZM258,610C258,594 278,594 278,610L278,640L258,640ZM258,720C258,704 278,704 278,720L278,748L258,748ZM150,800C150,788 164,788 164,800L164,822L150,822ZM1040,740C1040,726 1058,726 1058,740L1058,766L1040,766Z"/></g>
<g fill="#ffd27a" opacity=".5" filter="url(#b10)"><circle cx="81" cy="700" r="26"/><circle cx="268" cy="620" r="28"/><circle cx="268" cy="730" r="28"/><circle cx="1049" cy="750" r="24"/></g>
<path d="M268,360L268,296M82,480L82,420M1050,520L1050,458" stroke="#4a2f62" stroke-width="5"/>
<path d="M268,298C296,290 306,312 340,302C330,322 318,326 300,326C288,326 280,334 268,332ZM82,422C104,416 112,434 138,426C130,442 118,446 106,446C96,446 90,452 82,450ZM1050,460C1030,454 1020,470 998,464C1004,480 1018,484 1030,482C1038,482 1044,488 1050,486Z" fill="#d8334a"/>`;

const far = (() => {
  const some = chance(3);
  return `
<rect width="1080" height="1350" fill="url(#sky)"/><rect width="1080" height="1350" fill="url(#glow)"/>
<g fill="#fff" >${times(34, () => `<circle cx="${n(some(0, 1080))}" cy="${n(some(0, 330))}" r="${n(some(0.8, 2.2))}" opacity="${n(some(0.3, 0.9))}"/>`)}</g>
<g fill="#ffb3a0" opacity=".5" filter="url(#b10)"><path d="M-20,420C180,380 320,440 520,400C420,450 160,470 -20,460ZM620,330C800,300 920,340 1100,300L1100,340C960,370 760,360 620,330ZM640,560C820,520 960,560 1100,530L1100,570C960,590 800,590 640,560Z"/></g>
<circle cx="930" cy="150" r="90" fill="#ffe2c0" opacity=".35" filter="url(#b24)"/><path d="M940,88A64,64 0 1 1 872,196A78,78 0 0 0 940,88Z" fill="#fff3dc"/>
<path d="M-10,860C140,760 260,840 380,800C560,740 700,830 820,780C940,740 1020,800 1090,770L1090,1000L-10,1000Z" fill="#9a5580" opacity=".65"/>
${castle}
<path d="M-10,940C240,880 420,960 640,910C820,880 980,930 1090,900L1090,1360L-10,1360Z" fill="#3a2450"/>
<g fill="#2a1a40">${times(26, (i) => {
    const x = i < 13 ? some(-20, 330) : some(760, 1100);
    const h = some(60, 150);
    return `<path d="M${n(x)},${n(975 - h)}L${n(x + 24)},985L${n(x - 24)},985Z"/>`;
  })}</g>
<g fill="none" stroke="#3a2450" stroke-width="5" stroke-linecap="round"><path d="M420,210C432,196 442,198 450,210C458,198 470,196 480,208M360,270C368,260 376,262 382,270C388,262 396,260 404,268"/></g>`;
})();

/** One feather of the plume. */
const plume = (() => {
  const some = chance(16);
  return times(34, (i) => {
    const t = i / 33;
    const root = [540 + 40 * t, 190 - 30 * Math.sin(t * 3)];
    const tip = [600 + 420 * t + some(-30, 30), 30 + 560 * t * t + some(-30, 40)];
    return `<path d="${blade(root, tip, 52 - 14 * t, -50 + 20 * t)}" fill="${mix('#ff5a52', '#7a1030', Math.min(1, Math.max(0, 0.15 + t * 0.7 + some(-0.2, 0.2))))}"/>`;
  });
})();

const steel = [
  blurs(3, 10, 24),
  linear(
    'steel',
    [220, 220, 880, 900],
    [0, '#ffe9df'],
    [0.18, '#d3c9d8'],
    [0.4, '#8d88a6'],
    [0.62, '#4d4a6c'],
    [0.85, '#2b2848'],
    [1, '#5d4c78'],
  ),
  linear(
    'plate',
    [60, 1000, 1020, 1340],
    [0, '#f7dcd6'],
    [0.16, '#aaa3bb'],
    [0.34, '#6a6688'],
    [0.5, '#cfc6d6'],
    [0.66, '#5b5678'],
    [0.86, '#2d294a'],
    [1, '#8a5f86'],
  ),
  linear('gold', [200, 300, 880, 1000], [0, '#fff0b8'], [0.3, '#e2ac48'], [0.55, '#9a641e'], [0.75, '#f0c868'], [1, '#6d4018']),
  '<radialGradient id="rivet" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#fff6d0"/><stop offset=".5" stop-color="#d79a3a"/><stop offset="1" stop-color="#5b3210"/></radialGradient>',
].join('\n');

const pauldron = (side) => `<g transform="translate(540,0) scale(${side},1)">
<path d="M170,1080C280,1010 430,1020 510,1110C560,1170 570,1270 560,1370L330,1370C320,1250 260,1140 170,1080Z" fill="#1d1830" opacity=".5" transform="translate(0,16)" filter="url(#b10)"/>
${[0, 1, 2]
  .map(
    (i) =>
      `<path transform="translate(${14 * i},${74 * (2 - i) - 20})" d="M176,1086C290,1012 430,1020 500,1106C540,1156 556,1220 556,1290C470,1220 420,1180 340,1160C300,1140 240,1110 176,1086Z" fill="url(#${side < 0 ? 'lit' : 'dark'})" stroke="#241f3a" stroke-width="4"/><path transform="translate(${14 * i},${74 * (2 - i) - 20})" d="M190,1088C300,1124 420,1156 548,1270" fill="none" stroke="url(#gold)" stroke-width="11"/>`,
  )
  .reverse()
  .join('')}
${[0, 1, 2].map((i) => `<circle cx="${250 + 90 * i}" cy="${1112 - 18 * i + 34 * i * i * 0.5}" r="10" fill="url(#rivet)"/>`).join('')}</g>`;

const scene = sheet(
  `${steel}
${linear('sky', [0, 0, 0, 1000], [0, '#241a4e'], [0.3, '#5d3f86'], [0.55, '#c2607e'], [0.78, '#ff9d72'], [1, '#ffd79a'])}
${radial('glow', [120, 830, 760], [0, '#ffe9ae', 0.95], [0.3, '#ffb07a', 0.5], [1, '#ff8a7a', 0])}
${linear('lit', [180, 1020, 520, 1300], [0, '#8d88a6'], [0.35, '#fbe3da'], [0.6, '#a39bb4'], [1, '#4b466a'])}
${linear('dark', [180, 1020, 520, 1300], [0, '#59547a'], [0.3, '#a59db6'], [0.55, '#3d385c'], [1, '#1d1934'])}
${linear('cloth', [300, 1000, 780, 1350], [0, '#e8484e'], [0.5, '#a81e38'], [1, '#56102c'])}`,
  `${far}
<g>${plume}</g>
<!-- surcoat and shoulders -->
<path d="M230,1370C240,1200 300,1080 400,1010L680,1010C780,1080 840,1200 850,1370Z" fill="url(#cloth)"/>
<path d="M330,1120C320,1200 330,1290 350,1370M440,1090C424,1180 430,1290 440,1370M690,1100C716,1190 710,1290 690,1370" fill="none" stroke="#4a0a24" stroke-width="16" opacity=".4" filter="url(#b10)"/>
<g transform="translate(540,1250) scale(1.6)"><g fill="#ffd27a"><path d="M0,-6C-14,-40 -46,-44 -48,-26C-49,-10 -20,0 0,4C20,0 49,-10 48,-26C46,-44 14,-40 0,-6Z"/><path d="M0,4C-14,-2 -30,6 -28,16C-22,24 -8,16 0,10C8,16 22,24 28,16C30,6 14,-2 0,4Z"/><path d="M-3.500,-14C-5,6 -4,26 0,44C4,26 5,6 3.500,-14Z"/><circle cy="-19" r="6"/><path d="M0,40C-4,52 -12,60 -20,64M0,42L0,68M0,40C4,52 12,60 20,64" stroke="#ffd27a" stroke-width="2.500" fill="none"/></g></g>
${pauldron(-1)}${pauldron(1)}
<!-- the back of the helmet -->
<path d="M540,170C760,170 868,330 868,560C868,720 850,860 800,960L280,960C230,860 212,720 212,560C212,330 320,170 540,170Z" fill="#1d1832"/>
<ellipse cx="540" cy="640" rx="270" ry="320" fill="#0f0b1e"/>`,
);

const head = sheet(faceDefs(looks.brown), standing(at, drawFace(looks.brown, { rim: '#8d7fd0', brows: 1.5, lashes: 0.35 })));

const hole = opening();
const coif = curve([
  [0, -150],
  [100, -130],
  [148, -40],
  [150, 60],
  [140, 150],
  [172, 205],
  [214, 262],
  [120, 296],
  [0, 306],
  [-120, 296],
  [-214, 262],
  [-172, 205],
  [-140, 150],
  [-150, 60],
  [-148, -40],
  [-100, -130],
]);
const hem = curve(
  [
    [-214, 262],
    [-120, 296],
    [0, 306],
    [120, 296],
    [214, 262],
  ],
  false,
);
const mail = sheet(
  `${blurs(3, 6, 16)}
<pattern id="rings" width="12" height="10" patternUnits="userSpaceOnUse"><path d="M0,0H12V10H0Z" fill="#3b3752"/><g fill="none" stroke-width="2"><ellipse cx="6" cy="4" rx="5" ry="4" stroke="#14101f"/><ellipse cx="6" cy="3.300" rx="5" ry="4" stroke="#9a95ae"/><ellipse cx="0" cy="9" rx="5" ry="4" stroke="#14101f"/><ellipse cx="0" cy="8.300" rx="5" ry="4" stroke="#b5afc4"/><ellipse cx="12" cy="9" rx="5" ry="4" stroke="#14101f"/><ellipse cx="12" cy="8.300" rx="5" ry="4" stroke="#b5afc4"/></g></pattern>
${linear('side', [-170, 0, 190, 0], [0, '#ffd9c0', 0.42], [0.3, '#ffd9c0', 0.05], [0.55, '#15102c', 0.3], [1, '#15102c', 0.72])}
${linear('leather', [-90, -80, 90, 150], [0, '#d68f58'], [0.4, '#8d5030'], [1, '#3f2020'])}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="coif"><path clip-rule="evenodd" d="${coif}${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)"><path d="${opening([3, 8])}" fill="none" stroke="#2a1424" stroke-width="24" opacity=".45" filter="url(#b6)"/></g>
<g clip-path="url(#coif)"><rect x="-270" y="-170" width="540" height="520" fill="url(#rings)"/><rect x="-270" y="-170" width="540" height="520" fill="url(#side)"/>
<path d="M-120,150C-60,196 60,196 120,150L170,200C80,256 -80,256 -170,200Z" fill="#120c22" opacity=".5" filter="url(#b16)"/></g>
<path d="${hole}" fill="none" stroke="#2a1418" stroke-width="16"/><path d="${hole}" fill="none" stroke="url(#leather)" stroke-width="12"/><path d="${hole}" fill="none" stroke="#f2c48e" stroke-width="1.400" stroke-dasharray="5 4" opacity=".85"/>
<path d="${hem}" fill="none" stroke="#140e22" stroke-width="9" opacity=".6" transform="translate(0,5)" filter="url(#b3)"/><path d="${hem}" fill="none" stroke="#c9923c" stroke-width="5"/>`,
  ),
);

/** The helmet stands still over the mail: skull, brow band, raised visor, cheeks. */
const helmet = sheet(
  `${steel}
<clipPath id="skull"><path d="M540,150C770,150 880,320 880,560C880,640 876,700 866,760L806,740C812,560 800,430 540,420C280,430 268,560 274,740L214,760C204,700 200,640 200,560C200,320 310,150 540,150Z"/></clipPath>`,
  `<path d="M540,420C800,430 812,560 806,740L790,760C800,580 780,470 540,462C300,470 280,580 290,760L274,740C268,560 280,430 540,420Z" fill="#120c22" opacity=".6" transform="translate(0,10)" filter="url(#b10)"/>
<path d="M540,150C770,150 880,320 880,560C880,700 862,850 812,950C800,930 800,900 802,860C812,700 820,440 540,404C256,420 266,690 278,860C280,900 280,930 268,950C218,850 200,700 200,560C200,320 310,150 540,150Z" fill="url(#steel)" stroke="#1d1832" stroke-width="4"/>
<g clip-path="url(#skull)"><path d="M540,140C530,240 532,340 540,430C548,340 550,240 540,140Z" fill="#fff4ee" opacity=".9" filter="url(#b3)"/><path d="M270,420C290,290 370,210 480,186C390,250 340,330 326,440Z" fill="#fffaf4" opacity=".85" filter="url(#b10)"/>
<path d="M880,360C890,520 880,640 860,760L800,760C830,620 820,500 760,420Z" fill="#150f2c" opacity=".55" filter="url(#b24)"/><path d="M872,470C882,560 878,660 862,750" fill="none" stroke="#ff9db0" stroke-width="12" opacity=".8" filter="url(#b3)"/></g>
<path d="M206,650C216,780 236,880 268,946" fill="none" stroke="#ffd9b8" stroke-width="10" opacity=".8" filter="url(#b3)"/>
<!-- the edge of the opening -->
<path d="M268,950C280,930 280,900 278,860C268,700 260,440 540,404C824,420 814,690 802,860C800,900 800,930 812,950" fill="none" stroke="#2a1c2e" stroke-width="24"/><path d="M268,950C280,930 280,900 278,860C268,700 260,440 540,404C824,420 814,690 802,860C800,900 800,930 812,950" fill="none" stroke="url(#gold)" stroke-width="18"/>
<!-- the visor, raised -->
<path d="M214,470C250,330 380,250 540,232C700,250 830,330 866,470C800,410 700,366 540,352C380,366 280,410 214,470Z" fill="#120c22" opacity=".5" transform="translate(0,16)" filter="url(#b10)"/>
<path d="M206,468C230,300 370,196 540,150C710,196 850,300 874,468C800,396 700,350 540,336C380,350 280,396 206,468Z" fill="url(#steel)" stroke="#1d1832" stroke-width="4"/>
<path d="M540,152C536,210 536,280 540,334C560,280 556,210 540,152Z" fill="#fff6f0" opacity=".85" filter="url(#b3)"/><path d="M240,410C280,300 370,236 480,200C400,262 330,320 300,376Z" fill="#fff" opacity=".7" filter="url(#b10)"/>
<g stroke="#171228" stroke-width="9" stroke-linecap="round">${[0, 1, 2, 3, 4].map((i) => `<path d="M${390 - i * 30},${306 + i * 16 + i * i}L${418 - i * 30},${270 + i * 14 + i * i}M${690 + i * 30},${306 + i * 16 + i * i}L${662 + i * 30},${270 + i * 14 + i * i}"/>`).join('')}</g>
<path d="M206,468C280,396 380,350 540,336C700,350 800,396 874,468" fill="none" stroke="url(#gold)" stroke-width="14"/>
${[
  [222, 520],
  [858, 520],
]
  .map(
    ([x, y]) =>
      `<g transform="translate(${x},${y})"><circle r="36" fill="#1d1832"/><circle r="33" fill="url(#rivet)"/><circle r="20" fill="none" stroke="#5b3210" stroke-width="3"/><circle r="9" fill="#6d4018"/></g>`,
  )
  .join('')}
<g transform="translate(540,170)"><path d="M-26,20L-16,-34L16,-34L26,20Z" fill="url(#rivet)"/><circle cy="-34" r="18" fill="url(#rivet)"/></g>`,
);

writePack({
  id: 'knight',
  title: 'Knight',
  description: 'Your face under a raised visor, at the castle when the sun has just gone.',
  layers: [
    ['dusk', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['mail', 'front', true, mail],
    ['helmet', 'front', false, helmet],
  ],
  faces: [{ at, reach: 0.28, rendering: { paint: 0.8, line: 0.3, light: 0.85, tint: 0.3, shadow: '#3a1f4e', highlight: '#ffe2c4' } }],
});
