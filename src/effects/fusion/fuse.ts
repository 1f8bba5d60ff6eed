import type { Face, Point } from '../../faces/face.ts';
import { interocular } from '../../faces/landmarks.ts';
import { meshOf } from '../../faces/mesh.ts';
import { landmarksOf } from '../../faces/sixty-eight.ts';
import type { Pixels } from '../../image/pixels.ts';
import type { Rendering } from '../../templates/kinds/fusion.ts';
import type { Rgb } from '../raster/colour.ts';
import { areaAround } from '../raster/picture.ts';
import { aim } from './aim.ts';
import { addOutline, type Bend, setFeatures } from './bend.ts';
import { at, type Coarse, coarseOf, meshed } from './coarse.ts';
import type { Laid } from './compose.ts';
import { graininess, lackOfGrain } from './grain.ts';
import { makeKeen } from './keen.ts';
import { formOf, likenessOf } from './likeness.ts';
import { matchFall } from './match.ts';
import { type Plan, plan as places, planFace, planned, toneOf } from './plan.ts';
import { renderFace } from './render.ts';
import { frameOf, type Scene, type SlotScene } from './scene.ts';
import { closeSeam } from './seam.ts';
import { readSkin } from './skin.ts';
import { columns } from './slot.ts';
import { sourceOf } from './source.ts';
import { findStray } from './stray.ts';
import { warp } from './warp.ts';

const { max } = Math;

/** What became of one face. */
export interface Fused {
  readonly laid: Laid;
  /** 68 points where the features are to be found in the result. */
  readonly landmarks: readonly Point[];
  /** Triangles turned over. */
  readonly tearing: number;
  /** Cells of what is laid that the photo does not show, neither here nor on the other side of the face. */
  readonly outside: number;
}

/**
 * Makes one face ready for its slot, and lets the scene bend around it.
 * @param bend of the scene; what this face does is added
 * @param strength @param shape 0 to 1
 */
export function fuse(
  scene: Scene,
  { slot, face: drawn, tint: tinted }: SlotScene,
  rendering: Rendering,
  photo: Pixels,
  face: Face,
  strength: number,
  shape: number,
  bend: Bend,
): Fused {
  const mesh = meshOf(face);
  const { mesh: target, moves, tearing } = aim(slot, mesh, strength, shape);
  const { xs, ys } = columns(target);
  const area = areaAround(xs, ys, 2, scene.whole.width, scene.whole.height);
  const source = sourceOf(photo, mesh, target);
  const sheet = warp(source, xs, ys, slot.order, area);
  const coarse = coarseOf(sheet, xs, ys, slot.rest, source.inside, slot.order);
  addOutline(bend, slot, moves);
  setFeatures(bend, coarse, area);
  const skin = readSkin(coarse);
  const plan = planFace(coarse, skin, findStray(coarse, skin), drawn, rendering, likenessOf(drawn.form, formOf(coarse, skin)));
  const tone = toneOf(skin, drawn, rendering);
  const tint = [tone[0] / max(1, drawn.tone[0]), tone[1] / max(1, drawn.tone[1]), tone[2] / max(1, drawn.tone[2])] as const;
  matchFall(plan, coarse, skin, drawn);
  closeSeam(plan, coarse, skin, drawn, tint);
  const part = (factor: number): number => 1 + strength * (factor - 1);
  const warmth = max(0.05, (drawn.tone[0] - drawn.tone[2]) / max(1, drawn.tone[0]));
  const data = renderFace(sheet, plan, rendering, {
    tint: tinted,
    grain: drawn.grain,
    grainy: plan.drawn ? 0 : lackOfGrain(drawn.graininess, (graininess(coarse, skin) * luma(drawn.tone)) / max(1, luma(skin.tone))),
  });
  const landmarks = landmarksOf(target);
  makeKeen(data, area, plan, coarse, scene, target, interocular(landmarks), strength);
  const laid: Laid = {
    area,
    data,
    strength,
    dye: rendering.skin === 1 ? undefined : { factors: [part(tint[0]), part(tint[1]), part(tint[2])], strength, warmth },
    frame: frameOf(slot, scene.whole.width, scene.whole.height),
  };
  return { laid, landmarks, tearing, outside: cellsOutside(plan, coarse) };
}

function cellsOutside(plan: Plan, { mesh }: Coarse): number {
  let count = 0;
  for (let i = 0; i < plan.width * plan.height; i++) {
    if ((plan.data[i * planned + places.share] ?? 0) > 0.02 && (mesh[i * meshed + at.inside] ?? 0) < 0.5) count++;
  }
  return count;
}

function luma([r, g, b]: Rgb): number {
  return 0.3 * r + 0.59 * g + 0.11 * b;
}
