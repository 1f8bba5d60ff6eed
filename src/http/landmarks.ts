import { Router } from 'express';
import { Problem } from '../problems.ts';
import type { Door } from './door.ts';
import { photoRoute } from './photo-route.ts';

/** `POST /v1/landmarks`: the faces of a photo as numbers. */
export function landmarkRoutes(door: Door): Router {
  return Router().post(
    '/v1/landmarks',
    photoRoute(door, (request, fields, photos) => {
      if (fields.template !== undefined || fields.params !== undefined)
        throw new Problem('malformed-request', 'Landmarks take no template');
      if (photos !== undefined && photos > 1) throw new Problem('malformed-request', 'Landmarks are found in one image at a time');
      const scheme = request.query.scheme ?? 'ibug-68';
      if (scheme !== 'ibug-68' && scheme !== 'mesh-468') throw new Problem('invalid-params', 'Expected a scheme of ibug-68 or mesh-468');
      return { kind: 'landmarks', scheme };
    }),
  );
}
