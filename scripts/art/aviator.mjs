// An open cockpit above the clouds at sunrise: leather, fur, goggles on the brow, a scarf in the wind.
import { blade, blurs, chance, linear, mix, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 585, scale: 1.9 };

/** A bank of cloud: many rounds, lit from the low sun on the left. */
const bank = (y, depth, seed, [lit, mid, low], size = 1) => {
  const some = chance(seed);
  const puffs = Array.from({ length: 17 }, (_, i) => [-40 + i * 72 + some(-24, 24), y + some(-depth, depth), some(50, 104) * size]);
  const round = (dx, dy, grow, fill) =>
    `<g fill="${fill}">${puffs.map(([x, py, r]) => `<circle cx="${n(x + dx)}" cy="${n(py + dy)}" r="${n(r * grow)}"/>`).join('')}</g>`;
  return `${round(0, 0, 1, mid)}${round(-12 * size, -12 * size, 0.8, lit)}<rect x="-10" y="${y + 10}" width="1100" height="600" fill="${low}"/>${round(14 * size, 40 * size, 0.86, low)}`;
};

const biplane = `<g transform="translate(850,205) rotate(-9) scale(1.15)">
<path d="M-150,-40C-60,-52 70,-52 150,-40L150,-28C70,-38 -60,-38 -150,-28Z" fill="#e8483c"/><path d="M-130,26C-50,16 60,16 130,26L130,38C60,30 -50,30 -130,38Z" fill="#b02a34"/>
<path d="M-100,-30L-92,26M100,-30L92,26M-44,-36L-40,20M44,-36L40,20M-100,-30L-40,22M100,-30L40,22" stroke="#5b2a2a" stroke-width="3"/>
<ellipse cy="-4" rx="30" ry="28" fill="#f7e3c0"/><ellipse cx="6" cy="0" rx="24" ry="25" fill="#c9a06a" opacity=".6"/><circle cy="-4" r="10" fill="#4a2a22"/><ellipse cy="-4" rx="66" ry="7" fill="#fff" opacity=".45"/><path d="M-60,-8C-20,-2 20,-2 60,-8L60,0C20,4 -20,4 -60,0Z" fill="#6b3a26" opacity=".7"/>
<path d="M-26,26L-34,58M26,26L34,58" stroke="#5b2a2a" stroke-width="4"/><circle cx="-34" cy="60" r="11" fill="#3a2226"/><circle cx="34" cy="60" r="11" fill="#3a2226"/></g>`;

const scene = (() => {
  const some = chance(2);
  return sheet(
    `${blurs(4, 10, 26)}
${linear('sky', [0, 0, 0, 1000], [0, '#3a86c8'], [0.35, '#8cc6e6'], [0.62, '#ffe0b0'], [0.85, '#ffb483'], [1, '#f58f78'])}
${radial('sun', [150, 520, 700], [0, '#fffdf0', 1], [0.12, '#fff6d8', 0.95], [0.4, '#ffe9d2', 0.5], [1, '#fff2e6', 0])}
${linear('coat', [60, 1000, 1020, 1350], [0, '#c8824a'], [0.35, '#8a4f2c'], [0.7, '#55301f'], [1, '#2f1c1c'])}
${linear('silk', [300, 960, 900, 1250], [0, '#ff7a5c'], [0.5, '#e0403c'], [1, '#9c2038'])}`,
    `<rect width="1080" height="1350" fill="url(#sky)"/><rect width="1080" height="1350" fill="url(#sun)"/><circle cx="150" cy="520" r="64" fill="#fffdf0"/>
<g stroke="#fff" stroke-linecap="round" opacity=".55">${times(12, () => `<path d="M${n(some(-20, 900))},${n(some(60, 480))}h${n(some(60, 200))}" stroke-width="${n(some(2, 6))}"/>`)}</g>

${biplane}
<g opacity=".9">${bank(760, 26, 3, ['#fff3dc', '#ffd9b8', '#f6b49c'], 0.8)}</g>${bank(900, 34, 4, ['#ffeed2', '#ffc9a4', '#e59a92'], 1)}${bank(1060, 34, 5, ['#ffe2c0', '#f0a98e', '#b8788c'], 1.15)}
<!-- scarf in the wind -->
<path d="M640,1010C760,960 830,1040 930,980C1000,940 1040,960 1100,920L1100,1010C1040,1040 1000,1030 940,1060C840,1120 760,1050 660,1110Z" fill="#8d6a5e" opacity=".5" transform="translate(6,18)" filter="url(#b10)"/>
<path d="M640,1010C760,960 830,1040 930,980C1000,940 1040,960 1100,920L1100,1010C1040,1040 1000,1030 940,1060C840,1120 760,1050 660,1110Z" fill="url(#silk)"/><path d="M660,1050C770,1000 830,1080 930,1020C1000,980 1040,1000 1100,964M650,1080C760,1030 840,1100 930,1044" fill="none" stroke="#7a1430" stroke-width="6" opacity=".5"/>
<path d="M630,1060C740,1040 800,1120 900,1110C960,1104 1000,1130 1060,1110L1040,1190C980,1200 940,1180 890,1190C800,1200 720,1130 640,1150Z" fill="url(#silk)"/><path d="M640,1100C740,1080 800,1150 900,1146C950,1144 990,1160 1050,1146" fill="none" stroke="#7a1430" stroke-width="6" opacity=".5"/>
<!-- jacket -->
<path d="M20,1370C40,1200 120,1100 290,1030L790,1030C960,1100 1040,1200 1060,1370Z" fill="url(#coat)"/>
<clipPath id="jacket"><path d="M20,1370C40,1200 120,1100 290,1030L790,1030C960,1100 1040,1200 1060,1370Z"/></clipPath>
<g clip-path="url(#jacket)"><path d="M24,1370C50,1210 130,1110 280,1050" fill="none" stroke="#ffd9a0" stroke-width="20" opacity=".75" filter="url(#b10)"/><path d="M820,1040C940,1110 1000,1220 1010,1370L1090,1370L1090,1040Z" fill="#1c1018" opacity=".5" filter="url(#b26)"/>
<path d="M540,1100L540,1370" stroke="#2a1614" stroke-width="8"/><path d="M540,1100L540,1370" stroke="#d9b06a" stroke-width="5" stroke-dasharray="5 5"/><path d="M180,1120C210,1200 215,1290 200,1370M900,1120C870,1200 865,1290 880,1370" fill="none" stroke="#2a1614" stroke-width="5" opacity=".6"/><path d="M188,1120C218,1200 223,1290 208,1370M892,1120C862,1200 857,1290 872,1370" fill="none" stroke="#e8b47c" stroke-width="2" stroke-dasharray="9 6" opacity=".7"/></g>
<!-- wings pinned on -->
<g transform="translate(330,1262) scale(1.1)" fill="#e8b64c" stroke="#6d4412" stroke-width="2.5"><path d="M-12,-8C-50,-34 -90,-30 -110,-18C-90,-14 -86,-8 -84,0C-74,-4 -66,0 -64,8C-54,2 -46,6 -42,12C-34,6 -24,8 -12,10ZM12,-8C50,-34 90,-30 110,-18C90,-14 86,-8 84,0C74,-4 66,0 64,8C54,2 46,6 42,12C34,6 24,8 12,10Z"/><circle r="17"/><circle r="9" fill="#c43a34"/></g>`,
  );
})();

const head = sheet(
  faceDefs(looks.deep),
  standing(
    at,
    drawFace(
      { ...looks.deep, iris: ['#c89a58', '#7a5226', '#2a1708'] },
      { rim: '#9ab8e0', brows: 1.2, lips: 1.18, lashes: 0.5, blush: 0.5 },
    ),
  ),
);

const hole = opening();
const cap =
  'M0,-188C100,-190 150,-130 152,-50C154,20 146,80 126,124C104,166 70,190 40,196C14,200 -14,200 -40,196C-70,190 -104,166 -126,124C-146,80 -154,20 -152,-50C-150,-130 -100,-190 0,-188Z';

const collar = (() => {
  const some = chance(61);
  const row = (count, from, to, width, [lit, dim]) =>
    times(count, (i) => {
      const angle = Math.PI * (-0.06 + (1.12 * (i + some(0, 0.8))) / count);
      const root = polar(0, 150, from, angle, from * 0.52);
      const tip = polar(0, 150, to * some(0.9, 1.1), angle + some(-0.1, 0.1), to * 0.6 * some(0.92, 1.08));
      const shine = 0.5 - 0.5 * Math.cos(angle);
      return `<path d="${blade(root, tip, width * some(0.8, 1.2), some(-8, 8))}" fill="${mix(mix(dim, lit, shine), lit, some(0, 0.3))}"/>`;
    });
  return `<ellipse cx="0" cy="182" rx="196" ry="92" fill="#8a5f48"/>${row(50, 120, 232, 26, ['#f7d9ae', '#8d5f50'])}${row(46, 110, 200, 24, ['#fff0d2', '#b48470'])}${row(40, 96, 160, 22, ['#fff9ea', '#d3ac92'])}`;
})();

const lens = (side) => `<g transform="translate(${side * 56},-122) rotate(${side * 7})">
<path d="M-50,-8C-50,-38 -22,-44 4,-42C36,-40 52,-24 50,4C48,32 20,38 -8,36C-38,34 -50,20 -50,-8Z" fill="#3a2018"/>
<path d="M-46,-8C-46,-34 -20,-40 4,-38C34,-36 48,-22 46,4C44,28 18,34 -8,32C-36,30 -46,18 -46,-8Z" fill="url(#brass)"/>
<path d="M-37,-6C-37,-27 -16,-31 4,-30C28,-28 38,-17 37,4C35,21 14,26 -7,24C-28,22 -37,13 -37,-6Z" fill="url(#glass)"/>
<path d="M-37,10C-20,2 10,6 37,0C35,21 14,26 -7,24C-24,22 -33,18 -37,10Z" fill="#ffb483" opacity=".75"/><path d="M-37,8C-26,-2 -18,6 -10,0C0,-6 10,4 20,-2L36,2L36,8C14,12 -16,14 -36,12Z" fill="#fff3dc" opacity=".8"/>
<path d="M-30,-8C-28,-20 -16,-25 -6,-25M2,-26L8,-25" fill="none" stroke="#fff" stroke-width="5" stroke-linecap="round" opacity=".95"/></g>`;

const helmet = sheet(
  `${blurs(2, 5, 12)}
${radial('leather', [-60, -110, 330], [0, '#d8935a'], [0.3, '#a3623a'], [0.65, '#6b3b26'], [1, '#341c1a'])}
<linearGradient id="brass" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#fff2b8"/><stop offset=".4" stop-color="#d99f3c"/><stop offset=".65" stop-color="#8d5a18"/><stop offset="1" stop-color="#f2c964"/></linearGradient>
<linearGradient id="glass" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2f6ea8"/><stop offset=".5" stop-color="#8cc6e6"/><stop offset="1" stop-color="#ffd9b0"/></linearGradient>
${linear('strap', [0, -160, 0, -90], [0, '#6b3b26'], [0.5, '#3f2219'], [1, '#22120f'])}
${linear('rim', [-90, -80, 90, 150], [0, '#ffe9c8'], [0.45, '#d9a878'], [1, '#8a5a4a'])}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="ring"><path clip-rule="evenodd" d="M-300,-300L300,-300L300,420L-300,420Z${hole}"/></clipPath><clipPath id="cap"><path clip-rule="evenodd" d="${cap}${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)"><path d="${opening([3, 8])}" fill="none" stroke="#3a1810" stroke-width="24" opacity=".45" filter="url(#b5)"/></g>
<g clip-path="url(#ring)">${collar}
<path d="M-130,126C-60,230 60,230 130,126L120,196C60,240 -60,240 -120,196Z" fill="#4a2418" opacity=".5" filter="url(#b12)"/></g>
<g clip-path="url(#cap)"><path d="${cap}" fill="url(#leather)"/>
<path d="M-20,-190C-24,-150 -24,-110 -20,-70M20,-190C24,-150 24,-110 20,-70" fill="none" stroke="#2f1814" stroke-width="3"/><path d="M-27,-190C-31,-150 -31,-110 -27,-70M27,-190C31,-150 31,-110 27,-70" fill="none" stroke="#f0c088" stroke-width="1.6" stroke-dasharray="5 4" opacity=".8"/>
<path d="M-150,-30C-120,-10 -110,60 -70,140M150,-30C120,-10 110,60 70,140" fill="none" stroke="#2f1814" stroke-width="3" opacity=".8"/><path d="M-156,-24C-128,-4 -118,66 -78,146M156,-24C128,-4 118,66 78,146" fill="none" stroke="#f0c088" stroke-width="1.6" stroke-dasharray="5 4" opacity=".7"/>
<path d="M-138,-60C-126,-130 -84,-170 -36,-176" fill="none" stroke="#ffe0b0" stroke-width="15" stroke-linecap="round" opacity=".75" filter="url(#b5)"/><path d="M170,-130C112,-40 130,90 50,200L170,200Z" fill="#1a0c10" opacity=".5" filter="url(#b12)"/><path d="M148,-50C150,20 142,80 122,122" fill="none" stroke="#9ac4ea" stroke-width="7" opacity=".6" filter="url(#b2)"/></g>
<!-- ear cups -->
${[-1, 1].map((side) => `<g transform="translate(${side * 122},22)"><ellipse rx="25" ry="42" fill="#2f1814"/><ellipse rx="22" ry="39" fill="url(#leather)"/><ellipse rx="15" ry="30" fill="none" stroke="#f0c088" stroke-width="1.6" stroke-dasharray="5 4" opacity=".8"/>${[-14, 0, 14].map((y) => `<circle cy="${y}" r="3" fill="#1c0e0c"/>`).join('')}</g>`).join('')}
<!-- chin strap and fur at the face -->
<path d="${hole}" fill="none" stroke="#3f2219" stroke-width="17"/><path d="${hole}" fill="none" stroke="url(#rim)" stroke-width="13"/>
${along(110)
  .map(
    ({ x, y, angle }, i) =>
      `<path d="M${polar(x, y, 5, angle).map(n)}L${polar(x, y, -7 - (i % 3) * 2, angle + 0.3 * ((i % 5) - 2)).map(n)}" stroke="${i % 2 ? '#fff3dc' : '#e2b98e'}" stroke-width="3" stroke-linecap="round"/>`,
  )
  .join('\n')}
<!-- goggles on the brow -->
<path d="M-154,-86C-100,-140 100,-140 154,-86L150,-62C96,-112 -96,-112 -150,-62Z" fill="#140a0a" opacity=".5" transform="translate(0,7)" filter="url(#b5)"/><path d="M-152,-96C-100,-146 100,-146 152,-96L150,-68C96,-116 -96,-116 -150,-68Z" fill="url(#strap)"/>
<path d="M-14,-128C-6,-136 6,-136 14,-128L14,-112C6,-118 -6,-118 -14,-112Z" fill="url(#brass)"/>${lens(-1)}${lens(1)}`,
  ),
);

/** Cloud close by, at the lower corners. */
const front = sheet(
  '',
  [
    ['#ffd9c0', 0, 0],
    ['#fff4e4', -10, 26],
  ]
    .map(
      ([fill, dx, dy]) =>
        `<g fill="${fill}">${[
          [40, 1320, 110],
          [170, 1370, 96],
          [-30, 1230, 76],
          [290, 1400, 70],
          [1040, 1330, 116],
          [910, 1380, 92],
          [1100, 1230, 84],
          [800, 1404, 66],
        ]
          .map(([x, y, r]) => `<circle cx="${x + dx}" cy="${y + dy}" r="${r}"/>`)
          .join('')}</g>`,
    )
    .join('\n'),
);

writePack({
  id: 'aviator',
  title: 'Aviator',
  description: 'Your face in a leather flying cap, goggles up, above the clouds at sunrise.',
  layers: [
    ['sky', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['cap', 'front', true, helmet],
    ['clouds', 'front', false, front],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 0.7, line: 0.3, light: 0.85, tint: 0.3, shadow: '#5a2c22', highlight: '#ffe8c0' } }],
});
