// A brass helmet in the blue: warm metal, cold water, light from above on the left.
import { blade, blurs, chance, curve, linear, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 575, scale: 1.86 };
const glass = { cx: 540, cy: 640, r: 300 };

/** Weed and fans that grow from the lower edge. */
const coral = (x, height, lean, seed, width = 26) => {
  const bend = chance(seed);
  return times(11, (i) => {
    const root = [x + (i - 5) * 12, 1370];
    return `<path d="${blade(root, [x + (i - 5) * 36 + lean + bend(-20, 20), 1350 - height * bend(0.5, 1)], width, bend(-22, 22))}"/>`;
  });
};

/** Coral that forks: branches of branches. */
const fork = (x, y, angle, length, width) => {
  const [u, v] = polar(x, y, length, angle);
  const here = `<path d="M${n(x)},${n(y)}L${n(u)},${n(v)}" stroke-width="${n(width)}"/>`;
  if (length < 26) return here;
  return here + [-0.42, 0.06, 0.5].map((turn) => fork(u, v, angle + turn, length * 0.7, width * 0.72)).join('');
};

const sea = () => {
  const some = chance(7);
  const rays = [
    [-60, 190, 60],
    [130, 420, 95],
    [330, 640, 70],
    [560, 1010, 130],
    [800, 1330, 80],
  ];
  const school = times(26, () => {
    const [x, y, s] = [some(690, 1040), some(120, 330), some(0.5, 1.1)];
    return `<path transform="translate(${n(x)},${n(y + (x - 700) * 0.22)}) scale(${n(s)}) rotate(${n(some(-8, 14))})" d="M-20,0C-10,-9 8,-9 18,-1L30,-9L27,0L30,9L18,2C8,9 -10,9 -20,0Z"/>`;
  });
  return `
<rect width="1080" height="1350" fill="url(#water)"/><rect width="1080" height="1350" fill="url(#sunlit)"/>
<g filter="url(#b14)" fill="url(#ray)">${rays.map(([from, to, w]) => `<path d="M${200 + from / 4},-40L${200 + from / 4 + w / 2},-40L${to + w},1100L${to - w},1100Z"/>`).join('')}</g>
<!-- far rocks, the school, the reef -->
<path d="M-10,1010C60,900 130,960 190,860C240,930 300,950 330,1080L330,1360L-10,1360ZM1090,930C1020,900 960,980 900,900C850,980 800,990 760,1110L740,1360L1090,1360Z" fill="#0b5a78" opacity=".6" filter="url(#b6)"/>
<g fill="#063a58" opacity=".75">${school}</g>
<g fill="#0b4c68" opacity=".9">${coral(90, 420, -20, 4)}${coral(1000, 480, 30, 5)}</g>
${fish(120, 300, 1.25, '#ffb02e', '#fff3d0', '#e8622c')}${fish(66, 420, 0.75, '#ffc24a', '#fff3d0', '#e8622c')}${fish(236, 170, 0.7, '#ffc24a', '#fff3d0', '#e8622c')}`;
};

const fish = (x, y, s, body, band, fin) => `<g transform="translate(${x},${y}) scale(${s}) rotate(-6)">
<path d="M-46,2C-66,-22 -72,-20 -74,-30C-60,-30 -44,-18 -36,-8ZM-46,2C-66,22 -74,22 -78,32C-60,34 -44,20 -36,10Z" fill="${fin}"/>
<path d="M-8,-26C4,-44 26,-40 30,-22ZM-4,24C4,40 18,40 22,24Z" fill="${fin}"/>
<path d="M-44,0C-26,-34 26,-38 52,2C28,34 -24,32 -44,0Z" fill="${body}"/><path d="M-14,-27C-4,-10 -4,14 -14,26L2,28C12,12 12,-14 2,-30ZM22,-23C30,-8 30,10 24,22L34,16C40,6 40,-8 34,-16Z" fill="${band}"/>
<path d="M-40,6C-20,30 24,30 48,6C26,22 -20,22 -40,6Z" fill="${fin}" opacity=".5"/><circle cx="40" cy="-3" r="5.500" fill="#fff"/><circle cx="41" cy="-3" r="3.400" fill="#10202c"/></g>`;

const bolts = (count, cx, cy, rx, ry, size, from = 0, to = Math.PI * 2) =>
  times(count, (i) => {
    const [x, y] = polar(cx, cy, rx, from + ((to - from) * i) / count, ry);
    return `<g transform="translate(${n(x)},${n(y)})"><circle cx="2" cy="3" r="${size}" fill="#3c2008" opacity=".7"/><circle r="${size}" fill="url(#bolt)"/><path d="M${-size * 0.5},${size * 0.3}L${size * 0.5},${-size * 0.3}" stroke="#5c3410" stroke-width="2"/></g>`;
  });

const helmet = `
<!-- canvas suit and breastplate -->
<path d="M-20,1370C0,1180 90,1090 250,1050L830,1050C990,1090 1080,1180 1100,1370Z" fill="url(#canvas)"/>
<path d="M120,1120C150,1200 150,1290 130,1370M230,1140C260,1220 250,1300 235,1370M940,1120C915,1200 915,1290 940,1370M850,1140C825,1220 835,1300 850,1370" fill="none" stroke="#5a4a34" stroke-width="12" opacity=".45" filter="url(#b6)"/>
<path d="M150,1210C160,1060 290,985 400,965L680,965C790,985 920,1060 930,1210C800,1290 280,1290 150,1210Z" fill="url(#plate)"/>
<path d="M150,1210C280,1290 800,1290 930,1210L926,1236C800,1322 280,1322 154,1236Z" fill="#5f3610"/><path d="M170,1196C180,1080 300,1010 400,990" fill="none" stroke="#fff1c2" stroke-width="9" opacity=".8" filter="url(#b3)"/>
<path d="M700,990C830,1010 900,1080 912,1200L820,1240C800,1120 760,1040 700,990Z" fill="#3d1f12" opacity=".5" filter="url(#b14)"/><path d="M905,1090C922,1130 928,1170 928,1205" fill="none" stroke="#59d6f0" stroke-width="8" opacity=".8" filter="url(#b3)"/>
${bolts(9, 540, 1010, 355, 205, 15, Math.PI * 0.11, Math.PI * 0.99)}
<!-- sphere -->
<ellipse cx="560" cy="985" rx="300" ry="60" fill="#1e1208" opacity=".7" filter="url(#b14)"/>
<path d="M540,150C800,150 980,340 980,590C980,770 890,900 780,985L300,985C190,900 100,770 100,590C100,340 280,150 540,150Z" fill="url(#brass)"/>
<g clip-path="url(#ball)"><path d="M1000,380C980,700 900,880 700,1010L1010,1010L1040,380Z" fill="#35170c" opacity=".62" filter="url(#b30)"/><path d="M150,560C150,360 270,220 440,185" fill="none" stroke="#fff6d2" stroke-width="36" opacity=".85" filter="url(#b14)"/>
<path d="M962,500C968,660 920,800 820,920" fill="none" stroke="#4fd2f2" stroke-width="20" opacity=".8" filter="url(#b6)"/><path d="M120,700C150,820 230,920 320,970" fill="none" stroke="#2fa3b8" stroke-width="26" opacity=".5" filter="url(#b14)"/>
<path d="M190,250C330,350 750,350 890,250" fill="none" stroke="#6b3b10" stroke-width="5" opacity=".55"/><path d="M190,256C330,356 750,356 890,256" fill="none" stroke="#fff0bf" stroke-width="3" opacity=".5"/></g>
<!-- lamp, side windows, collar -->
<ellipse cx="540" cy="178" rx="120" ry="34" fill="#6b3b10"/><ellipse cx="540" cy="170" rx="116" ry="32" fill="url(#plate)"/><path d="M486,168C478,120 500,92 540,92C580,92 602,120 594,168C570,180 510,180 486,168Z" fill="url(#plate)"/><path d="M500,150C496,122 510,106 530,102" fill="none" stroke="#fffbe2" stroke-width="7" stroke-linecap="round" filter="url(#b3)"/><path d="M470,104C470,40 610,40 610,104" fill="none" stroke="#5c330e" stroke-width="24"/><path d="M470,102C470,38 610,38 610,102" fill="none" stroke="url(#plate)" stroke-width="18"/>
${[
  [112, 1],
  [968, -1],
]
  .map(
    ([x, s]) =>
      `<g transform="translate(${x},620) scale(${s},1)"><ellipse rx="62" ry="104" fill="#5c330e"/><ellipse cx="-4" rx="58" ry="100" fill="url(#${s > 0 ? 'plate' : 'dim'})"/><ellipse cx="-8" rx="38" ry="72" fill="#06202e"/><ellipse cx="-12" cy="-14" rx="24" ry="46" fill="#2c86a4" opacity=".6"/><path d="M-8,-72L-8,72M-44,0L30,0" stroke="url(#bolt)" stroke-width="9"/></g>`,
  )
  .join('')}
<path d="M290,950C380,1020 700,1020 790,950L812,1004C700,1078 380,1078 268,1004Z" fill="url(#collar)"/><path d="M268,1004C380,1078 700,1078 812,1004" fill="none" stroke="#4a280a" stroke-width="5"/><path d="M292,956C380,1024 700,1024 788,956" fill="none" stroke="#fff3c8" stroke-width="4" opacity=".8"/>
<!-- the dark inside -->
<circle cx="${glass.cx}" cy="${glass.cy}" r="${glass.r + 12}" fill="url(#inside)"/>`;

const metal = [
  blurs(3, 6, 14, 30),
  radial('brass', [330, 330, 760], [0, '#fff2b8'], [0.16, '#f4cd6a'], [0.42, '#cf8f2d'], [0.72, '#8a5016'], [1, '#4c260c']),
  linear(
    'plate',
    [150, 980, 930, 1200],
    [0, '#ffe9a6'],
    [0.2, '#e0a746'],
    [0.45, '#b87724'],
    [0.62, '#f0c667'],
    [0.8, '#8a5016'],
    [1, '#4f2a10'],
  ),
  linear('dim', [-60, -90, 60, 90], [0, '#b87724'], [1, '#4f2a10']),
  linear(
    'collar',
    [268, 0, 812, 0],
    [0, '#b9761f'],
    [0.16, '#fff0b4'],
    [0.34, '#c98526'],
    [0.55, '#f7d888'],
    [0.75, '#7d4612'],
    [1, '#5f8f96'],
  ),
  '<radialGradient id="bolt" cx=".35" cy=".3" r=".8"><stop offset="0" stop-color="#fff6cf"/><stop offset=".45" stop-color="#d79a3a"/><stop offset="1" stop-color="#6b3b10"/></radialGradient>',
].join('\n');

const scene = sheet(
  `${metal}
${linear('water', [0, 0, 0, 1350], [0, '#5fe0e6'], [0.22, '#1fa9c6'], [0.55, '#0d6a96'], [1, '#06284e'])}
${radial('sunlit', [230, -60, 760], [0, '#f4fff0', 0.95], [0.35, '#b6f6ea', 0.5], [1, '#b6f6ea', 0])}
${linear('ray', [0, 0, 0, 1100], [0, '#f2fff2', 0.55], [1, '#bdf5f0', 0])}
${linear('canvas', [0, 1050, 1080, 1350], [0, '#d8c49a'], [0.5, '#a98d62'], [1, '#4f4a48'])}
${radial('inside', [500, 600, 330], [0, '#3a2a24'], [0.7, '#14171f'], [1, '#05090f'])}
<clipPath id="ball"><path d="M540,150C800,150 980,340 980,590C980,770 890,900 780,985L300,985C190,900 100,770 100,590C100,340 280,150 540,150Z"/></clipPath>`,
  `${sea()}${helmet}`,
);

const head = sheet(faceDefs(looks.fair), standing(at, drawFace(looks.fair, { rim: '#5fd0e8', brows: 1.3, lashes: 0.4 })));

const hole = opening();
const wool = curve([
  [0, -190],
  [90, -170],
  [150, -100],
  [160, 20],
  [140, 120],
  [90, 190],
  [0, 210],
  [-90, 190],
  [-140, 120],
  [-160, 20],
  [-150, -100],
  [-90, -170],
]);
const inPane = (body) => `<g clip-path="url(#pane)">${body}</g>`;
const hood = sheet(
  `${blurs(2, 5, 14)}
${radial('red', [-50, -90, 300], [0, '#ff7a56'], [0.35, '#d93a30'], [0.7, '#8f1d2c'], [1, '#4c1026'])}
<clipPath id="wool"><path clip-rule="evenodd" d="${wool}${hole}"/></clipPath><clipPath id="pane"><circle cx="${glass.cx}" cy="${glass.cy}" r="${glass.r + 14}"/></clipPath><clipPath id="hole"><path d="${hole}"/></clipPath>`,
  inPane(
    standing(
      at,
      `<g clip-path="url(#hole)"><path d="${opening([3, 7])}" fill="none" stroke="#3a1820" stroke-width="22" opacity=".4" filter="url(#b5)"/></g>
<g clip-path="url(#wool)"><path d="${wool}" fill="url(#red)"/>
<g fill="none" stroke="#5e0f20" stroke-width="2.600" opacity=".55">${times(64, (i) => {
        const angle = (i / 64) * Math.PI * 2;
        const [x, y] = polar(0, 32, 90, angle, 106);
        const [u, v] = polar(0, 10, 175, angle + 0.04, 215);
        return `<path d="M${n(x)},${n(y)}Q${n((x + u) / 2 + 3)},${n((y + v) / 2)} ${n(u)},${n(v)}"/>`;
      })}</g>
<g fill="none" stroke="#ffb59a" stroke-width="1.400" opacity=".4">${times(32, (i) => {
        const angle = Math.PI * (0.9 + (i / 32) * 0.9) + 0.05;
        const [x, y] = polar(0, 32, 92, angle, 108);
        const [u, v] = polar(0, 10, 165, angle + 0.04, 205);
        return `<path d="M${n(x)},${n(y)}L${n(u)},${n(v)}"/>`;
      })}</g>
<path d="M170,-100C130,0 140,120 60,200L180,200Z" fill="#2a0a24" opacity=".55" filter="url(#b14)"/></g>
<path d="${hole}" fill="none" stroke="#7c1626" stroke-width="15" transform="translate(0,-1)"/><path d="${hole}" fill="none" stroke="#c8322f" stroke-width="11"/>
<path d="${hole}" fill="none" stroke="#ff8f6c" stroke-width="10" stroke-dasharray="2.500 3.500" opacity=".5"/><path d="${hole}" fill="none" stroke="#4a0c1c" stroke-width="1.600" opacity=".8"/>`,
    ),
  ),
);

const bubbles = (() => {
  const some = chance(21);
  return times(26, (i) => {
    const r = i < 6 ? some(16, 34) : some(4, 13);
    const [x, y] = [i % 2 ? some(840, 1050) : some(30, 250), some(30, 1000)];
    return `<g transform="translate(${n(x)},${n(y)}) scale(${n(r / 10)})"><circle r="10" fill="#d8fbff" opacity=".16"/><circle r="9.500" fill="none" stroke="#e6fdff" stroke-width="1.200" opacity=".85"/><path d="M-6,-3A7,7 0 0 1 -1,-7" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/><circle cx="4" cy="5" r="1.200" fill="#fff" opacity=".7"/></g>`;
  });
})();

const { cx, cy, r } = glass;
const front = sheet(
  `${metal}
${radial('dusk', [500, 600, 330], [0, '#03131c', 0], [0.78, '#03131c', 0], [0.93, '#03131c', 0.45], [1, '#020a10', 0.85])}
${linear('shine', [290, 380, 560, 760], [0, '#fff', 0.55], [0.5, '#c8f6ff', 0.14], [1, '#fff', 0])}
${linear('below', [0, 780, 0, 950], [0, '#37c3e6', 0], [1, '#37c3e6', 0.5])}
<clipPath id="pane"><circle cx="${cx}" cy="${cy}" r="${r}"/></clipPath>`,
  `<g clip-path="url(#pane)"><circle cx="${cx}" cy="${cy}" r="${r}" fill="url(#dusk)"/><rect x="240" y="780" width="600" height="170" fill="url(#below)"/>
<path d="M262,600C270,470 370,372 500,352C390,410 330,500 318,640C312,720 322,780 340,830C286,780 258,690 262,600Z" fill="url(#shine)" filter="url(#b3)"/><path d="M312,492C330,446 362,410 402,386" fill="none" stroke="#fff" stroke-width="12" stroke-linecap="round" opacity=".85" filter="url(#b3)"/>
<path d="M812,690C800,780 750,850 690,890C740,830 776,760 786,690Z" fill="#7fe6ff" opacity=".5" filter="url(#b6)"/></g>
<!-- the ring of the window -->
<circle cx="${cx}" cy="${cy}" r="${r + 26}" fill="none" stroke="#2c1606" stroke-width="62" opacity=".55" filter="url(#b6)"/>
<circle cx="${cx}" cy="${cy}" r="${r + 22}" fill="none" stroke="#6b3b10" stroke-width="52"/><circle cx="${cx}" cy="${cy}" r="${r + 22}" fill="none" stroke="url(#plate)" stroke-width="46"/>
<circle cx="${cx}" cy="${cy}" r="${r + 2}" fill="none" stroke="#3c2008" stroke-width="6"/><circle cx="${cx}" cy="${cy}" r="${r + 6}" fill="none" stroke="#fff0bb" stroke-width="3" opacity=".7"/>
<path d="M240,560A308,308 0 0 1 470,350" fill="none" stroke="#fffbe2" stroke-width="14" stroke-linecap="round" opacity=".85" filter="url(#b3)"/><path d="M848,700A320,320 0 0 1 700,916" fill="none" stroke="#58d4f0" stroke-width="9" opacity=".8" filter="url(#b3)"/>
${bolts(12, cx, cy, r + 23, r + 23, 12, 0.26, Math.PI * 2 + 0.26)}
${bubbles}
<!-- the reef in front -->
<g fill="#0a4560">${coral(40, 330, 20, 4, 34)}${coral(1050, 400, -30, 5, 34)}</g>
<g stroke="#d8446f" stroke-linecap="round">${fork(70, 1370, -1.35, 84, 22)}</g><g stroke="#ff8a5c" stroke-linecap="round">${fork(985, 1390, -1.75, 78, 20)}</g>
<g fill="#1a8f86">${coral(200, 150, 10, 12, 18)}</g><g fill="#8a3f9a">${coral(850, 130, -10, 13, 18)}</g>
<g transform="translate(886,1110) scale(-1.35,1.35)">${fish(0, 0, 1, '#ff8a3c', '#fffbe8', '#d8452c')}</g>`,
);

writePack({
  id: 'diver',
  title: 'Deep-sea diver',
  description: 'Your face behind the round window of a brass diving helmet, among corals, fish and rays of sun.',
  layers: [
    ['scene', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['hood', 'front', true, hood],
    ['window', 'front', false, front],
  ],
  faces: [{ at, reach: 0.28, rendering: { paint: 0.7, line: 0.3, light: 1, tint: 0.25, shadow: '#1c3b52', highlight: '#ffe9c4' } }],
});
