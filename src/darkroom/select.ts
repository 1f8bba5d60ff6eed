import { admit, judge } from '../faces/limits.ts';
import { Problem } from '../problems.ts';
import type { Params } from '../templates/params.ts';
import type { Template } from '../templates/template.ts';
import type { Found } from './expose.ts';

/**
 * The faces that each photo gives to an effect, judged by what the effect needs. Where the client named faces by number these have to be good
 * enough and all are handed on, so that the numbers stay true; otherwise those that are not good enough are left out.
 * @param found the faces of each photo, left to right
 * @throws Problem one of the refusals, or `invalid-params` for a number that names no face
 */
export function selectFaces(template: Template, params: Params, found: readonly (readonly Found[])[]): readonly (readonly Found[])[] {
  const named = facesNamed(params);
  if (named === undefined) {
    const atLeast = found.length > 1 ? 1 : template.slots;
    return found.map((faces) => admit(faces, template.kind, atLeast));
  }
  const all = found.flat();
  if (all.length === 0) throw new Problem('no-face');
  for (const index of named) {
    const face = all[index];
    if (face === undefined) {
      const reasons = [`faces: there is no face ${index}, ${all.length} found`];
      throw new Problem('invalid-params', 'A face was asked for that is not in the photo', { reasons });
    }
    const problem = judge(face, template.kind);
    if (problem !== undefined) throw problem;
  }
  return found;
}

/** Numbers of the faces that the client chose itself, from the left and over all photos. */
function facesNamed(params: Params): readonly number[] | undefined {
  if ('face' in params) return params.face === undefined ? undefined : [params.face];
  if (!('faces' in params)) return undefined;
  const { faces } = params;
  if (faces === undefined || faces === 'all') return undefined;
  return faces.map((each) => (typeof each === 'number' ? each : each.from));
}
