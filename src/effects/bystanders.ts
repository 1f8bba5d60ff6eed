import type { Face } from '../faces/face.ts';
import type { Params } from '../templates/params.ts';
import type { Photo } from './effect.ts';
import { headEllipse } from './ellipse.ts';
import { opaqueCopy } from './raster/picture.ts';
import { veilHead } from './veil.ts';

/** Softened, not in cells: the picture is of somebody else. */
const veil = { style: 'blur', strength: 70 } as const;

/**
 * The photo as an effect may see it: where the client asks for it, everybody who was not chosen is made unrecognisable first, also those whose faces are not
 * good enough for the effect. Where a chosen head is in front, it stays whole.
 * @returns the same photo where there is nothing to hide
 */
export function withoutBystanders(photo: Photo, params: Params): Photo {
  if (!('bystanders' in params) || params.bystanders === 'keep') return photo;
  const { faces, others = [], picture } = photo;
  const chosen = params.faces === 'all' ? faces : params.faces.flatMap((index) => faces[index] ?? []);
  const hidden: readonly Face[] = [...faces.filter((face) => !chosen.includes(face)), ...others];
  if (hidden.length === 0) return photo;
  const result = opaqueCopy(picture);
  const spared = chosen.map(headEllipse);
  for (const face of hidden) veilHead(result, headEllipse(face), veil, undefined, spared);
  return { ...photo, picture: result };
}
