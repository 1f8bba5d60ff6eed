import type { Face } from '../../faces/face.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Hologram } from '../../templates/kinds/mesh.ts';
import type { Art } from '../raster/art.ts';
import { fromHex } from '../raster/colour.ts';
import { resample } from '../raster/enlarge.ts';
import { smoothstep } from '../raster/picture.ts';
import { soften } from '../raster/soften.ts';
import { findStrokes } from '../toon/lines.ts';
import { type HeadForm, headForm } from './head.ts';
import { fineFactor, refined, type Stage, setStage, skinLight, stageFactor } from './stage.ts';
import { wiresOf } from './wires.ts';

const { exp, max, min, sin } = Math;

/** The person as light: scan lines that bend over the mesh, its triangles as fine wires, and a glow around both. */
export function project(picture: Pixels, face: Face, look: Hologram, backdrop: Art): Pixels {
  const stage = setStage(picture, face, look.size, look.place);
  const form = headForm(stage);
  const glow = glowOf(stage, form, look);
  const halo = soften(
    resample({ ...stage.fine, data: glow }, stage.width, stage.height, finer).data,
    stage.width,
    stage.height,
    0.04 * stage.length,
  );
  const beam: Beam = {
    width: stage.fine.width,
    glow,
    halo: refined(stage, halo),
    depth: refined(stage, form.depth),
    wires: wiresOf(stage, look.size.width, look.size.height),
    profile: Float32Array.from({ length: 64 }, (_, i) => 0.3 + 0.95 * exp(-(((i + 0.5) / 64 - 0.5) ** 2) / 0.035)),
  };
  return shine(beam, stage, look, backdrop);
}

/** Pixels of the fine plane to one of the stage. */
const finer = stageFactor / fineFactor;

interface Beam {
  readonly width: number;
  readonly glow: Float32Array;
  readonly halo: Float32Array;
  /** Pixels of the stage. */
  readonly depth: Float32Array;
  /** Of the whole picture. */
  readonly wires: Float32Array;
  /** The light across one scan line. */
  readonly profile: Float32Array;
}

/** How bright each fine pixel shines, 0 to 1.3: the photo's own light, its lines sharpened, for the person alone. */
function glowOf(stage: Stage, { inside, possible }: HeadForm, look: Hologram): Float32Array {
  const { width, height, matte, seen, fine } = stage;
  const person = new Float32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const low = 1 - smoothstep(look.fade.from, look.fade.to, stageFactor * y);
    for (let x = 0; x < width; x++, i++) {
      person[i] = max(inside[i] ?? 0, (possible[i] ?? 0) * smoothstep(0.35, 0.85, matte[i] ?? 0)) * (seen[i] ?? 0) * low;
    }
  }
  const out = refined(stage, person);
  const each = 1 / skinLight(stage, inside);
  const { strokes } = findStrokes(fine.data, fine.width, fine.height, 4, 5);
  for (let i = 0; i < out.length; i++) {
    const share = out[i] ?? 0;
    if (share === 0) continue;
    const lit = 0.1 + 0.62 * smoothstep(0.3, 1.4, (fine.data[i] ?? 0) * each) - 11 * each * (strokes[i] ?? 0);
    out[i] = share * (lit < 0.03 ? 0.03 : lit > 1.3 ? 1.3 : lit);
  }
  return out;
}

/** Everything added up as light: the halo, the scan lines in three slightly parted colours, the wires. */
function shine(beam: Beam, { fine }: Stage, look: Hologram, backdrop: Art): Pixels {
  const { width, height } = look.size;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y++)
    shineRow(data, y, min(fine.height - 1, (y / fineFactor) | 0) * fine.width, slipOf(y / height) * look.slip, beam, look, backdrop.data);
  return { width, height, channels: 3, data };
}

function shineRow(
  data: Uint8ClampedArray,
  y: number,
  row: number,
  slip: number,
  beam: Beam,
  look: Hologram,
  backdrop: Uint8ClampedArray,
): void {
  const { glow, halo, depth, wires, profile } = beam;
  const { width } = look.size;
  const [red, green, blue] = fromHex(look.colour);
  const [wireRed, wireGreen, wireBlue] = fromHex(look.wire.colour);
  const apart = max(1, (look.apart / fineFactor) | 0);
  const last = beam.width - 1 - apart;
  const perLine = 64 / look.line;
  const bend = look.bend * stageFactor;
  for (let x = 0, at = y * width; x < width; x++, at++) {
    const u = ((x + slip) / fineFactor) | 0;
    const i = row + (u < apart ? apart : u > last ? last : u);
    const around = 0.5 * (halo[i] ?? 0);
    let r = around;
    let g = around;
    let b = around;
    let wire = 0;
    const here = glow[i] ?? 0;
    if (here <= 0.01 && around < 0.004) {
      data[3 * at] = backdrop[4 * at] ?? 0;
      data[3 * at + 1] = backdrop[4 * at + 1] ?? 0;
      data[3 * at + 2] = backdrop[4 * at + 2] ?? 0;
      continue;
    }
    if (here > 0.01) {
      const line = profile[((y - bend * (depth[i] ?? 0)) * perLine + 65536) & 63] ?? 0;
      r += line * (glow[i - apart] ?? 0);
      g += line * here;
      b += line * (glow[i + apart] ?? 0);
      wire = look.wire.share * (wires[at] ?? 0) * (0.35 + 0.65 * (here < 1 ? here : 1));
    }
    // The brightest light turns white.
    data[3 * at] = (backdrop[4 * at] ?? 0) + r * red + 90 * r * r * r + wire * wireRed;
    data[3 * at + 1] = (backdrop[4 * at + 1] ?? 0) + g * green + 60 * g * g * g + wire * wireGreen;
    data[3 * at + 2] = (backdrop[4 * at + 2] ?? 0) + b * blue + wire * wireBlue;
  }
}

/** Now and then a band of lines slips sideways, as in every projection of the films. */
function slipOf(share: number): number {
  const wave = sin(share * 61) * sin(share * 23 + 1);
  return wave > 0.8 ? 1 : wave < -0.86 ? -1 : 0;
}
