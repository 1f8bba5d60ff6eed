import type { AvatarSpec } from '../spec.ts';
import type { Head } from './head.ts';
import { short } from './path.ts';

/** Frames as one path of strokes, and the lenses as a path to be filled. */
export function shapeGlasses(
  { glasses }: AvatarSpec,
  { eyes, eye, width, chin }: Head,
): { readonly frame: string; readonly lenses: string } | undefined {
  if (glasses === 'none') return undefined;
  const lens = Math.min(eyes * 0.9, eye * 1.5);
  const y = eye * 0.1;
  const lenses = [-1, 1]
    .map((side) => (glasses === 'round' ? round(side * eyes, y, lens * 0.93) : square(side * eyes, y, lens, lens * 0.76)))
    .join('');
  const bridge = eyes - lens * (glasses === 'round' ? 0.93 : 1);
  const arm = eyes + lens * (glasses === 'round' ? 0.92 : 1);
  const frame = `${lenses}M${short(-bridge)} ${short(y - 4)}Q0 ${short(y - 4 - lens * 0.22)} ${short(bridge)} ${short(y - 4)}${[-1, 1]
    .map((side) => `M${short(side * arm)} ${short(y - lens * 0.2)}L${short(side * width * 1.0)} ${short(y - chin * 0.06)}`)
    .join('')}`;
  return { frame, lenses };
}

function round(x: number, y: number, r: number): string {
  const [left, top, radius] = [short(x - r), short(y), short(r)];
  return `M${left} ${top}a${radius} ${radius} 0 1 1 ${short(2 * r)} 0a${radius} ${radius} 0 1 1 ${short(-2 * r)} 0Z`;
}

/** A rectangle with round corners. */
function square(x: number, y: number, halfWidth: number, halfHeight: number): string {
  const r = halfHeight * 0.45;
  const [w, h] = [halfWidth - r, halfHeight - r];
  const arc = (dx: number, dy: number): string => `a${short(r)} ${short(r)} 0 0 1 ${short(dx)} ${short(dy)}`;
  return `M${short(x - w)} ${short(y - halfHeight)}h${short(2 * w)}${arc(r, r)}v${short(2 * h)}${arc(-r, r)}h${short(-2 * w)}${arc(-r, -r)}v${short(-2 * h)}${arc(r, -r)}Z`;
}
