import type { Pixels } from '../../image/pixels.ts';
import type { Candidate } from './candidates.ts';
import { type Dense, type DenseNet, frameOf, frameOfMesh } from './dense.ts';
import type { Search } from './search.ts';

/**
 * Three networks must agree that something is a face: the one that found it, the near one from close by, and the mesh's. Numbers from 476 true and 168
 * false candidates on cuts of six photos, many of them enlarged until the weave of a sleeve looks at one: a score from 0.75 was always right; of
 * the others 1.65 keeps all but 4 in 100 of the true ones and 2 of the false.
 */
export const sure = 0.75;
const minEvidence = 1.65;

/** A face larger than this part of the picture cannot be looked at from further away; score and presence must do. */
const largeFace = 0.5;
const minEvidenceOfLarge = 1.2;

/** So much more where the whole picture had to be turned to find anything. */
const suspicion = 0.35;

/** How closely faces are looked at. */
export interface Care {
  /** Only clear evidence counts. */
  readonly suspicious: boolean;
  /** See `DenseNet.study`. */
  readonly twice: boolean;
}

/**
 * Finds the mesh of a candidate as the detector framed it, and then once more as that framed it.
 * @returns undefined where there is no face
 */
export async function confirm(
  search: Search,
  dense: DenseNet,
  picture: Pixels,
  candidate: Candidate,
  { suspicious, twice }: Care,
): Promise<Dense | undefined> {
  const { score, side } = candidate;
  const doubt = suspicious ? suspicion : 0;
  const large = side > largeFace * Math.max(picture.width, picture.height);
  const certain = score >= sure && !suspicious;
  const close = certain || large ? 0 : await search.inspect(picture, candidate);
  if (!certain && !large && score + close + 0.5 < minEvidence + doubt) return undefined;
  const rough = await dense.glance(picture, frameOf(candidate));
  const found = await dense.study(picture, frameOfMesh(rough.mesh), twice);
  if (certain) return found;
  const evident = large ? score + found.presence >= minEvidenceOfLarge + doubt : score + close + found.presence / 2 >= minEvidence + doubt;
  return evident ? found : undefined;
}
