// A fur hood under the northern lights: green from the sky on one side, a lantern's warmth on the other.
import { blurs, chance, curve, hair, linear, mix, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 570, scale: 1.9 };

/** A curtain of light: strips that hang from a bent line and fade upwards. */
const curtain = (points, height, fill, seed) => {
  const some = chance(seed);
  const count = 60;
  return times(count, (i) => {
    const t = (i / count) * (points.length - 1);
    const [a, b] = [points[Math.floor(t)], points[Math.min(points.length - 1, Math.floor(t) + 1)]];
    const share = t - Math.floor(t);
    const smooth = share * share * (3 - 2 * share);
    const [x, y] = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * smooth];
    const high = height * some(0.55, 1);
    return `<rect x="${n(x)}" y="${n(y - high)}" width="${n(some(18, 34))}" height="${n(high + 20)}" fill="url(#${fill})" opacity="${n(some(0.3, 0.9))}"/>`;
  });
};

const pine = (x, y, s, colour, snow) =>
  `<g transform="translate(${n(x)},${n(y)}) scale(${n(s)})"><path d="M0,-150L30,-90L18,-92L46,-44L26,-48L60,6L8,0L8,22L-8,22L-8,0L-60,6L-26,-48L-46,-44L-18,-92L-30,-90Z" fill="${colour}"/><path d="M0,-150L-30,-90L-16,-96L-6,-84L2,-100L10,-92ZM-46,-44L-18,-92L-24,-60L-10,-66L-12,-50ZM-60,6L-26,-48L-34,-14L-16,-22L-18,-6Z" fill="${snow}"/></g>`;

const scene = (() => {
  const some = chance(12);
  const stars = times(
    110,
    () => `<circle cx="${n(some(0, 1080))}" cy="${n(some(0, 760))}" r="${n(some(0.7, 2.4))}" opacity="${n(some(0.3, 1))}"/>`,
  );
  const pines = times(30, (i) => {
    const x = i % 2 ? some(-20, 300) : some(780, 1100);
    const depth = i / 30;
    return pine(x, 930 + depth * 150, 0.5 + depth * 0.9, mix('#2c5a86', '#0c2140', depth), mix('#7fb4d8', '#b8dcf2', depth));
  });
  return sheet(
    `${blurs(4, 12, 30)}
${linear('sky', [0, 0, 0, 1000], [0, '#060a2a'], [0.4, '#10265c'], [0.75, '#1d5f86'], [1, '#4fb6b8'])}
<linearGradient id="green" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#b455e8" stop-opacity="0"/><stop offset=".35" stop-color="#6f6af0" stop-opacity=".35"/><stop offset=".72" stop-color="#36f0a4" stop-opacity=".85"/><stop offset=".96" stop-color="#c8ffd8"/><stop offset="1" stop-color="#36f0a4" stop-opacity="0"/></linearGradient>
<linearGradient id="pink" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#ff5ac8" stop-opacity="0"/><stop offset=".5" stop-color="#e85ad8" stop-opacity=".5"/><stop offset=".9" stop-color="#7df0e0" stop-opacity=".9"/><stop offset="1" stop-color="#7df0e0" stop-opacity="0"/></linearGradient>
${linear('snow', [0, 980, 0, 1350], [0, '#bfe6f0'], [0.4, '#7fb6dc'], [1, '#2f5a9c'])}
${linear('coat', [60, 960, 1020, 1350], [0, '#2fa3b4'], [0.3, '#17568a'], [0.65, '#142c66'], [1, '#3a2358'])}
${radial('lamp', [960, 1010, 420], [0, '#ffe9b0', 0.95], [0.12, '#ffc46a', 0.7], [0.5, '#ff9440', 0.22], [1, '#ff9440', 0])}`,
    `<rect width="1080" height="1350" fill="url(#sky)"/><g fill="#fff">${stars}</g>
<g filter="url(#b12)">${curtain(
      [
        [-40, 560],
        [160, 420],
        [330, 520],
        [560, 330],
        [800, 250],
        [1120, 330],
      ],
      420,
      'green',
      5,
    )}</g>
<g filter="url(#b12)">${curtain(
      [
        [420, 640],
        [640, 560],
        [840, 430],
        [960, 520],
        [1120, 470],
      ],
      330,
      'pink',
      6,
    )}</g>
<path d="M-10,860L120,690L190,760L300,600L420,790L520,720L640,850L760,660L850,770L960,600L1090,780L1090,1010L-10,1010Z" fill="#2a5f92"/>
<path d="M300,600L420,790L372,770L346,800L318,742L286,782L250,672ZM120,690L190,760L150,752L128,790L84,740ZM960,600L1090,780L1030,742L1000,790L962,720L930,760L906,690ZM760,660L850,770L800,748L776,790L748,726L722,726Z" fill="#a8e6e4" opacity=".85"/>
<path d="M-10,960C140,900 300,960 480,930C700,900 860,960 1090,915L1090,1360L-10,1360Z" fill="url(#snow)"/>
${pines}
<path d="M-10,1130C160,1070 320,1120 540,1100C760,1080 920,1130 1090,1085L1090,1360L-10,1360Z" fill="#a9d4ea"/><rect x="500" y="580" width="580" height="770" fill="url(#lamp)"/>
<!-- parka -->
<path d="M10,1370C30,1180 120,1040 300,980L780,980C960,1040 1050,1180 1070,1370Z" fill="url(#coat)"/>
<clipPath id="parka"><path d="M10,1370C30,1180 120,1040 300,980L780,980C960,1040 1050,1180 1070,1370Z"/></clipPath>
<g clip-path="url(#parka)"><path d="M20,1360C40,1190 130,1060 280,1000" fill="none" stroke="#8ffff0" stroke-width="18" opacity=".6" filter="url(#b12)"/><path d="M1064,1340C1040,1190 960,1060 820,1000" fill="none" stroke="#ffb056" stroke-width="20" opacity=".85" filter="url(#b12)"/>
<path d="M300,1090C270,1180 270,1280 290,1370M800,1090C830,1180 830,1280 800,1370" fill="none" stroke="#081a40" stroke-width="14" opacity=".5" filter="url(#b4)"/>
<!-- woven bands -->
${[
  [1150, '#f2f6ff', '#d8334a'],
  [1262, '#ffd27a', '#17a89a'],
]
  .map(
    ([y, light, dark]) =>
      `<path d="M-20,${y + 34}C240,${y - 60} 840,${y - 60} 1100,${y + 34}L1100,${y + 104}C840,${y + 10} 240,${y + 10} -20,${y + 104}Z" fill="#0e2452"/>${times(
        30,
        (i) => {
          const x = 14 + i * 36;
          const lift = ((x - 540) / 560) ** 2 * 70;
          return `<path d="M${x},${n(y - 12 + lift)}l15,22l-15,22l-15,-22Z" fill="${i % 2 ? light : dark}"/><path d="M${x},${n(y + 2 + lift)}l6,8l-6,8l-6,-8Z" fill="${i % 2 ? dark : light}"/>`;
        },
      )}`,
  )
  .join('')}
<path d="M540,1080L540,1370" stroke="#061233" stroke-width="7"/></g>
<!-- the hood's outside -->
<path d="M540,150C770,140 900,320 890,580C884,780 830,940 740,1030L340,1030C250,940 196,780 190,580C180,320 310,140 540,150Z" fill="url(#coat)"/>
<path d="M230,420C270,270 370,190 500,176" fill="none" stroke="#8ffff0" stroke-width="22" opacity=".7" filter="url(#b12)"/><path d="M872,620C866,760 830,880 770,960" fill="none" stroke="#ffb056" stroke-width="22" opacity=".9" filter="url(#b12)"/>
<ellipse cx="540" cy="620" rx="280" ry="330" fill="#0a1236"/>`,
  );
})();

/** Cut off under the fur, which is thin enough to see through at its rim. */
const head = sheet(
  `${faceDefs(looks.brown)}<clipPath id="below"><rect x="-130" y="-108" width="260" height="280"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#below)">${drawFace(looks.brown, { rim: '#ffae5c', brows: 1.1, lips: 1.1, lashes: 0.7, blush: 0.75 })}</g>`,
  ),
);

const hole = opening();
/** One row of fur, away from the face. */
const fur = (count, from, to, width, [lit, dim], seed) => {
  const some = chance(seed);
  return along(count)
    .map(({ x, y, angle }) => {
      const turn = angle + 0.3 * Math.cos(angle) + some(-0.3, 0.3);
      const root = polar(x, y, from + some(-5, 5), angle);
      const tip = polar(...root, (to - from) * some(0.7, 1.25), turn);
      const sky = Math.max(0, Math.cos(angle - Math.PI * 1.2));
      const lamp = Math.max(0, Math.cos(angle - Math.PI * 0.18));
      const shade = mix(dim, lit, Math.min(1, some(0.1, 0.6) + 0.5 * sky));
      const colour = mix(mix(shade, '#9dffe0', 0.18 * sky), '#ffb870', 0.6 * lamp * some(0.5, 1));
      return `<path d="${hair(root, tip, width * some(0.4, 0.75), some(-7, 7))}" fill="${colour}"/>`;
    })
    .join('\n');
};

const outer = curve(along(24).map(({ x, y, angle }) => polar(x, y, 52, angle)));
const hood = sheet(
  `${blurs(3, 6, 14)}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="ring"><path clip-rule="evenodd" d="M-300,-300L300,-300L300,400L-300,400Z${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)"><path d="${opening([2, 7])}" fill="none" stroke="#141c48" stroke-width="24" opacity=".42" filter="url(#b6)"/></g>
<g clip-path="url(#ring)"><path d="${outer}" fill="#060f2c" opacity=".6" transform="translate(4,16) scale(1.06)" filter="url(#b6)"/>
${fur(130, 46, 108, 13, ['#c3d4ee', '#465a96'], 71)}
<path d="${outer}" fill="#6f84b8"/>
${fur(150, 22, 92, 12, ['#dfe9f8', '#7488bd'], 72)}
${fur(160, 0, 66, 12, ['#f4f8ff', '#9fb0d8'], 73)}</g>
<path d="${hole}" fill="none" stroke="#c3cfe8" stroke-width="12" filter="url(#b3)"/>
${fur(170, -13, 46, 10, ['#ffffff', '#c4d0ea'], 74)}`,
  ),
);

const flakes = (() => {
  const some = chance(33);
  return times(110, (i) => {
    const near = i < 14;
    const [x, y] = [some(0, 1080), some(0, 1350)];
    // None on the face.
    if (Math.hypot((x - at.cx) / 230, (y - at.cy - 60) / 280) < 1) return '';
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(near ? some(7, 13) : some(1.5, 4.5))}" opacity="${n(near ? some(0.25, 0.5) : some(0.5, 1))}"${near ? ' filter="url(#b4)"' : ''}/>`;
  }).replace(/\n+/g, '\n');
})();

const front = sheet(
  `${blurs(4, 14)}
${radial('flame', [0, 6, 60], [0, '#fffbe0'], [0.3, '#ffd66e'], [0.7, '#ff9a3c', 0.8], [1, '#ff7a2a', 0.25])}
${radial('warm', [0, 6, 260], [0, '#ffd48a', 0.75], [0.35, '#ffb056', 0.3], [1, '#ff9440', 0])}
${linear('iron', [-60, 0, 60, 0], [0, '#8a7a8f'], [0.4, '#3a2f4c'], [1, '#171226'])}`,
  `<path d="M-10,1290C120,1240 260,1290 470,1360L-10,1360ZM1090,1240C1000,1210 900,1240 800,1320L760,1360L1090,1360Z" fill="#d8eefa"/><path d="M1090,1240C1000,1210 900,1240 800,1320L900,1290C980,1266 1040,1270 1090,1280Z" fill="#ffd7a0" opacity=".9"/>
<!-- the lantern -->
<g transform="translate(962,1110) scale(1.15)"><circle cy="6" r="260" fill="url(#warm)"/><path d="M-34,-74C-34,-128 34,-128 34,-74" fill="none" stroke="#2a2140" stroke-width="7"/><path d="M-30,-76L30,-76L44,-52L-44,-52Z" fill="url(#iron)"/><path d="M-38,-52L38,-52L46,66L-46,66Z" fill="url(#flame)"/><path d="M0,44C-22,30 -12,4 0,-26C14,4 22,30 0,44Z" fill="#fffdf0"/><path d="M-38,-52L-46,66M38,-52L46,66M0,-52L0,-30" stroke="#1d1630" stroke-width="6"/><path d="M-54,64L54,64L58,86L-58,86Z" fill="url(#iron)"/></g>
<g fill="#fff">${flakes}</g>`,
);

writePack({
  id: 'northern-lights',
  title: 'Northern lights',
  description: 'Your face in a fur hood, a lantern at your side and the northern lights above.',
  layers: [
    ['night', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['hood', 'front', true, hood],
    ['snow', 'front', false, front],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 0.7, line: 0.25, light: 0.85, tint: 0.3, shadow: '#233266', highlight: '#fff0dc' } }],
});
