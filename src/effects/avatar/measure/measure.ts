import type { Face } from '../../../faces/face.ts';
import { meshOf } from '../../../faces/mesh.ts';
import type { Pixels } from '../../../image/pixels.ts';
import type { AvatarSpec } from '../spec.ts';
import { measureBeard } from './beard.ts';
import { measureClothes } from './clothes.ts';
import { faceEdge } from './face-edge.ts';
import { measureBrows, measureEyes, measureMouth } from './features.ts';
import { eyesOf, frontalOf } from './frontal.ts';
import { measureGlasses } from './glasses.ts';
import { measureHair } from './hair.ts';
import { scanForehead } from './hairline.ts';
import { type FacePoints, facePoints } from './points.ts';
import { type Proportions, proportionsOf } from './proportions.ts';
import { cutSheet, frameOf, type Sheet } from './sheet.ts';
import { measureSkin, skinsOf } from './skin.ts';

/** What is looked at closely, and what is only looked over: pixels for one distance of the eyes, and how far around (in the same unit). */
const close = { density: 48, region: { left: -1.15, top: -1, right: 1.15, bottom: 1.95 } } as const;
const wide = { density: 18, region: { left: -2.3, top: -2.4, right: 2.3, bottom: 4.2 } } as const;

/**
 * Measures a face into a spec. Shapes come from the mesh turned to the front, colours from the photo brought upright and to one size, so that roll,
 * size and a little more or less light do not change the answer.
 */
export function measureFace(picture: Pixels, face: Face): AvatarSpec {
  const mesh = meshOf(face);
  const shape = proportionsOf(frontalOf(mesh));
  const frame = frameOf(eyesOf(mesh));
  const points = facePoints(mesh, frame);
  const near = cutSheet(picture, frame, close.region, close.density);
  const around = cutSheet(picture, frame, wide.region, wide.density);
  const spec = read(near, around, points, shape, face.pose.yaw);
  near.lab.fill(0);
  around.lab.fill(0);
  return spec;
}

function read(near: Sheet, around: Sheet, points: FacePoints, shape: Proportions, yaw: number): AvatarSpec {
  const { seen: skin, tone, correction } = measureSkin(near, points);
  const edge = faceEdge(points);
  const rays = scanForehead(around, points, skin);
  const { hair, mask } = measureHair(around, edge, rays, yaw, [skin, ...skinsOf(near, points)], correction);
  const clothes = measureClothes(around, edge, mask, skin, correction);
  const { bright, colour } = measureMouth(near, points, skin);
  return {
    skin: tone,
    outline: shape.outline,
    hair,
    brows: { ...shape.brows, ...measureBrows(near, points, correction, hair) },
    eyes: { ...shape.eyes, ...measureEyes(near, points, skin, correction) },
    nose: shape.nose,
    mouth: { ...shape.mouth, colour, shows: shape.mouth.shows === 'teeth' && !bright ? 'lips' : shape.mouth.shows },
    beard: measureBeard(near, points),
    glasses: measureGlasses(near, points),
    ...(clothes === undefined ? {} : { clothes }),
  };
}
