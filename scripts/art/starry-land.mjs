// The land and the sky behind the portrait of starry.mjs.
import { canvas, pick } from './brush.mjs';
import { chance, polar } from './draw.mjs';

/** Whirls the sky turns about: x, y, radius, sense. */
const whirls = [
  [150, 360, 180, 1],
  [905, 540, 160, -1],
  [560, 60, 130, 1],
];
/** Stars: x, y, radius. */
export const stars = [
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

export const sky = (() => {
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

export const glow = (() => {
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

export const land = (() => {
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

export const cypress = (() => {
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

export const house = (x, y, w, h) =>
  `<g transform="translate(${x},${y})" stroke="#0b1a44" stroke-width="5" stroke-linejoin="round"><path d="M0,0L${w},0L${w},${h}L0,${h}Z" fill="#2a5a94"/><path d="M-8,0L${w / 2},${-h * 0.7}L${w + 8},0Z" fill="#a8542c"/><rect x="${w * 0.3}" y="${h * 0.3}" width="${w * 0.22}" height="${h * 0.34}" fill="#ffdc5a"/></g>`;
