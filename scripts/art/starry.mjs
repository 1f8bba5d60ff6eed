// A night of brush strokes: a sky that turns, a cypress, a village, a straw hat and a scarf. The face gets the strokes too.

import { canvas, pick } from './brush.mjs';
import { blurs, chance, linear, polar, sheet } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';
import { cypress, glow, house, land, sky, stars } from './starry-land.mjs';

const at = { cx: 540, cy: 635, scale: 2 };

const coat = (() => {
  const some = chance(81);
  const paint = canvas(15);
  for (let i = 0; i < 430; i++) {
    const [x, t] = [some(-500, 500), some()];
    const top = 1030 + 250 * Math.abs(x / 500) ** 1.7;
    const y = top + t * (1380 - top);
    const shade = 0.5 - x / 1100 + some(-0.28, 0.28);
    paint.stroke(
      pick(['#0b2a3c', '#11495a', '#1a6f7c', '#2f9a94', '#7cc8a8'], shade),
      540 + x,
      y,
      Math.PI / 2 - x * 0.0016,
      some(44, 74),
      some(-6, 6),
    );
  }
  return paint.svg();
})();

const skySheet = sheet(
  linear('night', [0, 0, 0, 1000], [0, '#10296e'], [1, '#3f86b8']),
  `<rect width="1080" height="1350" fill="url(#night)"/>
${sky}
<g fill="#fffbe0">${stars.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="10"/>`).join('')}</g>
${glow}`,
);
const landSheet = sheet(
  '',
  `<path d="M-10,900C120,800 240,870 400,820C560,770 700,850 860,790C960,760 1040,800 1090,780L1090,1360L-10,1360Z" fill="#1d4a86"/>
${land}
${house(850, 900, 70, 60)}${house(945, 930, 84, 66)}${house(1030, 890, 60, 60)}${house(190, 915, 66, 56)}
<path d="M900,900L912,780L924,900Z" fill="#2a5a94" stroke="#0b1a44" stroke-width="5"/>
${cypress}
<path d="M30,1380C60,1220 180,1090 330,1030L750,1030C900,1090 1020,1220 1050,1380Z" fill="#0e3a4c"/>
${coat}`,
);

const head = sheet(
  faceDefs(looks.golden),
  standing(
    at,
    drawFace(
      { ...looks.golden, iris: ['#9fd2c8', '#2f8f8a', '#0e3a44'], brow: '#7a4018' },
      { rim: '#5ba9dc', ink: 0.5, brows: 1.3, lashes: 0.3, blush: 0.7 },
    ),
  ),
);

const hole = opening();

/** Strokes over the face, along its forms: light ones on the left, blue shadow on the right. They let the person through. */
const skinStrokes = (() => {
  const some = chance(82);
  const paint = canvas(4.2, 0.3);
  for (let i = 0; i < 230; i++) {
    const [u, v] = [some(-1, 1), some(-1, 1)];
    const [x, y] = [u * 96, 34 + v * 114];
    // The eyes and the mouth stay as they are.
    if (Math.abs(Math.abs(x) - 47) < 27 && Math.abs(y) < 16) continue;
    if (Math.abs(x) < 44 && Math.abs(y - 95) < 20) continue;
    const around = Math.atan2(v, u) + Math.PI / 2;
    const light = u * 0.9 + v * 0.2 + some(-0.5, 0.5);
    const colour =
      light < -0.35
        ? pick(['#fff0b0', '#ffd98a'], some())
        : light < 0.3
          ? pick(['#f0a860', '#e88f5a', '#ffe0a0'], some())
          : pick(['#a85a3c', '#5a7a9c', '#7a4a58'], some());
    paint.stroke(colour, x, y, Math.abs(x) < 14 ? Math.PI / 2 : around, some(11, 20), u * 3);
  }
  return paint.svg();
})();

/** The scarf: strokes that go round the face, row after row. */
const scarf = (() => {
  const some = chance(83);
  const rows = [82, 70, 58, 46, 35, 24, 13, 3];
  return rows
    .map((out, row) => {
      const paint = canvas(row > 5 ? 8 : 11);
      for (const { x, y, angle } of along(Math.round(44 - row * 1.5))) {
        const [px, py] = polar(x, y, out + some(-4, 4), angle);
        const shade = 0.55 - 0.4 * Math.cos(angle - 0.5) + some(-0.25, 0.25);
        const tones =
          row % 4 === 1 ? ['#8a3a1c', '#c4561e', '#f08a2c', '#ffc25a'] : ['#5c1024', '#8f1c2c', '#c4342f', '#e8623c', '#ff9a6a'];
        paint.stroke(pick(tones, shade), px, py, angle + Math.PI / 2 + some(-0.1, 0.1), some(24, 34), -4);
      }
      return paint.svg();
    })
    .join('\n');
})();

/** Straw, from the crown outwards and round the brim. */
const hat = (() => {
  const some = chance(84);
  const straw = ['#8f5a14', '#c98a1e', '#eab436', '#ffd75e', '#fff0a8'];
  const brim = canvas(8);
  for (let i = 0; i < 620; i++) {
    const angle = some(0, Math.PI * 2);
    const r = Math.sqrt(some(0.16, 1));
    const [x, y] = polar(0, -112, 226 * r, angle, 62 * r);
    const inside = y > -112 + 26 * Math.cos(x / 130) + 24 && Math.abs(x) < 96;
    if (inside && y > -72) continue;
    const shade = 0.52 - 0.34 * Math.cos(angle) * r - (y > -108 ? 0.26 : -0.1) + some(-0.22, 0.22);
    brim.stroke(
      pick(straw, shade),
      x,
      y,
      Math.atan2(Math.sin(angle) * 0.4, Math.cos(angle)) + some(-0.16, 0.16),
      some(18, 30),
      some(-3, 3),
    );
  }
  const crown = canvas(9);
  for (let i = 0; i < 330; i++) {
    const [u, t] = [some(-1, 1), some()];
    const half = 118 * Math.cos(Math.abs(1 - t) * 0.9) ** 0.8;
    const [x, y] = [u * half * (0.72 + 0.28 * t), -262 + t * 128 + 14 * (1 - u * u) * t];
    crown.stroke(pick(straw, 0.55 - 0.42 * u + some(-0.24, 0.24)), x, y, (u * 0.4 * Math.PI) / 4 + some(-0.2, 0.2), some(18, 30), -3 * u);
  }
  const band = canvas(9);
  for (let i = 0; i < 90; i++) {
    const [u, t] = [some(-1, 1), some()];
    band.stroke(
      pick(['#0e2566', '#1d57ad', '#2f7fc8', '#7cc0e6'], 0.5 - 0.4 * u + some(-0.3, 0.3)),
      u * 116,
      -158 + t * 22 + 16 * (1 - u * u),
      u * -0.16,
      some(16, 26),
      2,
    );
  }
  return `<path d="M-228,-112C-200,-190 200,-190 228,-112C226,-70 130,-44 84,-72C40,-88 -40,-88 -84,-72C-130,-44 -226,-70 -228,-112Z" fill="#b07a1c"/>
<path d="M-96,-70C-40,-92 40,-92 96,-70L92,-52C40,-76 -40,-76 -92,-52Z" fill="#3a1c10" opacity=".5" filter="url(#b5)"/>
${brim.svg()}
<path d="M-122,-136C-122,-220 -80,-274 0,-276C80,-274 122,-220 122,-136C60,-112 -60,-112 -122,-136Z" fill="#c98a1e"/>
${crown.svg()}
${band.svg()}`;
})();

const hood = sheet(
  `${blurs(5)}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="ring"><path clip-rule="evenodd" d="M-400,-400L400,-400L400,400L-400,400Z${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)">${skinStrokes}<path d="${opening([3, 8])}" fill="none" stroke="#2a1838" stroke-width="22" opacity=".42" filter="url(#b5)"/></g>
<g clip-path="url(#ring)"><path transform="scale(.93)" d="M0,-170C120,-160 190,-60 186,40C180,150 120,250 0,250C-120,250 -180,150 -186,40C-190,-60 -120,-160 0,-170Z" fill="#7a1826"/></g>
${scarf}
${hat}`,
  ),
);

writePack({
  id: 'starry-night',
  title: 'Starry night',
  description: 'Your face in thick strokes under a turning sky, in straw hat and scarf.',
  layers: [
    ['sky', 'behind', false, skySheet],
    ['land', 'behind', false, landSheet],
    ['head', 'behind', true, head],
    ['hat', 'front', true, hood],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 1, line: 0.4, light: 1, tint: 0.45, shadow: '#2a3a6e', highlight: '#ffe9a0' } }],
});
