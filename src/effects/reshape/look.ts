import type { Pixels } from '../../image/pixels.ts';
import type { Look } from '../../templates/kinds/reshape.ts';
import type { Head } from '../head.ts';
import { fromHex, lightness } from '../raster/colour.ts';
import { smoothLight } from '../raster/guided.ts';
import { type Grid, gridAround } from './field.ts';
import { means } from './means.ts';
import { type Regions, regionsOf } from './regions.ts';
import { hairiness, likeness, type Skin, typicalSkin } from './tone.ts';

const { max, min, round } = Math;

/** What a look does to the colours of the photo, node by node: colour × gain + lift, for red, green and blue. */
export interface Colours {
  readonly grid: Grid;
  readonly gain: Float32Array;
  readonly lift: Float32Array;
  /** How surely each node is skin, times the strength: 0 to 1. */
  readonly skin: Float32Array;
}

/** Nodes for one unit of the head: a lash line is two wide. */
const density = 32;

/** How much light may differ and still be one piece of skin: a variance, of 0 to 1 squared. */
const flat = 0.0035;

/** How much thinner than the face's own the skin's detail becomes where it is wholly evened out: pores stay. */
const thinned = 0.4;

/**
 * Paints a look. All is decided on a small copy of the face, one pixel a node; the photo's fine detail is laid over it again when the colours are
 * applied, so that skin stays skin.
 * @param mesh of the photo
 * @param strength 0 to 1
 */
export function paintLook(picture: Pixels, mesh: Float32Array, head: Head, look: Look, strength: number): Colours {
  const grid = gridAround(mesh, head, picture, 0.1, density);
  const { width, height } = grid;
  const count = width * height;
  const small = means(picture, grid);
  const light = new Float32Array(count);
  for (let i = 0; i < count; i++) light[i] = lightness(small, 3 * i);
  const regions = regionsOf(mesh, grid);
  const skin = regions('skin');
  const typical = typicalSkin(small, light, skin);
  for (let i = 0; i < count; i++) skin[i] = (skin[i] ?? 0) * likeness(small, light, i, typical) * strength;
  const made = small.slice();
  evenOut(made, light, skin, typical, regions, look, width, height);
  for (const { where, dye, on } of coatsOf(look, regions)) {
    for (let i = 0; i < count; i++) {
      const part = where[i] ?? 0;
      if (part === 0) continue;
      const share = part * (on === 'skin' ? (skin[i] ?? 0) : on === 'hair' ? strength * hairiness(light[i] ?? 0, typical) : strength);
      for (let k = 0; k < 3; k++) made[3 * i + k] = (made[3 * i + k] ?? 0) * (1 + share * ((dye[k] ?? 1) - 1));
    }
  }
  const gain = new Float32Array(3 * count).fill(1);
  const lift = new Float32Array(3 * count);
  for (let i = 0; i < 3 * count; i++) {
    const on = skin[(i / 3) | 0] ?? 0;
    const fine = (1 - thinned * look.smooth * on) * (1 + look.detail * on);
    const before = small[i] ?? 0;
    const after = made[i] ?? 0;
    if (fine === 1 && after === before) continue;
    gain[i] = (fine * (after + 4)) / (before + 4);
    lift[i] = after - (gain[i] ?? 1) * before;
  }
  return { grid, gain, lift, skin };
}

/** Evens out the light of the skin, and lifts what lies in shadow under the eyes and where a beard grows to the light of the rest. */
function evenOut(
  made: Float32Array,
  light: Float32Array,
  skin: Float32Array,
  typical: Skin,
  regions: Regions,
  look: Look,
  width: number,
  height: number,
): void {
  const shaven = max(0, -look.beard);
  if (look.smooth === 0 && look.eyes === 0 && shaven === 0) return;
  const even = smoothLight(light, new Float32Array(light.length).fill(flat), width, height, max(2, round(width / 36)));
  const under = regions('under');
  const beard = regions('beard');
  for (let i = 0; i < light.length; i++) {
    const on = skin[i] ?? 0;
    if (on === 0) continue;
    const before = max(1, light[i] ?? 0);
    const level = 1 + look.smooth * on * ((even[i] ?? before) / before - 1);
    const raised = min(0.45, max(0, typical.light / (before * level) - 1));
    const up = on * (look.eyes * (under[i] ?? 0) + shaven * (beard[i] ?? 0));
    const factor = level * (1 + 0.7 * up * raised);
    const pull = on * (0.2 * look.smooth + 0.5 * shaven * (beard[i] ?? 0));
    for (let k = 0; k < 3; k++) {
      const at = 3 * i + k;
      made[at] = factor * ((made[at] ?? 0) * (1 - pull) + (typical.colour[k] ?? 0) * before * pull);
    }
  }
}

/** A colour that is laid over a part of the face: factors on red, green and blue. */
interface Coat {
  readonly where: Float32Array;
  readonly dye: readonly [red: number, green: number, blue: number];
  /** What takes it: skin alone and not what lies before it, hair alone, or everything. */
  readonly on: 'skin' | 'hair' | 'all';
}

function coatsOf({ lips, cheeks, lids, lashes, brows, eyes, contour, beard }: Look, regions: Regions): readonly Coat[] {
  const coats: Coat[] = [];
  if (lips) coats.push({ where: regions('lips'), dye: dyeOf(lips), on: 'all' });
  if (cheeks) coats.push({ where: regions('cheeks'), dye: dyeOf(cheeks), on: 'skin' });
  if (lids) coats.push({ where: regions('lids'), dye: dyeOf(lids), on: 'skin' });
  if (lashes > 0) coats.push({ where: regions('lashes'), dye: grey(lashes, 0.3), on: 'all' });
  if (brows > 0) coats.push({ where: regions('brows'), dye: grey(brows, 0.3), on: 'hair' });
  if (eyes > 0) coats.push({ where: regions('whites'), dye: grey(eyes, 1.2), on: 'all' });
  if (contour > 0) {
    coats.push({ where: regions('shade'), dye: [1 - 0.26 * contour, 1 - 0.3 * contour, 1 - 0.3 * contour], on: 'skin' });
    coats.push({ where: regions('light'), dye: grey(contour, 1.13), on: 'skin' });
  }
  if (beard > 0) coats.push({ where: regions('beard'), dye: [1 - 0.4 * beard, 1 - 0.4 * beard, 1 - 0.36 * beard], on: 'skin' });
  return coats;
}

function grey(amount: number, factor: number): Coat['dye'] {
  const all = 1 + amount * (factor - 1);
  return [all, all, all];
}

/** A glaze: it takes away what the tint lacks beside its brightest channel. */
function dyeOf({ colour, amount }: { readonly colour: string; readonly amount: number }): Coat['dye'] {
  const [red, green, blue] = fromHex(colour);
  const most = max(1, red, green, blue);
  return [1 + amount * (red / most - 1), 1 + amount * (green / most - 1), 1 + amount * (blue / most - 1)];
}
