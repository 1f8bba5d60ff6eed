import { Router } from 'express';
import { z } from 'zod';
import { type OutputType, outputTypes, type Task } from '../jobs/task.ts';
import { Problem } from '../problems.ts';
import { parseParams } from '../templates/params.ts';
import type { Template } from '../templates/template.ts';
import type { Door } from './door.ts';
import { photoRoute } from './photo-route.ts';

/** `POST /v1/effects`: one upload, one template, one picture. */
export function effectRoutes(door: Door): Router {
  const templates = new Map(door.templates.map((template) => [template.id, template]));
  return Router().post(
    '/v1/effects',
    photoRoute(door, (request, fields, photos): Task => {
      const template = find(templates, fields.template);
      if (photos !== undefined && photos > template.slots) {
        throw new Problem('invalid-params', `The template ${template.id} takes at most ${template.slots} images`, {
          value: photos,
          limit: template.slots,
        });
      }
      const params = z.record(z.string(), z.unknown()).parse(parseParams(template, parseJson(fields.params)));
      const mediaType: OutputType = outputTypes.find((type) => type === request.accepts([...outputTypes])) ?? 'image/jpeg';
      return { kind: 'effect', template: template.id, params, mediaType };
    }),
  );
}

function find(templates: ReadonlyMap<string, Template>, id: string | undefined): Template {
  if (id === undefined) throw new Problem('malformed-request', 'Expected the id of a template in "template"');
  const template = templates.get(id);
  if (template === undefined) throw new Problem('unknown-template', 'GET /v1/templates lists the templates');
  return template;
}

function parseJson(text: string | undefined): unknown {
  if (text === undefined || text === '') return {};
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem('invalid-params', 'Expected JSON in "params"');
  }
}
