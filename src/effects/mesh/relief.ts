import type { Face } from '../../faces/face.ts';
import { meshPoint } from '../../faces/mesh.ts';
import { chin } from '../../faces/topology.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Relief } from '../../templates/kinds/mesh.ts';
import type { Art } from '../raster/art.ts';
import { smoothstep } from '../raster/picture.ts';
import { soften } from '../raster/soften.ts';
import { findStrokes } from '../toon/lines.ts';
import { headForm } from './head.ts';
import { type Stage, setStage, stageFactor } from './stage.ts';

const { exp, hypot, max, min, sqrt } = Math;

/** From here on light is held back, so that the stone never burns out. */
const bright = 0.88;
const room = 0.18;

/** The person carved in stone: the mesh gives the form of the face, the photo every line the chisel follows. */
export function carve(picture: Pixels, face: Face, look: Relief, stone: Art, frame: Art): { picture: Pixels; stage: Stage } {
  const stage = setStage(picture, face, look.size, look.place);
  const heights = heightsOf(stage, look);
  const shade = shadeOf(heights, stage, look);
  return { picture: printStone(shade, stage, stone, frame, look), stage };
}

/** How far each pixel stands out of the ground, pixels of the stage. */
function heightsOf(stage: Stage, look: Relief): Float32Array {
  const { width, height, length, light, matte, seen } = stage;
  const { depth, inside, usual } = headForm(stage);
  const skin = max(30, meanInside(light, inside));
  const { strokes } = findStrokes(light, width, height, 5, 6);
  const coarse = folds(light, width, height, 0.012 * length, 0.05 * length);
  const body = matte.map((share, i) => {
    const shown = seen[i] ?? 0;
    return max(inside[i] ?? 0, shown * smoothstep(0.3, 0.75, share) + (1 - shown) * (usual[i] ?? 0));
  });
  soften(body, width, height, 0.012 * length);
  const gain = (look.detail * length) / skin / 100;
  const [, neck] = meshPoint(stage.mesh, chin);
  for (let i = 0; i < body.length; i++) {
    const share = body[i] ?? 0;
    // What is neither head nor below the chin may be a wall that looks like hair.
    const person = max(smoothstep(0, 0.1 * length, depth[i] ?? 0), smoothstep(-0.2, 0.1, (i / width - neck) / length));
    const limit = 0.3 * skin;
    const line = gain * ((3.4 - 1.4 * (inside[i] ?? 0)) * (strokes[i] ?? 0) + 0.55 * max(-limit, min(limit, coarse[i] ?? 0)));
    body[i] = look.depth * share * (0.08 * person * length + (depth[i] ?? 0)) - line * share * share * person * (seen[i] ?? 0);
  }
  return body;
}

function meanInside(light: Float32Array, inside: Float32Array): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < light.length; i++) {
    sum += (light[i] ?? 0) * (inside[i] ?? 0);
    weight += inside[i] ?? 0;
  }
  return sum / max(1, weight);
}

/** What is darker than its wider surroundings: the folds beside a mouth, the shadow of a lip. */
function folds(light: Float32Array, width: number, height: number, near: number, far: number): Float32Array {
  const small = soften(light.slice(), width, height, near);
  const large = soften(light.slice(), width, height, far);
  for (let i = 0; i < large.length; i++) large[i] = (large[i] ?? 0) - (small[i] ?? 0);
  return large;
}

/** Light on the relief: 1 on the flat ground. */
function shadeOf(heights: Float32Array, { width, height, length }: Stage, look: Relief): Float32Array {
  const [x, y, z] = look.light;
  const size = hypot(x, y, z);
  const [lx, ly, lz] = [x / size, y / size, z / size];
  const wide = soften(heights.slice(), width, height, 0.05 * length);
  const out = new Float32Array(heights.length);
  for (let row = 0, i = 0; row < height; row++) {
    for (let column = 0; column < width; column++, i++) {
      const left = heights[column > 0 ? i - 1 : i] ?? 0;
      const right = heights[column < width - 1 ? i + 1 : i] ?? 0;
      const above = heights[row > 0 ? i - width : i] ?? 0;
      const below = heights[row < height - 1 ? i + width : i] ?? 0;
      const nx = (left - right) / 2;
      const ny = (above - below) / 2;
      const long = sqrt(nx * nx + ny * ny + 1);
      const turned = (nx * lx + ny * ly + lz) / long;
      // Marble lets light in: what is turned away is not black. Hollows get less of the sky.
      const direct = max(0, 0.25 + 0.75 * turned) / (0.25 + 0.75 * lz);
      const hollow = max(-0.35, min(0.12, (1.6 * ((heights[i] ?? 0) - (wide[i] ?? 0))) / (0.12 * length)));
      const glint = max(0, turned - 0.93) * 2.2;
      const light = 0.28 + 0.58 * direct + hollow + glint;
      out[i] = light > bright ? bright + room * (1 - exp((bright - light) / room)) : light;
    }
  }
  return out;
}

function printStone(shade: Float32Array, { width, height }: Stage, stone: Art, frame: Art, look: Relief): Pixels {
  const { width: columns, height: rows } = look.size;
  const data = new Uint8ClampedArray(columns * rows * 3);
  const line = new Float32Array(width + 1);
  for (let y = 0, to = 0, at = 0; y < rows; y++) {
    const v = max(0, min(height - 1, (y + 0.5) / stageFactor - 0.5));
    const above = (v | 0) * width;
    const below = min((v | 0) + 1, height - 1) * width;
    const dv = v - (v | 0);
    for (let x = 0; x < width; x++) line[x] = (shade[above + x] ?? 0) * (1 - dv) + (shade[below + x] ?? 0) * dv;
    line[width] = line[width - 1] ?? 0;
    for (let x = 0; x < columns; x++, to += 3, at += 4) {
      const rest = 1 - (frame.data[at + 3] ?? 0) / 255;
      let light = 0;
      if (rest > 0) {
        const u = max(0, (x + 0.5) / stageFactor - 0.5);
        const i = u | 0;
        light = (line[i] ?? 0) + (u - i) * ((line[i + 1] ?? 0) - (line[i] ?? 0));
      }
      // Shadows in marble are warm, for the light that has gone through the stone.
      const dark = max(0, 1 - light);
      data[to] = (frame.data[at] ?? 0) + rest * (stone.data[at] ?? 0) * (light + 0.1 * dark);
      data[to + 1] = (frame.data[at + 1] ?? 0) + rest * (stone.data[at + 1] ?? 0) * (light + 0.035 * dark);
      data[to + 2] = (frame.data[at + 2] ?? 0) + rest * (stone.data[at + 2] ?? 0) * light;
    }
  }
  return { width: columns, height: rows, channels: 3, data };
}
