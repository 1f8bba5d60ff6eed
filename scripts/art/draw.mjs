// What the scenes are drawn with: numbers, chance, curves, gradients. Everything returns SVG text, the same text every time.

/** One decimal is a tenth of a pixel: more would be bytes and no picture. */
export const n = (value) => String(Math.round(value * 10) / 10);

/** Chance that is the same every time (mulberry32). @returns a function that gives 0 to 1, or `low` to `high` */
export function chance(seed) {
  let state = seed >>> 0;
  return (low = 0, high = 1) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return low + ((high - low) * ((mixed ^ (mixed >>> 14)) >>> 0)) / 4294967296;
  };
}

export const times = (count, draw) => Array.from({ length: count }, (_, i) => draw(i)).join('\n');

export const polar = (cx, cy, rx, angle, ry = rx) => [cx + rx * Math.cos(angle), cy + ry * Math.sin(angle)];

/** A colour between two. */
export function mix(one, other, share) {
  const part = (hex, i) => Number.parseInt(hex.slice(i, i + 2), 16);
  const mixed = [1, 3, 5].map((i) => Math.round(part(one, i) * (1 - share) + part(other, i) * share));
  return `#${mixed.map((v) => v.toString(16).padStart(2, '0')).join('')}`;
}

/** A closed (or open) Catmull-Rom curve through points, as cubic Béziers. */
export function curve(points, closed = true) {
  const count = points.length;
  const at = (i) => points[closed ? (i + count) % count : Math.min(Math.max(i, 0), count - 1)];
  const parts = [`M${n(points[0][0])},${n(points[0][1])}`];
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [a, b, c, d] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    const handles = [b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6, c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6];
    parts.push(`C${handles.map(n).join(',')},${n(c[0])},${n(c[1])}`);
  }
  return parts.join('') + (closed ? 'Z' : '');
}

/** A tuft, petal or leaf from its root to its tip, bowed to one side by `bow`. */
export function blade([x, y], [tx, ty], width, bow = 0, belly = 0.4) {
  const [dx, dy] = [tx - x, ty - y];
  const length = Math.hypot(dx, dy) || 1;
  const [ox, oy] = [-dy / length, dx / length];
  const on = (along, across) => `${n(x + dx * along + ox * across)},${n(y + dy * along + oy * across)}`;
  const side = (sign) => `${on(belly * 0.6, sign * width * 0.62 + bow * 0.6)} ${on(belly + 0.3, sign * width * 0.5 + bow)}`;
  const back = `${on(belly + 0.3, -width * 0.5 + bow)} ${on(belly * 0.6, -width * 0.62 + bow * 0.6)}`;
  return `M${on(0, width * 0.3)}C${side(1)} ${on(1, 0)}C${back} ${on(0, -width * 0.3)}Z`;
}

/** A hair that is pointed at both ends, bowed to one side by `bow`. */
export function hair([x, y], [tx, ty], width, bow = 0) {
  const [dx, dy] = [tx - x, ty - y];
  const length = Math.hypot(dx, dy) || 1;
  const middle = (across) => `${n(x + dx / 2 - (dy / length) * across)},${n(y + dy / 2 + (dx / length) * across)}`;
  return `M${n(x)},${n(y)}Q${middle(bow + width)} ${n(tx)},${n(ty)}Q${middle(bow - width)} ${n(x)},${n(y)}Z`;
}

const stop = ([offset, colour, opacity]) =>
  `<stop offset="${offset}" stop-color="${colour}"${opacity === undefined ? '' : ` stop-opacity="${opacity}"`}/>`;

/** @param stops [offset, colour, opacity?] */
export function linear(id, [x1, y1, x2, y2], ...stops) {
  return `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}">${stops.map(stop).join('')}</linearGradient>`;
}

/** @param stops [offset, colour, opacity?] */
export function radial(id, [cx, cy, r], ...stops) {
  return `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${cx}" cy="${cy}" r="${r}">${stops.map(stop).join('')}</radialGradient>`;
}

/** Blurs b2, b4 … of these standard deviations. Colours are blurred as they are: to convert them to linear light and back would cost as much again. */
export function blurs(...deviations) {
  return deviations
    .map(
      (d) =>
        `<filter id="b${d}" x="-40%" y="-40%" width="180%" height="180%" color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${d}"/></filter>`,
    )
    .join('\n');
}

/** Fine grain of paper, canvas or stone in one colour, over all of a layer. */
export function grain(id, frequency, colour, amount, seed = 3) {
  const [r, g, b] = [1, 3, 5].map((i) => n(Number.parseInt(colour.slice(i, i + 2), 16) / 255));
  return (
    `<filter id="${id}" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="2" seed="${seed}"/>` +
    `<feColorMatrix values="0 0 0 0 ${r}  0 0 0 0 ${g}  0 0 0 0 ${b}  0 ${amount} 0 0 ${n(-amount / 2)}"/></filter>`
  );
}

/** A document of the usual size. */
export const sheet = (defs, body, width = 1080, height = 1350) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">\n<defs>\n${defs}\n</defs>\n${body}\n</svg>\n`;
