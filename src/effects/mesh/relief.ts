import type { Face } from '../../faces/face.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Relief } from '../../templates/kinds/mesh.ts';
import type { Art } from '../raster/art.ts';
import { smoothstep } from '../raster/picture.ts';
import { soften } from '../raster/soften.ts';
import { findStrokes } from '../toon/lines.ts';
import { headForm } from './head.ts';
import { fineFactor, refined, type Stage, setStage, skinLight, stageFactor } from './stage.ts';

const { exp, hypot, max, min, sqrt } = Math;

/** From here on light is held back, so that the stone never burns out. */
const bright = 0.88;
const room = 0.18;

/** The person carved in stone: the mesh gives the form of the face, the photo every line the chisel follows. */
export function carve(picture: Pixels, face: Face, look: Relief, stone: Art, frame: Art): Pixels {
  const stage = setStage(picture, face, look.size, look.place);
  const { heights, hollows } = heightsOf(stage, look);
  const shade = shadeOf(heights, hollows, stage, look);
  return printStone(shade, stage, stone, frame, look);
}

/** How far each pixel of the fine plane stands out of the ground, and how far out of its surroundings; pixels of that plane. */
function heightsOf(stage: Stage, look: Relief): { heights: Float32Array; hollows: Float32Array } {
  const { width, height, length, light, matte, seen, fine } = stage;
  const form = headForm(stage);
  const skin = skinLight(stage, form.inside);
  const body = new Float32Array(width * height);
  for (let i = 0; i < body.length; i++) {
    const shown = seen[i] ?? 0;
    body[i] = max(form.inside[i] ?? 0, shown * smoothstep(0.3, 0.75, matte[i] ?? 0) + (1 - shown) * (form.usual[i] ?? 0));
  }
  soften(body, width, height, max(0.7, 0.012 * length));
  // The fold beside a mouth, the shadow of a lip: what is darker than its wider surroundings. Dark hair beside a face is more than a fold.
  const near = soften(light.slice(), width, height, max(0.7, 0.012 * length));
  const far = soften(light.slice(), width, height, 0.05 * length);
  const gain = (look.detail * length) / skin / 100;
  const limit = 0.3 * skin;
  const cut = new Float32Array(body.length);
  for (let i = 0; i < body.length; i++) {
    const share = body[i] ?? 0;
    const gate = share * share * (form.possible[i] ?? 0) * (seen[i] ?? 0);
    const fold = max(-limit, min(limit, (far[i] ?? 0) - (near[i] ?? 0)));
    const out = look.depth * share * (0.08 * length * (form.possible[i] ?? 0) + (form.depth[i] ?? 0));
    body[i] = (out - 0.55 * gain * fold * gate) * finer;
    // Lines are cut deeper in hair than in skin.
    cut[i] = gain * gate * (3.4 - 1.4 * (form.inside[i] ?? 0)) * finer;
  }
  const heights = refined(stage, body);
  const deep = refined(stage, cut);
  const surroundings = refined(stage, soften(body, width, height, 0.05 * length));
  const { strokes } = findStrokes(fine.data, fine.width, fine.height, 5, 6);
  for (let i = 0; i < heights.length; i++) {
    const out = (heights[i] ?? 0) - (deep[i] ?? 0) * (strokes[i] ?? 0);
    heights[i] = out;
    surroundings[i] = out - (surroundings[i] ?? 0);
  }
  return { heights, hollows: surroundings };
}

/** Pixels of the fine plane to one of the stage. */
const finer = stageFactor / fineFactor;

/** Light on the relief, about 0.86 on the flat ground. */
function shadeOf(heights: Float32Array, hollows: Float32Array, { fine: { width, height }, length }: Stage, look: Relief): Float32Array {
  const [x, y, z] = look.light;
  const size = hypot(x, y, z);
  for (let row = 0; row < height; row++) {
    const above = max(row - 1, 0) * width;
    const below = min(row + 1, height - 1) * width;
    shadeRow(heights, hollows, row * width, above, below, width, x / size, y / size, z / size, 1.6 / (0.12 * length * finer));
  }
  return hollows;
}

/** @param hollows becomes the light */
function shadeRow(
  heights: Float32Array,
  hollows: Float32Array,
  begin: number,
  above: number,
  below: number,
  width: number,
  lx: number,
  ly: number,
  lz: number,
  sky: number,
): void {
  const flat = 1 / (0.25 + 0.75 * lz);
  for (let x = 0, i = begin; x < width; x++, i++) {
    const nx = ((heights[x > 0 ? i - 1 : i] ?? 0) - (heights[x < width - 1 ? i + 1 : i] ?? 0)) / 2;
    const ny = ((heights[above + x] ?? 0) - (heights[below + x] ?? 0)) / 2;
    const turned = (nx * lx + ny * ly + lz) / sqrt(nx * nx + ny * ny + 1);
    // Marble lets light in: what is turned away is not black. Hollows get less of the sky.
    const direct = turned > -1 / 3 ? (0.25 + 0.75 * turned) * flat : 0;
    const open = sky * (hollows[i] ?? 0);
    const hollow = open < -0.35 ? -0.35 : open > 0.12 ? 0.12 : open;
    const glint = turned > 0.93 ? 2.2 * (turned - 0.93) : 0;
    const light = 0.28 + 0.58 * direct + hollow + glint;
    hollows[i] = light > bright ? bright + room * (1 - exp((bright - light) / room)) : light;
  }
}

function printStone(shade: Float32Array, { fine }: Stage, stone: Art, frame: Art, look: Relief): Pixels {
  const { width, height } = look.size;
  const data = new Uint8ClampedArray(width * height * 3);
  const line = new Float32Array(fine.width + 1);
  for (let y = 0; y < height; y++) {
    const v = max(0, min(fine.height - 1, (y + 0.5) / fineFactor - 0.5));
    const above = (v | 0) * fine.width;
    const below = min((v | 0) + 1, fine.height - 1) * fine.width;
    const dv = v - (v | 0);
    for (let x = 0; x < fine.width; x++) line[x] = (shade[above + x] ?? 0) * (1 - dv) + (shade[below + x] ?? 0) * dv;
    line[fine.width] = line[fine.width - 1] ?? 0;
    printRow(data, y * width, width, line, stone.data, frame.data);
  }
  return { width, height, channels: 3, data };
}

function printRow(
  data: Uint8ClampedArray,
  begin: number,
  width: number,
  line: Float32Array,
  stone: Uint8ClampedArray,
  frame: Uint8ClampedArray,
): void {
  for (let x = 0, to = begin * 3, at = begin * 4; x < width; x++, to += 3, at += 4) {
    const over = frame[at + 3] ?? 0;
    if (over === 255) {
      data[to] = frame[at] ?? 0;
      data[to + 1] = frame[at + 1] ?? 0;
      data[to + 2] = frame[at + 2] ?? 0;
      continue;
    }
    const rest = 1 - over / 255;
    const u = x === 0 ? 0 : (x + 0.5) / fineFactor - 0.5;
    const i = u | 0;
    const light = (line[i] ?? 0) + (u - i) * ((line[i + 1] ?? 0) - (line[i] ?? 0));
    // Shadows in marble are warm, for the light that has gone through the stone.
    const dark = light < 1 ? 1 - light : 0;
    data[to] = (frame[at] ?? 0) + rest * (stone[at] ?? 0) * (light + 0.1 * dark);
    data[to + 1] = (frame[at + 1] ?? 0) + rest * (stone[at + 1] ?? 0) * (light + 0.035 * dark);
    data[to + 2] = (frame[at + 2] ?? 0) + rest * (stone[at + 2] ?? 0) * light;
  }
}
