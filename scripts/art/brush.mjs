// Pictures made of brush strokes.
import { n, polar } from './draw.mjs';

/** Strokes of one colour are one path: the brush is loaded once. */
export function canvas(width, opacity = 1) {
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

/** The colour at a share of the way through a palette. */
export const pick = (list, share) => list[Math.min(list.length - 1, Math.max(0, Math.floor(share * list.length)))];
