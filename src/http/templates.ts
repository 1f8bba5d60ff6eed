import { Router } from 'express';
import { Problem } from '../problems.ts';
import { previewPath } from '../templates/load.ts';
import { describeTemplate } from '../templates/params.ts';
import type { Template } from '../templates/template.ts';
import type { Door } from './door.ts';

/** `GET /v1/templates…`: public. */
export function templateRoutes(door: Door): Router {
  const find = (id: string): Template => {
    const template = door.templates.find((each) => each.id === id);
    if (template === undefined) throw new Problem('unknown-template');
    return template;
  };
  return Router()
    .get('/v1/templates', (_request, response) => {
      response.json({ templates: door.templates.map(describeTemplate) });
    })
    .get('/v1/templates/:id', (request, response) => {
      response.json(describeTemplate(find(request.params.id)));
    })
    .get('/v1/templates/:id/preview', (request, response, next) => {
      response.sendFile(previewPath(find(request.params.id)), { maxAge: '1h' }, (error) => {
        if (error && !response.headersSent)
          next(new Problem('unknown-page', 'This template has no preview; `mayfly templates preview` makes one'));
      });
    });
}
