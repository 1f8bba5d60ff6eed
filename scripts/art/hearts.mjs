// Two of hearts: a court card for a couple. Flat colours, black ink, nothing that is not on the card.
import { curve, linear, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const ink = '#1b1420';
const [red, blue, gold, cream] = ['#cf2436', '#21479c', '#f4c23a', '#fff6e2'];
const seats = [
  { at: { cx: 326, cy: 630, scale: 1.32 }, look: looks.golden, robe: blue, lining: red, hair: '#f0b545', strand: '#a8641c' },
  { at: { cx: 754, cy: 630, scale: 1.32 }, look: looks.brown, robe: red, lining: blue, hair: '#3c2a35', strand: '#8a6478' },
];

const heart = (x, y, s, fill = red) =>
  `<path transform="translate(${n(x)},${n(y)}) scale(${n(s)})" d="M0,44C-20,22 -50,4 -50,-20C-50,-50 -14,-56 0,-28C14,-56 50,-50 50,-20C50,4 20,22 0,44Z" fill="${fill}"/>`;
const two = (x, y, s) =>
  `<path transform="translate(${x},${y}) scale(${s})" d="M-24,-18C-22,-44 26,-48 26,-16C26,6 -8,14 -16,34L28,34L28,48L-36,48L-36,38C-28,8 10,2 10,-16C10,-30 -10,-28 -10,-12Z" fill="${red}"/>`;

/** A band of the robe with a row of ornaments. */
const band = (d, width, colour, dashes, accent) =>
  `<path d="${d}" fill="none" stroke="${ink}" stroke-width="${width + 8}"/><path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}"/><path d="${d}" fill="none" stroke="${accent}" stroke-width="${n(width * 0.42)}" stroke-dasharray="${dashes}" stroke-linecap="round"/>`;

const robe = ({ at, robe: cloth, lining }, side) => `<g transform="translate(${at.cx},62) scale(${side},1)">
<path d="M-226,1260L-226,930C-190,860 -120,830 -84,800L84,800C130,830 200,860 230,930L230,1260Z" fill="${cloth}" stroke="${ink}" stroke-width="6"/>
<clipPath id="robe${side}"><path d="M-226,1260L-226,930C-190,860 -120,830 -84,800L84,800C130,830 200,860 230,930L230,1260Z"/></clipPath>
<g clip-path="url(#robe${side})">
<path d="M-240,1250L-240,960C-150,980 -60,1060 -30,1250Z" fill="${lining}" stroke="${ink}" stroke-width="5"/>
<g fill="${gold}">${times(5, (i) => `<path d="M${-214 + i * 34},${1010 + i * 26}l12,18l-12,18l-12,-18ZM${-214 + i * 34},${1090 + i * 30}l10,15l-10,15l-10,-15ZM${-214 + i * 30},${1170 + i * 20}l10,15l-10,15l-10,-15Z"/>`)}</g>
${times(4, (i) => heart(40 + (i % 2) * 110, 900 + i * 92, 0.42, i % 2 ? gold : cream))}${times(4, (i) => heart(150 - (i % 2) * 110, 920 + i * 92, 0.3, i % 2 ? cream : gold))}
${band('M-150,830C-60,960 -10,1100 -4,1250', 46, cream, '0.1 26', ink)}
${band('M150,830C190,960 214,1100 216,1250', 26, gold, '12 12', lining)}
</g></g>`;

const card = sheet(
  `${radial('felt', [540, 600, 860], [0, '#2b7a5c'], [0.7, '#14513f'], [1, '#0a2f28'])}
${linear('paper', [0, 40, 1080, 1310], [0, '#fffaf0'], [0.5, '#fdf1da'], [1, '#f3dfbd'])}
${radial('rays', [540, 520, 560], [0, '#ffe9b0'], [1, '#fdf1da', 0])}
<filter id="soft" x="-10%" y="-10%" width="120%" height="120%"><feGaussianBlur stdDeviation="16"/></filter>
<clipPath id="inside"><rect x="112" y="96" width="856" height="1158" rx="26"/></clipPath>`,
  `<rect width="1080" height="1350" fill="url(#felt)"/>
<rect x="36" y="46" width="1016" height="1280" rx="56" fill="#04140f" opacity=".6" filter="url(#soft)"/>
<rect x="28" y="28" width="1024" height="1294" rx="56" fill="url(#paper)"/><rect x="28" y="28" width="1024" height="1294" rx="56" fill="none" stroke="#c9ab7a" stroke-width="3"/>
<rect x="112" y="96" width="856" height="1158" rx="26" fill="#fdeecb"/>
<g clip-path="url(#inside)"><g fill="#f6cf86" opacity=".55">${times(28, (i) => {
    const [a, b] = [(i / 28) * Math.PI * 2, ((i + 0.5) / 28) * Math.PI * 2];
    const [p, q] = [polar(540, 420, 1100, a), polar(540, 420, 1100, b)];
    return `<path d="M540,420L${p.map(n)}L${q.map(n)}Z"/>`;
  })}</g>
${times(5, (i) => (i === 2 ? '' : heart(196 + i * 172, 152, 0.26, '#e9808a')))}
${robe(seats[0], 1)}${robe(seats[1], -1)}</g>`,
);

const headOf = ({ at, look }) => sheet(faceDefs(look), standing(at, drawFace(look, { ink: 0.7, brows: 1.15, lashes: 0.6, blush: 0.4 })));

const hole = opening();
/** Hair as cards have it: combed waves, rolled at the ends. */
const roll = (x, y, r, { hair, strand }) =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${hair}" stroke="${ink}" stroke-width="4"/><path d="M${x - r * 0.7},${y + r * 0.4}A${r * 0.8},${r * 0.8} 0 1 1 ${x + r * 0.6},${y + r * 0.4}A${r * 0.5},${r * 0.5} 0 1 1 ${x - r * 0.3},${y - r * 0.1}" fill="none" stroke="${strand}" stroke-width="4" stroke-linecap="round"/>`;

/** Shade as a printer cuts it, and cheeks in red dots: they tie any face to the card. */
const print = `<g fill="url(#hatch)"><path d="M92,-70C74,-20 84,60 50,112C40,128 20,140 0,146L60,150L100,60Z" opacity=".55"/><path d="M12,-22C10,0 14,26 22,42C28,52 26,58 20,62L10,58C16,44 8,10 12,-22Z" opacity=".4"/><path d="M-20,115C-8,121 8,121 20,115C12,125 -12,125 -20,115Z" opacity=".5"/><path d="M-96,-60C-84,-20 -88,50 -66,96L-100,80Z" opacity=".35"/></g>
<g fill="url(#dots)"><circle cx="-56" cy="50" r="21"/><circle cx="56" cy="50" r="21"/></g>`;

function court(seat, index) {
  const { hair, strand, lining } = seat;
  const side = curve([
    [-84, -84],
    [-132, -70],
    [-150, 0],
    [-142, 60],
    [-150, 110],
    [-128, 150],
    [-92, 142],
    [-70, 118],
    [-84, 60],
    [-88, 0],
  ]);
  const waves = [0, 1, 2, 3]
    .map((i) => `<path d="M${-92 - i * 13},-74C${-104 - i * 13},-20 ${-88 - i * 13},30 ${-98 - i * 13},${116 - i * 4}"/>`)
    .join('');
  const half = `<path d="${side}" fill="${hair}" stroke="${ink}" stroke-width="4.500"/><g fill="none" stroke="${strand}" stroke-width="4.500">${waves}</g>${roll(-112, 140, 30, seat)}${roll(-78, 132, 20, seat)}`;
  const chin = curve(
    along(64)
      .filter(({ y }) => y > 84)
      .map(({ x, y, angle }) => polar(x, y, 15, angle)),
    false,
  );
  const collar = `<g fill="none"><path d="${chin}" stroke="${ink}" stroke-width="39"/><path d="${chin}" stroke="${cream}" stroke-width="31"/><path d="${chin}" stroke="${ink}" stroke-width="31" stroke-dasharray="3 9"/><path d="${chin}" stroke="${gold}" stroke-width="8"/></g>`;
  const crown =
    index === 0
      ? 'M-112,-86L-134,-214L-84,-150L-62,-232L-24,-152L0,-250L24,-152L62,-232L84,-150L134,-214L112,-86C60,-104 -60,-104 -112,-86Z'
      : 'M-110,-86C-130,-130 -136,-170 -120,-206C-110,-170 -90,-160 -76,-162C-84,-190 -74,-220 -52,-236C-50,-200 -34,-176 -22,-172C-26,-210 -14,-236 0,-252C14,-236 26,-210 22,-172C34,-176 50,-200 52,-236C74,-220 84,-190 76,-162C90,-160 110,-170 120,-206C136,-170 130,-130 110,-86C60,-104 -60,-104 -110,-86Z';
  const tips =
    index === 0
      ? [
          [-134, -216],
          [-62, -234],
          [0, -254],
          [62, -234],
          [134, -216],
        ]
      : [
          [-120, -210],
          [-52, -240],
          [0, -256],
          [52, -240],
          [120, -210],
        ];
  return standing(
    seat.at,
    `<g clip-path="url(#hole)"><path d="${opening([2, 6])}" fill="none" stroke="#5a2018" stroke-width="16" opacity=".38"/>
${print}</g>
<path d="M-72,140L-92,184C-40,210 40,210 92,184L72,140C40,176 -40,176 -72,140Z" fill="${lining}" stroke="${ink}" stroke-width="4"/>
${collar}
${half}<g transform="scale(-1,1)">${half}</g>
<path d="M-112,-40C-110,-110 -60,-128 0,-128C60,-128 110,-110 112,-40Z" fill="${hair}" clip-path="url(#brow)"/>
<g fill="none" stroke="${strand}" stroke-width="4" clip-path="url(#brow)">${[-3, -2, -1, 1, 2, 3].map((i) => `<path d="M${i * 30},-72C${i * 32},-90 ${i * 34},-100 ${i * 36},-112"/>`).join('')}</g>
<path d="${hole}" fill="none" stroke="${ink}" stroke-width="5"/>
<path d="${crown}" fill="${lining}" stroke="${ink}" stroke-width="5"/><path d="${crown}" fill="${gold}" transform="translate(0,-24) scale(.9,.84)" stroke="${ink}" stroke-width="4"/>
${tips.map(([x, y], i) => `<circle cx="${x}" cy="${y}" r="12" fill="${i % 2 ? cream : red}" stroke="${ink}" stroke-width="4"/>`).join('')}
<path d="M-116,-84C-60,-108 60,-108 116,-84L112,-114C60,-140 -60,-140 -112,-114Z" fill="${gold}" stroke="${ink}" stroke-width="5"/>
${[-78, -40, 0, 40, 78].map((x, i) => (i % 2 ? `<circle cx="${x}" cy="${-112 + x * x * 0.0024}" r="8" fill="${cream}" stroke="${ink}" stroke-width="3"/>` : heart(x, -113 + x * x * 0.0026, 0.2, red))).join('')}`,
  );
}

const courts = sheet(
  `<pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(-50)"><path d="M0,2.5H5" stroke="#4a1c24" stroke-width="1.2"/></pattern>
<pattern id="dots" width="5.6" height="5.6" patternUnits="userSpaceOnUse" patternTransform="rotate(30)"><circle cx="2.8" cy="2.8" r="1.5" fill="#e0343e" opacity=".5"/></pattern>
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="brow"><path clip-rule="evenodd" d="M-140,-140L140,-140L140,0L-140,0Z${hole}"/></clipPath>`,
  seats.map(court).join('\n'),
);

const rose = (x, y, s) => `<g transform="translate(${x},${y}) scale(${s})" stroke="${ink}" stroke-width="3">
<path d="M0,40C-6,110 8,160 -4,250" fill="none" stroke="${ink}" stroke-width="14"/><path d="M0,40C-6,110 8,160 -4,250" fill="none" stroke="#2f8a4a" stroke-width="8"/>
<path d="M0,120C30,80 70,84 84,104C60,130 24,138 2,130ZM0,180C-30,140 -70,146 -84,166C-58,192 -24,198 0,190Z" fill="#2f8a4a"/>
<path d="M0,-46C40,-52 64,-20 58,14C52,46 24,58 0,58C-24,58 -52,46 -58,14C-64,-20 -40,-52 0,-46Z" fill="${red}"/><path d="M-54,0C-30,20 -14,34 0,58C14,34 30,20 54,0M-36,-30C-20,4 16,6 36,-28M-20,-44C-8,-18 12,-18 20,-44M-2,-30A10,10 0 1 1 4,-22" fill="none"/></g>`;

const front = sheet(
  `${linear('gloss', [60, 30, 700, 1100], [0, '#fff', 0.2], [0.3, '#fff', 0], [0.52, '#fff', 0.1], [0.54, '#fff', 0], [1, '#fff', 0])}`,
  `<rect x="112" y="96" width="856" height="1158" rx="26" fill="none" stroke="${ink}" stroke-width="6"/><rect x="123" y="107" width="834" height="1136" rx="18" fill="none" stroke="${blue}" stroke-width="5"/>
<g stroke="${ink}" stroke-width="5">${heart(540, 246, 1.4)}</g><path d="M484,210C490,190 506,188 515,198" fill="none" stroke="#ff9aa6" stroke-width="10" stroke-linecap="round"/>
<g fill="${gold}" stroke="${ink}" stroke-width="4">${[-1, 1].map((s) => `<path d="M${540 + s * 66},250C${540 + s * 110},190 ${540 + s * 150},206 ${540 + s * 122},240C${540 + s * 146},244 ${540 + s * 128},272 ${540 + s * 106},268C${540 + s * 112},290 ${540 + s * 84},298 ${540 + s * 56},282Z"/>`).join('')}</g>
${rose(540, 985, 0.92)}
<g stroke="${ink}" stroke-width="4">${heart(540, 1200, 0.55, gold)}</g>
${two(70, 104, 0.78)}${heart(70, 178, 0.38)}<g transform="rotate(180 540 675)">${two(70, 104, 0.78)}${heart(70, 178, 0.38)}</g>
<rect x="28" y="28" width="1024" height="1294" rx="56" fill="url(#gloss)"/>`,
);

const rendering = { paint: 1, line: 0.75, light: 1, tint: 0.35, shadow: '#7a2a1c', highlight: '#fff1cf' };
writePack({
  id: 'two-of-hearts',
  title: 'Two of hearts',
  description: 'Two faces, one playing card: crowned side by side in ink and flat colour.',
  layers: [
    ['card', 'behind', false, card],
    ['left', 'behind', true, headOf(seats[0])],
    ['right', 'behind', true, headOf(seats[1])],
    ['court', 'front', true, courts],
    ['border', 'front', false, front],
  ],
  faces: seats.map(({ at }) => ({ at, reach: 0.28, rendering })),
});
