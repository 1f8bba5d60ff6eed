import type { Face } from '../../faces/face.ts';
import { skinTriangles } from '../../faces/mean-face.ts';
import { meshPoint } from '../../faces/mesh.ts';
import { chin } from '../../faces/topology.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Hologram } from '../../templates/kinds/mesh.ts';
import type { Art } from '../raster/art.ts';
import { fromHex } from '../raster/colour.ts';
import { smoothstep } from '../raster/picture.ts';
import { soften } from '../raster/soften.ts';
import { findStrokes } from '../toon/lines.ts';
import { type HeadForm, headForm } from './head.ts';
import { type Stage, setStage, stageFactor } from './stage.ts';

const { abs, exp, floor, max, min, round, sin } = Math;

/** The person as light: scan lines that bend over the mesh, its triangles as fine wires, and a glow around both. */
export function project(picture: Pixels, face: Face, look: Hologram, backdrop: Art): { picture: Pixels; stage: Stage } {
  const stage = setStage(picture, face, look.size, look.place);
  const form = headForm(stage);
  const glow = brightnessOf(stage, form, look);
  const wires = wiresOf(stage, look);
  return { picture: shine(glow, form.depth, wires, stage, look, backdrop), stage };
}

/** How bright each pixel shines, 0 to about 1: the photo's own light, its lines sharpened, for the person alone. */
function brightnessOf(stage: Stage, { depth, inside }: HeadForm, look: Hologram): Float32Array {
  const { width, height, length, mesh, light, matte, seen } = stage;
  let [sum, weight] = [0, 1];
  for (let i = 0; i < light.length; i++) {
    sum += (light[i] ?? 0) * (inside[i] ?? 0);
    weight += inside[i] ?? 0;
  }
  const skin = max(30, sum / weight);
  const { strokes } = findStrokes(light, width, height, 4, 5);
  const [, neck] = meshPoint(mesh, chin);
  const out = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const low = 1 - smoothstep(look.fade.from, look.fade.to, stageFactor * y);
    const body = smoothstep(-0.2, 0.1, (y - neck) / length);
    for (let x = 0; x < width; x++, i++) {
      // What is neither head nor below the chin may be a wall that looks like hair.
      const part = max(body, smoothstep(0.02, 0.2, (depth[i] ?? 0) / length));
      const person = max(inside[i] ?? 0, part * smoothstep(0.35, 0.85, matte[i] ?? 0)) * (seen[i] ?? 0) * low;
      const level = (light[i] ?? 0) / skin;
      const lit = 0.1 + 0.62 * smoothstep(0.3, 1.4, level) - (11 * (strokes[i] ?? 0)) / skin;
      out[i] = person * max(0.03, min(1.3, lit));
    }
  }
  return soften(out, width, height, max(0.5, 0.002 * length));
}

/** The edges of the mesh as thin bright lines, pixels of the whole picture. */
function wiresOf({ mesh }: Stage, { size: { width, height } }: Hologram): Float32Array {
  const out = new Float32Array(width * height);
  const place = (index: number): readonly [number, number, number] => [
    stageFactor * (mesh[3 * index] ?? 0),
    stageFactor * (mesh[3 * index + 1] ?? 0),
    mesh[3 * index + 2] ?? 0,
  ];
  for (let t = 0; t < skinTriangles.length; t++) {
    const a = skinTriangles[t] ?? 0;
    const b = skinTriangles[t % 3 === 2 ? t - 2 : t + 1] ?? 0;
    // Two triangles share each edge and run along it in opposite directions: it is drawn for one of them.
    if (a < b) wire(out, width, height, place(a), place(b));
  }
  return out;
}

/** A line of one pixel, its light shared between the two nearest pixels of each step. */
function wire(out: Float32Array, width: number, height: number, [ax, ay]: readonly number[], [bx, by]: readonly number[]): void {
  const [dx, dy] = [(bx ?? 0) - (ax ?? 0), (by ?? 0) - (ay ?? 0)];
  const steps = max(1, round(max(abs(dx), abs(dy))));
  for (let step = 0; step <= steps; step++) {
    const x = (ax ?? 0) + (dx * step) / steps - 0.5;
    const y = (ay ?? 0) + (dy * step) / steps - 0.5;
    const [x0, y0] = [floor(x), floor(y)];
    if (x0 < 0 || y0 < 0 || x0 >= width - 1 || y0 >= height - 1) continue;
    const i = y0 * width + x0;
    const [other, share] = abs(dx) > abs(dy) ? [i + width, y - y0] : [i + 1, x - x0];
    out[i] = max(out[i] ?? 0, 1 - share);
    out[other] = max(out[other] ?? 0, share);
  }
}

/** Everything added up as light: the glow, the scan lines in three slightly parted colours, the wires. */
function shine(glow: Float32Array, depth: Float32Array, wires: Float32Array, stage: Stage, look: Hologram, backdrop: Art): Pixels {
  const { width, height, length } = stage;
  const { width: columns, height: rows } = look.size;
  const halo = soften(glow.slice(), width, height, 0.04 * length);
  const [red, green, blue] = fromHex(look.colour);
  const [wireRed, wireGreen, wireBlue] = fromHex(look.wire.colour);
  const data = new Uint8ClampedArray(columns * rows * 3);
  const lines = lineProfile();
  const apart = look.apart / stageFactor;
  for (let y = 0, to = 0, at = 0; y < rows; y++) {
    const v = min(height - 1, (y / stageFactor) | 0);
    // Now and then a band of lines slips sideways, as in every projection of the films.
    const slip = look.slip * slipOf(y / rows);
    for (let x = 0; x < columns; x++, to += 3, at += 4) {
      const u = max(apart, min(width - 1 - apart, (x + slip) / stageFactor));
      const i = v * width + (u | 0);
      const here = glow[i] ?? 0;
      let r = backdrop.data[at] ?? 0;
      let g = backdrop.data[at + 1] ?? 0;
      let b = backdrop.data[at + 2] ?? 0;
      const around = 0.5 * (halo[i] ?? 0);
      let [lr, lg, lb] = [around, around, around];
      if (here > 0.01) {
        const phase = ((y - look.bend * stageFactor * (depth[i] ?? 0)) / look.line) % 1;
        const line = 0.3 + 0.95 * (lines[((phase + 1) * 64) & 63] ?? 0);
        lr += line * (glow[i - apart] ?? 0);
        lg += line * here;
        lb += line * (glow[i + apart] ?? 0);
        const mesh = look.wire.share * (wires[y * columns + x] ?? 0) * (0.35 + 0.65 * min(1, here));
        r += mesh * wireRed;
        g += mesh * wireGreen;
        b += mesh * wireBlue;
      }
      // The brightest light turns white.
      data[to] = r + lr * red + 90 * lr * lr * lr;
      data[to + 1] = g + lg * green + 60 * lg * lg * lg;
      data[to + 2] = b + lb * blue;
    }
  }
  return { width: columns, height: rows, channels: 3, data };
}

/** The light across one scan line, for 64 steps. */
function lineProfile(): Float32Array {
  return Float32Array.from({ length: 64 }, (_, i) => exp(-(((i + 0.5) / 64 - 0.5) ** 2) / 0.035));
}

function slipOf(share: number): number {
  const wave = sin(share * 61) * sin(share * 23 + 1);
  return wave > 0.8 ? 1 : wave < -0.86 ? -1 : 0;
}
