// A fox in a forest of cut paper: layer behind layer, each throws its shadow on the next, a lamp behind them all.
import { blurs, chance, grain, mix, n, polar, radial, sheet } from './draw.mjs';
import { drawFace, faceDefs, looks } from './face.mjs';
import { writePack } from './pack.mjs';
import { along, opening, standing } from './shape.mjs';

const at = { cx: 540, cy: 610, scale: 1.94 };

const cast = (softness) =>
  `<filter id="cast" x="-15%" y="-15%" width="130%" height="130%"><feGaussianBlur stdDeviation="${softness}"/></filter>`;

/** A sheet of paper: its shadow, itself, the light on its cut edge. */
const paper = (d, fill, [dx, dy] = [5, 9], dark = 0.42) =>
  `<path d="${d}" fill="#0a1420" opacity="${dark}" transform="translate(${dx},${dy})" filter="url(#cast)"/>${flat(d, fill)}`;
/** A sheet so far away that its shadow is lost in the light. */
const flat = (d, fill) =>
  `<path d="${d}" fill="${fill}"/><path d="${d}" fill="none" stroke="${mix(fill, '#ffffff', 0.35)}" stroke-width="1.6" opacity=".7"/>`;
/** Leaves overlap, so their edges are left alone. */
const leaves = (d, fill) =>
  `<path d="${d}" fill="#0a1420" opacity=".42" transform="translate(5,9)" filter="url(#cast)"/><path d="${d}" fill="${fill}"/>`;

/** A row of firs on a hill, cut from one sheet. */
function firs(base, height, seed, open) {
  const some = chance(seed);
  const points = ['M-40,1400'];
  for (let x = -30; x < 1110; ) {
    const wide = some(130, 190);
    const middle = x + wide / 2;
    // The trees stand back from the middle, where somebody stands.
    const tall = height * some(0.75, 1.1) * (0.35 + 0.65 * Math.min(1, Math.abs(middle - 540) / open) ** 1.4);
    const foot = base + 30 * Math.sin(x / 130 + seed);
    points.push(`L${n(x)},${n(foot)}`);
    for (let tier = 0; tier < 4; tier++) {
      const half = (wide / 2) * (1 - tier * 0.22);
      const y = foot - (tall * tier) / 4;
      points.push(`L${n(middle - half)},${n(y)}L${n(middle - half * 0.45)},${n(y - tall * 0.14)}`);
    }
    points.push(`L${n(middle)},${n(foot - tall)}`);
    for (let tier = 3; tier >= 0; tier--) {
      const half = (wide / 2) * (1 - tier * 0.22);
      const y = foot - (tall * tier) / 4;
      points.push(`L${n(middle + half * 0.45)},${n(y - tall * 0.14)}L${n(middle + half)},${n(y)}`);
    }
    x += wide * some(0.6, 0.85);
  }
  return `${points.join('')}L1120,1400Z`;
}

/** A frond whose leaves get smaller towards its tip. */
const fern = (x, y, angle, length, bend) => {
  const parts = [];
  for (let i = 1; i < 12; i++) {
    const t = i / 12;
    const [px, py] = polar(x, y, length * t, angle + bend * t);
    for (const side of [-1, 1]) {
      const turn = angle + bend * t * 1.6 + side * 1.0;
      const size = length * 0.3 * (1 - t) ** 0.7 + 6;
      const [tx, ty] = polar(px, py, size, turn);
      const [ax, ay] = polar(px, py, size * 0.55, turn - 0.32);
      const [bx, by] = polar(px, py, size * 0.55, turn + 0.32);
      parts.push(`M${n(px)},${n(py)}Q${n(ax)},${n(ay)} ${n(tx)},${n(ty)}Q${n(bx)},${n(by)} ${n(px)},${n(py)}Z`);
    }
  }
  return parts.join('');
};

/** The edge of a sheet that is cut out around the picture, scalloped like leaves. */
function rim(seed, deep) {
  const some = chance(seed);
  const count = 30;
  const at = (i, out) => polar(540, 650, (600 - deep) * out, (i / count) * Math.PI * 2, (775 - deep) * out).map(n);
  const parts = [`M${at(0, 1)}`];
  for (let i = 0; i < count; i++) parts.push(`Q${at(i + 0.35, some(0.86, 0.93))} ${at(i + 1, i === count - 1 ? 1 : some(0.98, 1.04))}`);
  // Wound the other way than the opening, so that the opening stays open.
  return `M-40,-40V1400H1120V-40Z${parts.join('')}Z`;
}

const cloak = 'M60,1400C80,1200 190,1060 340,990C420,960 660,960 740,990C890,1060 1000,1200 1020,1400Z';
const scene = sheet(
  `${cast(8)}
${radial('lamp', [540, 420, 760], [0, '#fffbe6'], [0.3, '#ffeeb8'], [0.62, '#ffcf8a'], [1, '#f09a72'])}`,
  `<rect width="1080" height="1350" fill="url(#lamp)"/>
${flat('M540,40A330,330 0 1 0 540,700A330,330 0 1 0 540,40Z', '#fff6da')}
${flat('M-40,760C120,640 240,700 380,600C500,540 620,640 760,560C900,500 1000,620 1120,560L1120,1400L-40,1400Z', '#f7b98a')}
${flat(firs(800, 300, 3, 420), '#e58f6e')}
${paper(firs(890, 340, 5, 470), '#b9606a', [4, -4], 0.28)}
${paper(firs(990, 380, 8, 520), '#6f4468', [4, 5], 0.34)}
${paper(firs(1110, 400, 11, 560), '#3c3560', [5, 6], 0.38)}
${paper(rim(21, 30), '#2b2a52')}
${paper('M170,1060C60,1010 20,900 90,800C110,870 150,900 200,910C170,960 180,1020 230,1050ZM90,800C96,830 110,860 132,880L96,886C84,860 82,830 90,800Z', '#f0803c')}
${paper('M90,800C76,826 74,860 84,886L108,868L124,894L140,884C116,862 98,832 90,800Z', '#fff3dc', [2, 3])}
${paper(cloak, '#2c7a72')}
${paper('M200,1400C230,1280 300,1190 400,1130L540,1400Z', '#226660', [4, 6])}${paper('M880,1400C850,1280 780,1190 680,1130L540,1400Z', '#1c5752', [-4, 6])}`,
);

const head = sheet(
  faceDefs(looks.olive),
  standing(at, drawFace(looks.olive, { rim: '#ffb48a', brows: 1.1, lips: 1.06, lashes: 0.6, blush: 0.55 })),
);

const hole = opening();
/** Fur cut in points, from cheek to cheek under the chin. */
const ruff = (out, depth, turns) =>
  along(turns * 2)
    .map(({ x, y, angle }, i) => polar(x, y, i % 2 ? out + depth : out, angle + (i % 2 ? 0.22 * Math.cos(angle) : 0)))
    .map(([x, y], i) => `${i ? 'L' : 'M'}${n(x)},${n(y)}`)
    .join('');

const ear = (side) =>
  `${paper(`M${side * 30},-150C${side * 70},-214 ${side * 112},-250 ${side * 152},-268C${side * 168},-214 ${side * 168},-150 ${side * 150},-84Z`, side < 0 ? '#f58a42' : '#e0702f')}
${paper(`M${side * 74},-160C${side * 96},-200 ${side * 120},-226 ${side * 142},-240C${side * 150},-200 ${side * 148},-156 ${side * 138},-118Z`, '#3a2438', [2, 3])}
${paper(`M${side * 84},-140L${side * 98},-182L${side * 106},-158L${side * 120},-198L${side * 126},-160L${side * 138},-176L${side * 136},-112Z`, '#fff3dc', [1, 2])}`;

const cut = (body) => `<g clip-path="url(#ring)">${body}</g>`;
const hood = sheet(
  `${blurs(5)}
${cast(4)}
<clipPath id="hole"><path d="${hole}"/></clipPath><clipPath id="ring"><path clip-rule="evenodd" d="M-300,-330L300,-330L300,420L-300,420Z${hole}"/></clipPath>`,
  standing(
    at,
    `<g clip-path="url(#hole)"><path d="${opening([4, 9])}" fill="none" stroke="#2a1020" stroke-width="26" opacity=".5" filter="url(#b5)"/></g>
${cut(`${ear(-1)}${ear(1)}
${paper(`${ruff(62, 34, 20)}Z`, '#c9582a')}
${paper('M0,-188C96,-190 160,-132 172,-40C180,30 172,70 190,112C160,112 150,128 146,150C122,146 112,160 104,180C80,172 62,190 40,206C20,192 -20,192 -40,206C-62,190 -80,172 -104,180C-112,160 -122,146 -146,150C-150,128 -160,112 -190,112C-172,70 -180,30 -172,-40C-160,-132 -96,-190 0,-188Z', '#f07a35')}
${paper('M-150,30C-120,90 -100,100 -70,96L70,96C100,100 120,90 150,30C140,120 60,190 0,206C-60,190 -140,120 -150,30Z', '#fff8ea', [2, 3])}
${paper('M-196,20C-170,26 -150,20 -132,0L-90,150L-20,206L-48,196L-62,214L-84,190L-108,204L-118,172L-150,178L-148,140L-186,134L-170,100L-204,78L-180,56Z', '#fff3dc', [3, 5])}
${paper('M196,20C170,26 150,20 132,0L90,150L20,206L48,196L62,214L84,190L108,204L118,172L150,178L148,140L186,134L170,100L204,78L180,56Z', '#f2dfc4', [3, 5])}
${paper('M-126,-6C-130,-80 -84,-122 0,-124C84,-122 130,-80 126,-6L112,-4C112,-60 70,-98 0,-98C-70,-98 -112,-60 -112,-4Z', '#d9622a', [2, 4])}
${paper('M0,-190C26,-170 44,-130 40,-104C28,-90 14,-84 0,-82C-14,-84 -28,-90 -40,-104C-44,-130 -26,-170 0,-190Z', '#f99a4e', [2, 4])}
${paper('M-17,-100C-10,-107 10,-107 17,-100C16,-90 8,-84 0,-82C-8,-84 -16,-90 -17,-100Z', '#2a1a2c', [1, 2])}
<path d="M-11,-99C-6,-102 0,-103 4,-102" stroke="#fff" stroke-width="2.4" stroke-linecap="round" fill="none" opacity=".8"/>
<g fill="none" stroke="#2a1a2c" stroke-width="5" stroke-linecap="round"><path d="M-92,-138Q-76,-122 -58,-134M92,-138Q76,-122 58,-134"/></g>`)}
<path d="${hole}" fill="none" stroke="#ffe9cf" stroke-width="2.4" opacity=".85"/>`,
  ),
);

const some = chance(6);
const front = sheet(
  `${cast(8)}
${grain('fibre', '0.7 0.9', '#3a2a1c', 0.3)}`,
  `${paper(rim(33, 0), '#1a1c3c', [7, 14], 0.5)}
${leaves(fern(60, 1390, -1.2, 420, 0.5) + fern(20, 1390, -0.9, 300, 0.4) + fern(150, 1400, -1.5, 260, -0.4), '#1d5a5c')}
${leaves(fern(1020, 1390, -1.95, 430, -0.5) + fern(1060, 1390, -2.2, 300, -0.4) + fern(930, 1400, -1.6, 260, 0.4), '#174b52')}
${paper('M230,1400L242,1320C214,1326 196,1316 196,1298C204,1256 296,1252 304,1296C306,1316 286,1326 262,1320L274,1400Z', '#fff3dc')}${paper('M196,1298C204,1246 296,1242 304,1296C280,1284 224,1284 196,1298Z', '#e0483c', [2, 4])}
${paper('M820,1400L828,1344C808,1348 796,1340 796,1326C802,1296 870,1294 876,1326C878,1340 862,1348 846,1344L854,1400Z', '#fff3dc')}${paper('M796,1326C802,1290 870,1288 876,1326C858,1316 814,1316 796,1326Z', '#e0483c', [2, 4])}
<g fill="#fff8e0"><circle cx="228" cy="1280" r="7"/><circle cx="254" cy="1270" r="8"/><circle cx="280" cy="1282" r="6"/><circle cx="822" cy="1312" r="5"/><circle cx="846" cy="1308" r="6"/></g>
<g fill="#ffe9a0">${Array.from({ length: 16 }, () => {
    const [x, y] = polar(540, 640, some(430, 520), some(0, Math.PI * 2), some(480, 640));
    return `<circle cx="${n(x)}" cy="${n(y)}" r="${n(some(3, 7))}"/>`;
  }).join('')}</g>
<rect width="1080" height="1350" filter="url(#fibre)" opacity=".35"/>`,
);

writePack({
  id: 'paper-fox',
  title: 'Paper fox',
  description: 'Your face in a fox’s hood, in a forest of cut paper lit from behind.',
  layers: [
    ['forest', 'behind', false, scene],
    ['head', 'behind', true, head],
    ['hood', 'front', true, hood],
    ['ferns', 'front', false, front],
  ],
  faces: [{ at, reach: 0.3, rendering: { paint: 0.85, line: 0.35, light: 1, tint: 0.3, shadow: '#6a2c3c', highlight: '#ffeccc' } }],
});
