import type { Face, Point } from '../faces/face.ts';
import type { Pixels } from '../image/pixels.ts';
import { Problem } from '../problems.ts';
import type { ParamsOf } from '../templates/params.ts';
import type { Kind, TemplateOf } from '../templates/template.ts';
import type { BakedFile } from './raster/baked.ts';
import type { Mask } from './raster/picture.ts';

/** An upright picture and the faces found in it, left to right. An effect reads it and never changes it. */
export interface Photo {
  readonly picture: Pixels;
  /** Faces that are good enough for the effect. */
  readonly faces: readonly Face[];
  /** Faces that are not. The effect leaves them alone, but they are people: `bystanders: "conceal"` covers them too. */
  readonly others?: readonly Face[];
}

/** What an effect did to one face. */
export interface Touch {
  /** Every pixel that differs from the base lies in here. For a fusion it is the mask M of the measures: where the user's face was laid. */
  readonly mask: Mask;
  /** 68 points where the features should be found again in the result; left out where no face should be found (a cover, a drawing). */
  readonly landmarks?: readonly Point[];
}

/** Writes x and y of a place to `out`: it is asked a hundred thousand times a picture, and a point for each would keep the garbage collector busy. */
export type Rest = (x: number, y: number, out: Float64Array) => void;

/** What an effect made, and what has to be known to judge it. */
export interface Made {
  /** Three channels. */
  readonly picture: Pixels;
  /**
   * The same picture without the effect (the photo, the scene alone): outside the touches nothing differs. Left out where all is drawn anew.
   * Like `picture` it is overwritten once the job is over, unless it is `lasting`.
   */
  readonly base?: Pixels;
  /** The base shows nobody, and the next job needs it. */
  readonly lasting?: true;
  /** Where a place of the result lies in the base, if the effect moves parts of the base about. */
  readonly rest?: Rest;
  readonly touches: readonly Touch[];
  /** What only the effect itself can measure, by the names of `Mayfly-Quality`; lower-case letters and hyphens. */
  readonly measures: Readonly<Record<string, number>>;
}

/** An art file and a size it is used at. */
export interface ArtUse {
  readonly name: string;
  readonly width: number;
  readonly height: number;
}

/** What each kind implements (table: apply.ts). */
export interface Effect<K extends Kind> {
  /**
   * The same input gives the same bytes; photos are not changed.
   * @param photos in slot order
   * @throws Problem `no-face`, `invalid-params`, `malformed-request`
   */
  apply(template: TemplateOf<K>, params: ParamsOf<K>, photos: readonly Photo[]): Promise<Made>;
  /** Every drawing of a pack at every size the effect asks for: the build draws them ahead. */
  art(template: TemplateOf<K>): readonly ArtUse[];
  /** What the build makes ahead in place of the drawings, where the effect has a better form for them. */
  bake?(template: TemplateOf<K>): Promise<readonly BakedFile[]>;
  /** Reads what is needed whatever the photo shows; where the effect has such things, they are kept. */
  prepare?(template: TemplateOf<K>): Promise<void>;
}

/** The photo of an effect that works on one. */
export function onlyPhoto(photos: readonly Photo[]): Photo {
  const [photo, ...more] = photos;
  if (photo === undefined || more.length > 0)
    throw new Problem('malformed-request', `This template takes one photo but received ${photos.length}`);
  return photo;
}

/** The mean of some landmarks. */
export function meanPoint(landmarks: readonly Point[], indexes: readonly number[]): Point {
  let x = 0;
  let y = 0;
  for (const index of indexes) {
    const point = landmarks[index] ?? [0, 0];
    x += point[0];
    y += point[1];
  }
  return [x / indexes.length, y / indexes.length];
}

/** Centres of the eyes, the one on the picture's left first. */
export function eyes(landmarks: readonly Point[]): readonly [left: Point, right: Point] {
  return [meanPoint(landmarks, [36, 37, 38, 39, 40, 41]), meanPoint(landmarks, [42, 43, 44, 45, 46, 47])];
}
