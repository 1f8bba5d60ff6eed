// A sunflower that has found its sun: yellow on blue, morning light from the left, leaves for shoulders.
import { blade, blurs, chance, linear, mix, n, polar, radial, sheet, times } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 515, scale: 2 };
/** Middle of the disc in the coordinates of the face. */
const middle = [0, 30];

const cloud = (x, y, s, shade) => `<g transform="translate(${x},${y}) scale(${s})">
<path d="M-170,40C-210,40 -210,-10 -166,-14C-160,-66 -92,-76 -70,-38C-50,-90 40,-92 56,-36C90,-60 140,-40 134,0C184,0 184,44 150,44Z" fill="${shade}"/>
<path d="M-160,26C-190,20 -186,-8 -156,-8C-150,-56 -92,-64 -72,-26C-48,-78 32,-80 46,-24C82,-48 124,-32 118,4C60,-10 -20,30 -160,26Z" fill="#fff"/></g>`;

const bloom = (x, y, s, colour, heart) =>
  `<g transform="translate(${n(x)},${n(y)}) scale(${n(s)},${n(s * 0.72)})">${[0, 1, 2, 3, 4].map((i) => `<ellipse cx="${n(11 * Math.cos(i * 1.257))}" cy="${n(11 * Math.sin(i * 1.257))}" rx="9" ry="9" fill="${colour}"/>`).join('')}<circle r="6" fill="${heart}"/></g>`;

const meadow = (() => {
  const some = chance(5);
  const colours = [
    ['#ff6f61', '#3b1a2a'],
    ['#ffffff', '#ffc83d'],
    ['#c084f5', '#ffe27a'],
    ['#ff9ecb', '#fff2b0'],
  ];
  const blooms = times(74, (i) => {
    const depth = i / 74;
    const [colour, heart] = colours[Math.floor(some(0, 4))];
    return bloom(some(-20, 1100), 990 + depth * 330 + some(-12, 12), 0.34 + depth * 1.1, mix(colour, '#8fd0c0', 0.45 * (1 - depth)), heart);
  });
  const grass = times(90, () => {
    const [x, y] = [some(-20, 1100), some(1060, 1370)];
    return `<path d="${blade([x, y + 40], [x + some(-26, 26), y - some(40, 110)], 9)}" opacity="${n(some(0.4, 0.9))}"/>`;
  });
  return `
<path d="M-10,900C180,820 330,880 520,850C760,810 920,880 1090,830L1090,1360L-10,1360Z" fill="#7cc7b8"/>
<path d="M-10,950C140,900 300,960 520,910C760,860 930,960 1090,900L1090,1360L-10,1360Z" fill="#79c46e"/>
<path d="M-10,1010C200,950 420,1040 640,985C820,940 980,1010 1090,985L1090,1360L-10,1360Z" fill="url(#grass)"/>
<g fill="#2f8f4a">${grass}</g>${blooms}`;
})();

/** A leaf with its veins; it lies as an arm would. */
const leaf = (side) => `<g transform="translate(540,1165) scale(${side},1)">
<path d="M0,70C60,-20 190,-90 330,-70C410,-60 470,-20 520,20C470,120 360,190 230,180C120,172 40,140 0,70Z" fill="#123d2c" opacity=".35" transform="translate(6,26)" filter="url(#b12)"/>
<path d="M0,70C60,-20 190,-90 330,-70C410,-60 470,-20 520,20C470,120 360,190 230,180C120,172 40,140 0,70Z" fill="url(#${side < 0 ? 'lit' : 'leaf'})"/>
<path d="M0,70C140,20 330,10 520,20C470,120 360,190 230,180C120,172 40,140 0,70Z" fill="#0e5a3a" opacity=".38"/>
<path d="M0,70C150,20 330,8 516,20" fill="none" stroke="#d8f2a0" stroke-width="7" opacity=".75"/>
<g fill="none" stroke="#d8f2a0" stroke-width="3.500" opacity=".5"><path d="M90,45C130,0 180,-40 230,-62M190,24C240,-10 290,-40 340,-56M300,14C350,-10 390,-30 430,-36M110,40C150,90 190,130 240,160M220,20C260,70 310,110 350,140M330,14C370,50 400,80 440,90"/></g></g>`;

const scene = sheet(
  `${blurs(4, 12, 40)}
${linear('sky', [0, 0, 0, 1000], [0, '#2f8fe8'], [0.45, '#7cc8f8'], [0.8, '#d6f1ee'], [1, '#fff3c8'])}
${radial('sun', [90, 60, 820], [0, '#fffef2', 1], [0.14, '#fff8dc', 0.9], [0.5, '#f2fbff', 0.35], [1, '#e6f6ff', 0])}
${linear('grass', [0, 960, 0, 1350], [0, '#8fd05c'], [0.5, '#4fae52'], [1, '#1f7a48'])}
${linear('leaf', [0, -80, 300, 190], [0, '#8fd45e'], [0.5, '#3d9c4c'], [1, '#16603c'])}
${linear('lit', [0, -80, 300, 190], [0, '#d2f07a'], [0.5, '#62b94f'], [1, '#1f7a44'])}
${linear('stem', [490, 0, 590, 0], [0, '#c4e87a'], [0.4, '#5aad4a'], [1, '#17623c'])}`,
  `<rect width="1080" height="1350" fill="url(#sky)"/><rect width="1080" height="1350" fill="url(#sun)"/>
${cloud(870, 190, 1.15, '#a9d8f4')}${cloud(90, 420, 0.8, '#bfe4f6')}${cloud(1010, 620, 0.9, '#bfe4f6')}${cloud(180, 760, 0.55, '#cdeaf4')}
${meadow}
<path d="M496,880C510,1040 500,1200 486,1370L596,1370C580,1200 576,1040 586,880Z" fill="url(#stem)"/>
${leaf(1)}${leaf(-1)}`,
);

const head = sheet(faceDefs(looks.golden), standing(at, drawFace(looks.golden, { brows: 0.9, lashes: 0.9, blush: 0.6 })));

/** One row of petals; the lit ones look up to the left. */
const petals = (count, from, to, width, turn, tones, seed) => {
  const some = chance(seed);
  return times(count, (i) => {
    const angle = (i / count) * Math.PI * 2 + turn + some(-0.05, 0.05);
    const reach = to * some(0.92, 1.06);
    const root = polar(...middle, from, angle, from * 1.08);
    const tip = polar(...middle, reach, angle + some(-0.05, 0.05));
    const bow = some(-7, 7);
    const shine = 0.5 + 0.5 * Math.cos(angle - Math.PI * 1.25);
    const colour = mix(tones[1], tones[0], shine);
    return (
      `<path d="${blade(root, tip, width, bow)}" fill="${colour}" stroke="${tones[2]}" stroke-width="1.200"/>` +
      `<path d="${blade(root, polar(...middle, from + (reach - from) * 0.62, angle), width * 0.42, bow)}" fill="${tones[2]}" opacity=".42"/>` +
      `<path d="${blade(polar(...middle, from + (reach - from) * 0.3, angle - 0.04), tip, width * 0.2, bow + 5)}" fill="#fff6b8" opacity="${n(0.25 + 0.5 * shine)}"/>`
    );
  });
};

const hole = opening();
const disc = (() => {
  const some = chance(11);
  const florets = times(380, (i) => {
    const radius = Math.sqrt((i + 0.5) / 380);
    const angle = i * 2.39996;
    const [x, y] = polar(...middle, 88 + 56 * radius, angle, 106 + 44 * radius);
    const outer = radius > 0.8 ? mix('#f2a62a', '#ffd65c', some()) : mix('#4a2410', '#a4581c', some() * radius + 0.15);
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(3 + 1.6 * radius)}" fill="${outer}"/>`;
  });
  const inner = along(58)
    .map(({ x, y, angle }, i) => {
      const [u, v] = polar(x, y, 2 + (i % 2) * 3, angle);
      return `<circle cx="${n(u)}" cy="${n(v)}" r="${n(5.6 - (i % 2))}" fill="${i % 2 ? '#8a4616' : '#e89a26'}"/><circle cx="${n(u - 1.2)}" cy="${n(v - 1.4)}" r="1.700" fill="#ffdf85"/>`;
    })
    .join('\n');
  return `<g clip-path="url(#ring)"><ellipse cx="0" cy="30" rx="148" ry="154" fill="url(#heart)"/>
${florets}</g>
<g clip-path="url(#disc)"><path d="M190,-140C140,-40 140,110 60,210L200,210Z" fill="#2c0f14" opacity=".4" filter="url(#b14)"/></g>
<path d="${hole}" fill="none" stroke="#5a2a10" stroke-width="7"/>${inner}`;
})();

const flower = sheet(
  `${blurs(3, 6, 14)}
${radial('heart', [...middle, 154], [0, '#2a1208'], [0.62, '#44200d'], [0.85, '#7a3d12'], [1, '#a8661c'])}
<clipPath id="hole"><path d="${hole}"/></clipPath>
<clipPath id="disc"><path clip-rule="evenodd" d="M-148,30A148,154 0 1 1 148,30A148,154 0 1 1 -148,30Z${hole}"/></clipPath>
<clipPath id="ring"><path clip-rule="evenodd" d="M-400,-400L400,-400L400,400L-400,400Z${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)"><path d="${opening([3, 7])}" fill="none" stroke="#5a2408" stroke-width="20" opacity=".42" filter="url(#b6)"/></g>
<g clip-path="url(#ring)">${petals(20, 128, 270, 64, 0.16, ['#ffc928', '#d97a14', '#9c4a0a'], 31)}
<ellipse cx="4" cy="38" rx="172" ry="176" fill="#6b2e08" opacity=".5" filter="url(#b14)"/>
${petals(20, 118, 236, 60, 0, ['#ffe14a', '#f29a1c', '#b85f0c'], 17)}
<ellipse cx="3" cy="35" rx="158" ry="163" fill="#6b2e08" opacity=".55" filter="url(#b6)"/></g>
${disc}`,
  ),
);

const bee = (x, y, s, turn) => `<g transform="translate(${x},${y}) scale(${s}) rotate(${turn})">
<path d="M-4,-16C-30,-58 -58,-44 -40,-22C-30,-10 -14,-8 -4,-10ZM4,-16C6,-60 42,-60 34,-30C28,-14 14,-8 4,-10Z" fill="#eaf8ff" opacity=".85" stroke="#9cc4d8" stroke-width="1.500"/>
<path d="M-34,2C-30,-22 22,-26 34,0C24,26 -28,26 -34,2Z" fill="#ffc62e"/><path d="M-18,-15C-12,-6 -12,12 -18,18L-8,20C-2,10 -2,-10 -8,-18ZM2,-18C8,-8 8,10 2,20L12,18C18,8 18,-8 12,-16Z" fill="#3a2010"/><circle cx="32" cy="-2" r="12" fill="#3a2010"/><circle cx="36" cy="-5" r="3" fill="#fff"/><path d="M36,-12C40,-22 46,-24 50,-22M40,-9C46,-16 52,-16 56,-12" stroke="#3a2010" stroke-width="2" fill="none"/><path d="M-30,-4C-26,-18 10,-20 24,-10" stroke="#fff3b0" stroke-width="3" fill="none" opacity=".7"/></g>`;

const front = (() => {
  const some = chance(9);
  const tall = times(16, (i) => {
    const x = i % 2 ? some(760, 1100) : some(-20, 320);
    return `<path d="${blade([x, 1380], [x + some(-70, 70), some(1150, 1290)], 20, some(-14, 14))}" fill="${mix('#1a6b40', '#6cc04e', some())}"/>`;
  });
  return sheet(
    '',
    `${tall}
${bloom(80, 1215, 3, '#ff5d52', '#3b1a2a')}${bloom(985, 1240, 2.7, '#ffffff', '#ffc83d')}${bloom(205, 1300, 2.1, '#c084f5', '#ffe27a')}${bloom(860, 1310, 2, '#ff9ecb', '#fff2b0')}${bloom(1060, 1140, 1.7, '#ff7a6a', '#3b1a2a')}
${bee(940, 330, 1.25, -14)}${bee(120, 200, 0.8, 18)}
<path d="M905,372C870,420 930,440 900,480" fill="none" stroke="#fff" stroke-width="4" stroke-dasharray="2 12" stroke-linecap="round"/>
<!-- a ladybird on the leaf -->
<g transform="translate(806,1122) rotate(24) scale(1.1)"><ellipse cx="4" cy="10" rx="30" ry="18" fill="#0c3a28" opacity=".4"/><path d="M-28,6C-26,-24 24,-26 28,6C20,18 -20,18 -28,6Z" fill="#e8362c"/><path d="M0,-18L0,14" stroke="#3a0d10" stroke-width="2.500"/><g fill="#2a0d10"><circle cx="-14" cy="-4" r="4.500"/><circle cx="13" cy="-5" r="4.500"/><circle cx="-8" cy="8" r="3.500"/><circle cx="9" cy="8" r="3.500"/><path d="M26,-4C40,-10 46,4 36,10C30,12 26,8 28,4Z"/></g><path d="M-20,-6C-16,-16 -4,-18 4,-17" stroke="#fff" stroke-width="3" stroke-linecap="round" fill="none" opacity=".8"/></g>`,
  );
})();

writePack({
  id: 'sunflower',
  title: 'Sunflower',
  description: 'Your face in the heart of a sunflower, over a summer meadow with bees.',
  layers: [
    ['meadow', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['flower', 'front', true, flower],
    ['grass', 'front', false, front],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 0.7, line: 0.25, light: 1, tint: 0.25, shadow: '#6b3410', highlight: '#fff0b8' } }],
});
