// Rolled curls, as wigs and statues wear them: they cover the hair line and the ears.
import { n, polar } from './draw.mjs';
import { along } from './shape.mjs';

export const curlFill = ([lit, middle, deep]) =>
  `<radialGradient id="curl" cx=".36" cy=".32" r=".8"><stop offset="0" stop-color="${lit}"/><stop offset=".5" stop-color="${middle}"/><stop offset="1" stop-color="${deep}"/></radialGradient>`;

const curl = (x, y, r, turn, { line, shine }) =>
  `<g transform="translate(${n(x)},${n(y)}) rotate(${n(turn)}) scale(${n(r / 10)})"><circle r="11" fill="${line}" opacity=".55" cx="1.5" cy="2.5"/><circle r="10.5" fill="url(#curl)"/><path d="M-8,5A9.5,9.5 0 1 1 8,5A7,7 0 1 1 -5,-3A4.5,4.5 0 1 1 3,2" fill="none" stroke="${line}" stroke-width="1.5" opacity=".75"/><path d="M-8,-3A8.6,8.6 0 0 1 3,-8M-4,-2A5,5 0 0 1 1,-5" fill="none" stroke="${shine}" stroke-width="1.3" stroke-linecap="round" opacity=".8"/></g>`;

/**
 * Rows of curls around a face, the outer ones first so that the inner ones lie over them.
 * @param rows [how many, how far out, radius] @param keep which places have one, by their height and how far out they are
 */
export const curlRows = (rows, keep, tones) =>
  rows
    .map(([count, out, size]) =>
      along(count)
        .map(({ x, y, angle }) => [...polar(x, y, out, angle), angle])
        .filter(([, y]) => keep(y, out))
        .map(([x, y, angle]) => curl(x, y, size, (angle * 180) / Math.PI + 90, tones))
        .join('\n'),
    )
    .join('\n');
