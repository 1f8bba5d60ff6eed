import { z } from 'zod';
import { outputTypes } from '../jobs/task.ts';
import { eventNames, eventSchema, stampSchema } from '../ledger/entry.ts';
import { consentSchema } from '../policy/consent.ts';
import { problemCodes, problemFieldsSchema } from '../problems.ts';
import { drillReportSchema, drillStateSchema, drillWaits } from '../supervisor/check-calls.ts';
import { kinds } from '../templates/template.ts';
import { mostEntries, usualEntries } from './ledger.ts';

/** The OpenAPI 3.1 document, made from the schemas that the code itself checks with. */

const point = z.tuple([z.number(), z.number()]);
/** With a depth, smaller towards the viewer. */
const place = z.tuple([z.number(), z.number(), z.number()]);
const box = z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

const landmarks = z.object({
  image: z.object({ width: z.int(), height: z.int() }),
  faces: z.array(
    z.object({
      box,
      score: z.number().min(0).max(1),
      pose: z.object({ yaw: z.number(), pitch: z.number(), roll: z.number() }),
      quality: z.record(z.string(), z.number()),
      landmarks: z.discriminatedUnion('scheme', [
        z.object({ scheme: z.literal('ibug-68'), points: z.array(point).length(68) }),
        z.object({ scheme: z.literal('mesh-468'), points: z.array(place).length(468) }),
      ]),
    }),
  ),
});

const template = z.object({
  id: z.string(),
  kind: z.enum(['fusion', 'sticker', 'conceal']),
  title: z.string(),
  description: z.string(),
  slots: z.int(),
  version: z.int(),
  parameters: z.record(z.string(), z.unknown()).describe('JSON Schema of `params`'),
});

const problem = problemFieldsSchema.extend({
  type: z.string(),
  code: z.enum(problemCodes),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  hint: z.string().describe('What the app may tell its user'),
});

/** An entry as it is read: what happened, and its stamp. */
const entry = z.intersection(eventSchema, stampSchema);
const page = z.object({
  entries: z.array(z.object({ index: z.int().nonnegative(), entry: z.looseObject({}) })),
  next: z.string().optional().describe('The next page; left out behind the last entry. A page may be empty and have a next one.'),
});

const schemaOf = (schema: z.ZodType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (description: string, schema: object) => ({ description, content: { 'application/json': { schema } } });

const faults = { default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': { schema: ref('Problem') } } } };
const binary = { type: 'string', format: 'binary' };
const consentHeader = {
  name: 'Mayfly-Consent',
  in: 'header',
  description: 'Consent as JSON, where it is not a field of the form',
  schema: { type: 'string' },
};

function upload(fields: object): object {
  return {
    required: true,
    content: {
      'multipart/form-data': {
        schema: { type: 'object', required: ['image'], properties: { image: binary, consent: ref('Consent'), ...fields } },
      },
      'image/*': { schema: binary },
    },
  };
}

const query = (name: string, schema: object, required = false) => ({ name, in: 'query', required, schema });
const path = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

const bounds = '2026-11, 2026-11-22, 2026-11-22T08:00:00Z, or the place of an entry; `to` is the end of the month or day';
const file = (description: string, type: string, parameters: readonly object[] = []) => ({
  get: { parameters, responses: { 200: { description, content: { [type]: { schema: { type: 'string' } } } }, ...faults } },
});

export function openApi(): object {
  const picture = Object.fromEntries(outputTypes.map((type) => [type, { schema: binary }]));
  return {
    openapi: '3.1.0',
    info: { title: 'Mayfly', version: '1', description: 'Avatar effects from a server that cannot keep a face.' },
    security: [{ key: [] }],
    paths: {
      '/v1/effects': {
        post: {
          summary: 'One upload, one template, one picture',
          parameters: [query('template', { type: 'string' }), query('params', { type: 'string' }), consentHeader],
          requestBody: upload({ template: { type: 'string' }, params: { type: 'string', description: 'JSON; see the template' } }),
          responses: { 200: { description: 'The picture', content: picture }, ...faults },
        },
      },
      '/v1/landmarks': {
        post: {
          summary: 'The faces of a photo as numbers, left to right',
          parameters: [query('scheme', { enum: ['ibug-68', 'mesh-468'], default: 'ibug-68' }), consentHeader],
          requestBody: upload({}),
          responses: { 200: json('The faces', ref('Landmarks')), ...faults },
        },
      },
      '/v1/templates': {
        get: {
          security: [],
          responses: {
            200: json('All templates', { type: 'object', properties: { templates: { type: 'array', items: ref('Template') } } }),
          },
        },
      },
      '/v1/templates/{id}': {
        get: { security: [], parameters: [path('id')], responses: { 200: json('One template', ref('Template')), ...faults } },
      },
      '/v1/templates/{id}/preview': {
        get: {
          security: [],
          parameters: [path('id')],
          responses: { 200: { description: 'A picture', content: { 'image/png': { schema: binary } } }, ...faults },
        },
      },
      '/v1/receipts/{job}': {
        get: {
          summary: 'The receipt of a job, for the app that sent the photo and for auditors',
          description:
            'Waits up to two seconds for a job that is being closed. The key of the commitments is in the first receipt that the app fetches, and in no other.',
          parameters: [path('job')],
          responses: {
            200: { description: 'c2sp.org/tlog-proof@v1', content: { 'text/plain': { schema: { type: 'string' } } } },
            202: json('Not closed yet; see Retry-After', { type: 'object' }),
            ...faults,
          },
        },
      },
      '/v1/ledger/entries': {
        get: {
          summary: 'Entries of the ledger, oldest first; role auditor',
          parameters: [
            ...['from', 'to'].map((name) => query(name, { type: 'string', description: bounds })),
            query('job', { type: 'string', format: 'uuid' }),
            query('event', { enum: eventNames }),
            query('limit', { type: 'integer', minimum: 1, maximum: mostEntries, default: usualEntries }),
            query('at', { type: 'integer', description: 'Where a page begins, as `next` of the page before says' }),
          ],
          responses: { 200: json('A page', ref('Page')), ...faults },
        },
      },
      '/ledger/checkpoint': file('The signed checkpoint (c2sp.org/tlog-checkpoint); role auditor', 'text/plain'),
      '/ledger/tile/{path}': file('A tile or a bundle of entries (c2sp.org/tlog-tiles); role auditor', 'application/octet-stream', [
        path('path'),
      ]),
      '/ledger/handover/{key}': file('The checkpoint that a key signed when it was replaced; role auditor', 'text/plain', [path('key')]),
      '/ledger/vkey': { get: { ...file('The verifier keys, one a line, newest last', 'text/plain').get, security: [] } },
      '/v1/drills': {
        post: {
          summary: 'Sends a marked photo through the service and looks for it everywhere; role admin',
          parameters: [query('wait', { enum: drillWaits, default: 'now' })],
          responses: {
            200: json('What was found', ref('Drill')),
            202: json('It waits for the end of the generation that saw the photo; GET tells when it is over', { type: 'object' }),
            ...faults,
          },
        },
        get: {
          summary: 'Whether a drill runs, and what the last one found; role admin',
          responses: { 200: json('The drills', schemaOf(drillStateSchema)), ...faults },
        },
      },
      '/privacy': { get: { security: [], responses: { 200: { description: 'The notice as a page', content: { 'text/html': {} } } } } },
      '/v1/notice': { get: { security: [], responses: { 200: json('The notice in force', { type: 'object' }) } } },
      '/readyz': {
        get: {
          security: [],
          responses: { 200: json('A photo can be processed', { type: 'object' }), 503: json('Why not', { type: 'object' }) },
        },
      },
      '/healthz': { get: { security: [], responses: { 200: json('Alive', { type: 'object' }) } } },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Consent: schemaOf(consentSchema),
        Landmarks: schemaOf(landmarks),
        Template: schemaOf(template),
        Page: schemaOf(page),
        Entry: schemaOf(entry),
        Drill: schemaOf(drillReportSchema),
        Problem: schemaOf(problem),
        ...Object.fromEntries(Object.entries(kinds).map(([kind, { params }]) => [`Params.${kind}`, schemaOf(params)])),
      },
    },
  };
}
