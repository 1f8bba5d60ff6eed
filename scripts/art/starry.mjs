// A night of brush strokes: a sky that turns, a cypress, a village, a straw hat and a scarf. The face gets the strokes too.
import { blurs, chance, linear, n, polar, sheet } from './draw.mjs';
import { along, drawFace, faceDefs, looks, opening, standing } from './face.mjs';
import { writePack } from './pack.mjs';

const at = { cx: 540, cy: 625, scale: 1.84 };

/** Strokes of one colour are one path: the brush is loaded once. */
function canvas(width, opacity = 1) {
  const colours = new Map();
  return {
    stroke(colour, x, y, angle, length, bend = 0) {
      const [u, v] = polar(0, 0, length / 2, angle);
      const [bx, by] = polar(0, 0, bend, angle + Math.PI / 2);
      const d = `M${n(x - u)},${n(y - v)}Q${n(x + bx)},${n(y + by)} ${n(x + u)},${n(y + v)}`;
      colours.set(colour, (colours.get(colour) ?? '') + d);
    },
    svg: () =>
      `<g fill="none" stroke-width="${width}" stroke-linecap="round"${opacity < 1 ? ` opacity="${opacity}"` : ''}>\n${[...colours].map(([colour, d]) => `<path stroke="${colour}" d="${d}"/>`).join('\n')}\n</g>`,
  };
}

const pick = (list, share) => list[Math.min(list.length - 1, Math.max(0, Math.floor(share * list.length)))];

/** Whirls the sky turns about: x, y, radius, sense. */
const whirls = [
  [150, 360, 180, 1],
  [905, 540, 160, -1],
  [560, 60, 130, 1],
];
/** Stars: x, y, radius. */
const stars = [
  [930, 150, 92],
  [90, 110, 52],
  [390, 80, 40],
  [720, 90, 44],
  [1030, 330, 40],
  [205, 620, 36],
  [985, 720, 34],
];
const blues = ['#0e2566', '#15388a', '#1d57ad', '#2f7fc8', '#5ba9dc', '#9fd2e6'];
const golds = ['#e89a1c', '#f7bf2e', '#ffdc5a', '#fff0a0', '#fffbe0'];

function direction(x, y) {
  let dx = 1;
  let dy = 0.16 * Math.sin(x / 130);
  for (const [wx, wy, r, sense] of whirls) {
    const [ex, ey] = [x - wx, y - wy];
    const far = Math.hypot(ex, ey) / r;
    const pull = (3.4 * Math.exp(-far * far * 0.8)) / (Math.hypot(ex, ey) + 1);
    dx += -ey * sense * pull;
    dy += ex * sense * pull;
  }
  return Math.atan2(dy, dx);
}

const sky = (() => {
  const some = chance(77);
  const paint = canvas(13);
  for (let y = -10; y < 960; y += 22) {
    for (let x = -20; x < 1100; x += 42) {
      const [px, py] = [x + some(-16, 16), y + some(-9, 9)];
      let light = 0.3 + 0.3 * (py / 960) + some(-0.2, 0.2);
      for (const [wx, wy, r] of whirls) {
        const far = Math.hypot(px - wx, py - wy);
        if (far < r * 1.3) light = 0.42 + 0.36 * Math.sin(far / 19) + some(-0.1, 0.1);
      }
      paint.stroke(pick(blues, light), px, py, direction(px, py), some(40, 62), some(-4, 4));
    }
  }
  return paint.svg();
})();

const glow = (() => {
  const some = chance(78);
  const paint = canvas(9);
  for (const [x, y, r] of stars) {
    for (let ring = r; ring > 3; ring -= 10) {
      const count = Math.max(3, Math.round((ring * 2 * Math.PI) / 26));
      for (let i = 0; i < count; i++) {
        const angle = (i / count) * Math.PI * 2 + some(0, 0.3);
        const [px, py] = polar(x, y, ring, angle);
        const share = 1 - ring / r;
        paint.stroke(
          share < 0.3 ? pick(['#9fd2c8', '#d9e08a'], some()) : pick(golds, share - 0.1),
          px,
          py,
          angle + Math.PI / 2,
          some(18, 28),
          -3,
        );
      }
    }
  }
  return paint.svg();
})();

const land = (() => {
  const some = chance(79);
  const paint = canvas(13);
  for (let y = 880; y < 1360; y += 17) {
    for (let x = -20; x < 1100; x += 36) {
      const depth = (y - 880) / 480;
      const slope = 0.35 * Math.cos(x / 150 + depth * 2);
      const green = ['#10305c', '#1a4f74', '#1f6f6c', '#3f8f5c', '#7fae4e'];
      paint.stroke(
        pick(green, 0.2 + 0.4 * some() + 0.3 * Math.sin(x / 90 + y / 40)),
        x + some(-14, 14),
        y + 30 * Math.sin(x / 160),
        slope,
        some(30, 50),
        some(-4, 4),
      );
    }
  }
  return paint.svg();
})();

const cypress = (() => {
  const some = chance(80);
  const paint = canvas(12);
  for (let i = 0; i < 210; i++) {
    const t = some();
    const half = 96 * Math.sin(Math.min(1, t * 1.15) * Math.PI * 0.62 + 0.06) * (0.4 + 0.6 * t);
    const side = some(-1, 1);
    const x = 66 + side * half + 14 * Math.sin(t * 9);
    const colour = pick(['#071b26', '#0c2f30', '#14503c', '#2a6b3c', '#5a7a34'], 0.5 - side * 0.25 + some(-0.3, 0.2));
    paint.stroke(colour, x, 430 + t * 940, -Math.PI / 2 + side * 0.22 + 0.25 * Math.sin(t * 12), some(50, 86), side * 10);
  }
  return paint.svg();
})();

const house = (x, y, w, h) =>
  `<g transform="translate(${x},${y})" stroke="#0b1a44" stroke-width="5" stroke-linejoin="round"><path d="M0,0L${w},0L${w},${h}L0,${h}Z" fill="#2a5a94"/><path d="M-8,0L${w / 2},${-h * 0.7}L${w + 8},0Z" fill="#a8542c"/><rect x="${w * 0.3}" y="${h * 0.3}" width="${w * 0.22}" height="${h * 0.34}" fill="#ffdc5a"/></g>`;

const coat = (() => {
  const some = chance(81);
  const paint = canvas(15);
  for (let i = 0; i < 440; i++) {
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
  const rows = [92, 78, 64, 50, 38, 26, 14, 3];
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
    `<g clip-path="url(#hole)">${skinStrokes}<path d="${opening(6, -79, [3, 8])}" fill="none" stroke="#2a1838" stroke-width="22" opacity=".42" filter="url(#b5)"/></g>
<g clip-path="url(#ring)"><path d="M0,-170C120,-160 190,-60 186,40C180,150 120,250 0,250C-120,250 -180,150 -186,40C-190,-60 -120,-160 0,-170Z" fill="#7a1826"/></g>
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
  faces: [{ at, reach: 0.3, rendering: { paint: 1, line: 0.4, light: 0.9, tint: 0.45, shadow: '#2a3a6e', highlight: '#ffe9a0' } }],
});
