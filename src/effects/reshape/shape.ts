import { meshMirrored } from '../../faces/mean-face.ts';
import { type Shape, shapeAmounts } from '../../templates/kinds/reshape.ts';
import { type Head, meanOf, reference } from '../head.ts';
import { clamp } from '../raster/picture.ts';
import { normals } from '../skin.ts';
import { type Brush, brushes } from './amounts.ts';
import { evenOut } from './neighbours.ts';

/** What a template does to the shape of a face, at full strength. */
export interface ShapePlan {
  readonly shape: Shape;
  readonly exaggerate: number;
}

/** How often an exaggeration is evened out: features go on, the quiver of single points does not. */
const rounds = 8;

/** Points seen from the side move less when a face is exaggerated: where they lie is known least, and beside them is what must stand still. */
function certainty(index: number, { turn }: Head): number {
  const out = normals();
  const [x, y, z] = [out[3 * index] ?? 0, out[3 * index + 1] ?? 0, out[3 * index + 2] ?? 0];
  return clamp(1.8 * (turn[2][0] * x + turn[2][1] * y + turn[2][2] * z), 0.25, 1);
}

/**
 * How far each point of a face is moved, head units: what the amounts ask for and what sets the face apart from the mean once more.
 * @param head of the person
 * @param strength 0 to 1; the result grows in proportion
 */
export function displacementOf(head: Head, { shape, exaggerate }: ShapePlan, strength: number): Float32Array {
  const face = head.upright();
  const out = new Float32Array(face.length);
  if (exaggerate > 0) {
    for (let i = 0; i < face.length; i += 3) {
      const share = exaggerate * strength * certainty(i / 3, head);
      for (let k = i; k < i + 3; k++) out[k] = share * ((face[k] ?? 0) - (reference[k] ?? 0));
    }
    evenOut(out, rounds);
  }
  for (const name of shapeAmounts) {
    const amount = shape[name] * strength;
    if (amount === 0) continue;
    for (const brush of brushes[name]) {
      press(out, face, brush, amount, false);
      if (brush.pair) press(out, face, brush, amount, true);
    }
  }
  return out;
}

/** Adds what one brush does. */
function press(
  out: Float32Array,
  face: Float32Array,
  { at, off = [0, 0], reach, stretch = [0, 0], move = [0, 0, 0] }: Brush,
  amount: number,
  mirrored: boolean,
): void {
  const side = mirrored ? -1 : 1;
  const [mx, my] = meanOf(face, mirrored ? at.map((index) => meshMirrored[index] ?? index) : at);
  const cx = mx + side * off[0];
  const cy = my + off[1];
  for (let i = 0; i < face.length; i += 3) {
    const x = (face[i] ?? 0) - cx;
    const y = (face[i + 1] ?? 0) - cy;
    const away = (x / reach[0]) ** 2 + (y / reach[1]) ** 2;
    if (away >= 1) continue;
    const share = amount * (1 - away) ** 2;
    out[i] = (out[i] ?? 0) + share * (stretch[0] * x + side * move[0]);
    out[i + 1] = (out[i + 1] ?? 0) + share * (stretch[1] * y + move[1]);
    out[i + 2] = (out[i + 2] ?? 0) + share * move[2];
  }
}
