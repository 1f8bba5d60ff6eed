// A lacquered doll on a shelf: red scarf, painted roses, a shine on everything.
import { blade, blurs, curve, linear, mix, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 545, scale: 1.88 };
const [red, dark, gold, teal, cream] = ['#d92a35', '#7d0f2a', '#f7b93a', '#12807c', '#fff3dc'];

/** A painted rose: round strokes of three tones, leaves where asked for. */
const rose = (
  x,
  y,
  s,
  [lit, mid, deep] = ['#ffb6b9', '#f0566a', '#a8183c'],
  leafy = true,
) => `<g transform="translate(${n(x)},${n(y)}) scale(${n(s)})">
${leafy ? [-2.6, -0.4, 1.1, 2.3].map((angle) => `<path d="${blade([0, 0], polar(0, 0, 82, angle), 40, 5, 0.45)}" fill="${teal}"/><path d="${blade([0, 0], polar(0, 0, 74, angle), 8, 5, 0.45)}" fill="#7fd0a8"/>`).join('') : ''}
<circle r="46" fill="${deep}"/>${[0, 1, 2, 3, 4].map((i) => `<circle cx="${n(24 * Math.cos(i * 1.257))}" cy="${n(24 * Math.sin(i * 1.257))}" r="25" fill="${mid}"/>`).join('')}
<circle r="25" fill="${deep}" opacity=".75"/><circle r="19" fill="${mid}"/>${[0.3, 1.55, 2.8, 4.1, 5.3].map((a) => `<path d="M${polar(0, 0, 38, a - 0.5).map(n)}A38,38 0 0 1 ${polar(0, 0, 38, a + 0.5).map(n)}" fill="none" stroke="${lit}" stroke-width="6" stroke-linecap="round"/>`).join('')}
<path d="M-10,-4A11,11 0 0 1 9,-6M-5,4A7,7 0 0 0 8,3" fill="none" stroke="${lit}" stroke-width="5" stroke-linecap="round"/></g>`;

const daisy = (x, y, s, petal = cream, heart = gold) =>
  `<g transform="translate(${n(x)},${n(y)}) scale(${n(s)})">${times(8, (i) => `<path d="${blade(polar(0, 0, 6, i * 0.785), polar(0, 0, 34, i * 0.785), 17, 0, 0.6)}" fill="${petal}"/>`).replaceAll('\n', '')}<circle r="10" fill="${heart}"/></g>`;
const berries = (x, y, s, colour = gold) =>
  `<g transform="translate(${x},${y}) scale(${s})" fill="${colour}"><circle r="9"/><circle cx="20" cy="-8" r="8"/><circle cx="12" cy="14" r="7"/><path d="M0,0Q24,20 40,46" fill="none" stroke="${colour}" stroke-width="4"/></g>`;

const body =
  'M540,150C770,150 880,330 868,540C862,680 800,760 850,850C930,980 940,1180 900,1300L180,1300C140,1180 150,980 230,850C280,760 218,680 212,540C200,330 310,150 540,150Z';

/** One of the family, far smaller, its own painted face. */
const small = (x, s, scarf, apron) => `<g transform="translate(${x},1300) scale(${s})">
<ellipse cx="10" cy="0" rx="130" ry="22" fill="#2a0d10" opacity=".4" filter="url(#b10)"/>
<path d="M0,-440C80,-440 116,-380 112,-310C110,-262 88,-240 104,-212C136,-160 138,-60 122,0L-122,0C-138,-60 -136,-160 -104,-212C-88,-240 -110,-262 -112,-310C-116,-380 -80,-440 0,-440Z" fill="${scarf}"/>
<path d="M-96,-196C-40,-150 40,-150 96,-196C128,-150 130,-60 116,0L-116,0C-130,-60 -128,-150 -96,-196Z" fill="${apron}"/>
<ellipse cy="-322" rx="66" ry="72" fill="#ffe0c0"/><path d="M-64,-338C-50,-400 -10,-400 0,-372C10,-400 50,-400 64,-338C40,-352 14,-360 0,-372C-14,-360 -40,-352 -64,-338Z" fill="#5a3018"/>
<g fill="#2a1712"><ellipse cx="-24" cy="-322" rx="7" ry="8"/><ellipse cx="24" cy="-322" rx="7" ry="8"/></g><path d="M-38,-340Q-24,-350 -12,-342M12,-342Q24,-350 38,-340" stroke="#4a2818" stroke-width="4" fill="none" stroke-linecap="round"/><path d="M-10,-284Q0,-274 10,-284" stroke="#c43a4a" stroke-width="6" fill="none" stroke-linecap="round"/><circle cx="-40" cy="-298" r="14" fill="#ff8f86" opacity=".6"/><circle cx="40" cy="-298" r="14" fill="#ff8f86" opacity=".6"/>
<path d="M-20,-236C-50,-220 -60,-190 -40,-180C-20,-190 -8,-214 0,-232C8,-214 20,-190 40,-180C60,-190 50,-220 20,-236Z" fill="${mix(scarf, '#000000', 0.25)}"/>
${rose(0, -92, 0.8)}${daisy(-66, -60, 0.6)}${daisy(66, -60, 0.6)}
<path d="M-86,-400C-100,-360 -98,-300 -84,-270M-108,-160C-122,-110 -122,-60 -114,-30" fill="none" stroke="#fff" stroke-width="12" stroke-linecap="round" opacity=".5" filter="url(#b3)"/></g>`;

const scene = sheet(
  `${blurs(3, 10, 26)}
${radial('wall', [430, 420, 900], [0, '#ffe39a'], [0.5, '#f9c65e'], [1, '#d98a34'])}
${linear('wood', [0, 1250, 0, 1350], [0, '#c9713a'], [0.2, '#8f4324'], [1, '#4a1c14'])}
${radial('lacquer', [380, 620, 760], [0, '#ff6a5c'], [0.35, red], [0.75, '#a3152c'], [1, '#560a22'])}
${linear('apron', [180, 900, 900, 1300], [0, '#fff6dc'], [0.5, '#f7dfae'], [1, '#c99a5e'])}
<clipPath id="body"><path d="${body}"/></clipPath>`,
  `<rect width="1080" height="1350" fill="url(#wall)"/>
<g opacity=".42">${times(28, (i) => {
    const [x, y] = [60 + (i % 5) * 240 + (Math.floor(i / 5) % 2) * 120, 70 + Math.floor(i / 5) * 215];
    return `<g transform="translate(${x},${y})"><path d="M0,70C-40,40 -60,0 -30,-20C-10,-32 0,-10 0,4C0,-10 10,-32 30,-20C60,0 40,40 0,70Z" fill="#e0743a"/><path d="M0,-20L0,-70M0,-40C-20,-44 -34,-60 -36,-78C-16,-74 -4,-60 0,-40C4,-60 16,-74 36,-78C34,-60 20,-44 0,-40Z" fill="#2c8a78" stroke="#2c8a78" stroke-width="4"/></g>`;
  })}</g>
<path d="M-10,1262L1090,1262L1090,1360L-10,1360Z" fill="url(#wood)"/><path d="M-10,1262L1090,1262" stroke="#f0a868" stroke-width="5"/><path d="M-10,1300C200,1290 400,1312 640,1302C820,1296 960,1310 1090,1300M-10,1330C300,1322 700,1340 1090,1328" fill="none" stroke="#3a120c" stroke-width="3" opacity=".5"/>
${small(968, 1.18, '#12807c', '#fff3dc')}${small(120, 0.98, '#3d3f9c', '#ffe0a0')}
<path d="${body}" fill="#3a0c10" opacity=".5" transform="translate(30,14)" filter="url(#b26)"/>
<path d="${body}" fill="url(#lacquer)"/>
<g clip-path="url(#body)">
<path d="M230,860C400,1010 680,1010 850,860C940,980 950,1180 900,1310L180,1310C130,1180 140,980 230,860Z" fill="url(#apron)"/>
<path d="M230,860C400,1010 680,1010 850,860" fill="none" stroke="${dark}" stroke-width="40"/><path d="M230,860C400,1010 680,1010 850,860" fill="none" stroke="${gold}" stroke-width="26"/><path d="M230,860C400,1010 680,1010 850,860" fill="none" stroke="${dark}" stroke-width="12" stroke-dasharray="1 30" stroke-linecap="round"/>
${rose(540, 1140, 1.9)}${rose(352, 1180, 1.15, ['#ffe0a0', '#f7a93a', '#c4641c'])}${rose(728, 1180, 1.15, ['#ffe0a0', '#f7a93a', '#c4641c'])}${daisy(446, 1020, 1.1, '#8fb8f0', '#fff')}${daisy(640, 1024, 1.1, '#8fb8f0', '#fff')}${daisy(236, 1070, 1, '#f0566a')}${daisy(846, 1070, 1, '#f0566a')}${daisy(254, 1262, 1.1, '#8fb8f0', '#fff')}${daisy(830, 1262, 1.1, '#8fb8f0', '#fff')}${berries(320, 1060, 1, red)}${berries(740, 1060, 1, red)}${berries(430, 1260, 1, red)}${berries(640, 1262, 1, red)}
<path d="M860,300C940,560 780,700 880,860C960,1000 960,1200 900,1320L1000,1320L1000,300Z" fill="#2a0418" opacity=".5" filter="url(#b26)"/>
<path d="M204,1000C184,1080 186,1180 204,1250" fill="none" stroke="#fff" stroke-width="22" stroke-linecap="round" opacity=".75" filter="url(#b10)"/></g>`,
);

const head = sheet(
  faceDefs(looks.fair),
  standing(
    at,
    drawFace(
      { ...looks.fair, iris: ['#8fd0b0', '#3a8a70', '#123a30'], brow: '#54301c', lip: '#d83a4e' },
      { ink: 0.4, brows: 0.9, lashes: 0.9, blush: 0.5 },
    ),
  ),
);

const hole = opening();
const shell =
  'M0,-214C122,-214 180,-116 174,-4C170,70 136,112 164,160C120,236 -120,236 -164,160C-136,112 -170,70 -174,-4C-180,-116 -122,-214 0,-214Z';
const band = curve(along(26, -30, -112).map(({ x, y }) => [x, y]));

const scarf = sheet(
  `${blurs(3, 6, 12)}
${radial('silk', [-60, -120, 400], [0, '#ff7a66'], [0.3, red], [0.7, '#a8162e'], [1, '#5c0a22'])}
${linear('knot', [-90, 140, 110, 290], [0, '#ff6a5c'], [0.5, '#c41f32'], [1, '#6d0c24'])}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="shell"><path clip-rule="evenodd" d="${shell}${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)"><circle cx="-60" cy="52" r="24" fill="#ff5a5a" opacity=".32" filter="url(#b6)"/><circle cx="60" cy="52" r="24" fill="#ff5a5a" opacity=".32" filter="url(#b6)"/>
<path d="${opening([2, 6])}" fill="none" stroke="#5a1420" stroke-width="18" opacity=".4" filter="url(#b6)"/></g>
<g clip-path="url(#shell)"><path d="${shell}" fill="url(#silk)"/>
<path d="${band}" fill="${gold}"/><path d="${band}" fill="none" stroke="${dark}" stroke-width="5"/>
${along(30, -21, -102)
  .map(({ x, y, angle }, i) =>
    i % 2
      ? daisy(x, y, 0.28, teal, cream)
      : `<path transform="translate(${n(x)},${n(y)}) rotate(${n((angle * 180) / Math.PI)})" d="M-6,0C0,-8 8,-6 8,0C8,6 0,8 -6,0Z" fill="${red}"/>`,
  )
  .join('')}
<path d="${curve(along(26, -14, -92).map(({ x, y }) => [x, y]))}" fill="${dark}"/>
<!-- painted hair, parted -->
<path d="M-62,132C-126,84 -130,-104 0,-104C130,-104 126,84 62,132Z" fill="#6d3a1c"/><g fill="none" stroke="#c98a4c" stroke-width="2.4" stroke-linecap="round">${[0, 1, 2, 3, 4].map((i) => `<path d="M${-4 - i},${-98 + i}C${-40 - i * 6},${-96 + i * 6} ${-82 - i * 3},${-70 + i * 6} ${-98 + i},${0 + i * 8}M${4 + i},${-98 + i}C${40 + i * 6},${-96 + i * 6} ${82 + i * 3},${-70 + i * 6} ${98 - i},${0 + i * 8}"/>`).join('')}</g>
<!-- roses on the scarf -->
${rose(-126, -92, 0.42)}${rose(126, -92, 0.42)}${rose(0, -166, 0.56)}${daisy(-66, -146, 0.5)}${daisy(66, -146, 0.5)}${daisy(-150, -20, 0.5)}${daisy(150, -20, 0.5)}${rose(-140, 60, 0.36, ['#ffe0a0', '#f7a93a', '#c4641c'])}${rose(140, 60, 0.36, ['#ffe0a0', '#f7a93a', '#c4641c'])}
<path d="M190,-160C120,-60 130,80 150,190L220,190Z" fill="#2a0418" opacity=".45" filter="url(#b12)"/></g>
<path d="${hole}" fill="none" stroke="#4a1c10" stroke-width="3"/>
<!-- the knot -->
<path d="M-4,168C-60,176 -112,214 -104,262C-60,272 -12,226 4,186C24,226 72,268 116,254C118,210 66,174 14,168Z" fill="url(#knot)" stroke="${dark}" stroke-width="3"/><path d="M-92,250C-60,226 -30,206 -4,190M104,244C70,222 40,206 12,190" fill="none" stroke="${dark}" stroke-width="3" opacity=".6"/><ellipse cx="4" cy="180" rx="24" ry="20" fill="url(#knot)" stroke="${dark}" stroke-width="3"/>
<g fill="${gold}"><circle cx="-78" cy="240" r="5"/><circle cx="-50" cy="224" r="5"/><circle cx="86" cy="236" r="5"/><circle cx="56" cy="222" r="5"/><circle cx="4" cy="180" r="6"/></g>
<path d="M-150,-70C-132,-140 -84,-182 -24,-192" fill="none" stroke="#fff" stroke-width="11" stroke-linecap="round" opacity=".75" filter="url(#b3)"/><path d="M-162,-30C-162,-20 -162,0 -160,14" fill="none" stroke="#fff" stroke-width="9" stroke-linecap="round" opacity=".6" filter="url(#b3)"/>`,
  ),
);

writePack({
  id: 'matryoshka',
  title: 'Matryoshka',
  description: 'Your face on a painted nesting doll, with the rest of the family on the shelf.',
  layers: [
    ['shelf', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['scarf', 'front', true, scarf],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 1, line: 0.5, light: 1, tint: 0.3, shadow: '#8a2f2a', highlight: '#fff1d0' } }],
});
