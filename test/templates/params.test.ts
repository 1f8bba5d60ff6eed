import { describe, expect, test } from '@jest/globals';
import { Problem } from '../../src/problems.ts';
import { loadTemplates } from '../../src/templates/load.ts';
import { describeTemplate, paramsJsonSchema, parseParams } from '../../src/templates/params.ts';

const reasons = (kind: 'fusion' | 'sticker' | 'conceal', params: unknown): readonly string[] => {
  try {
    parseParams({ kind }, params);
  } catch (error) {
    if (error instanceof Problem && error.code === 'invalid-params') return error.fields.reasons ?? [];
    throw error;
  }
  return [];
};

describe('parameters', () => {
  test('left out, they are the usual ones', () => {
    expect(parseParams({ kind: 'fusion' }, undefined)).toEqual({ strength: 100, shape: 70 });
    expect(parseParams({ kind: 'sticker' }, {})).toEqual({ size: 100, opacity: 100, faces: 'all', bystanders: 'keep' });
    expect(parseParams({ kind: 'conceal' }, {})).toEqual({ style: 'cover', strength: 70, faces: 'all' });
  });

  test('0 and 100 are allowed, what lies beyond is not', () => {
    expect(reasons('fusion', { strength: 0, shape: 100 })).toEqual([]);
    expect(reasons('fusion', { strength: -1, shape: 101 })).toEqual([expect.stringMatching(/^strength/), expect.stringMatching(/^shape/)]);
  });

  test.each([
    ['fusion', { strength: '50' }, 'strength'],
    ['fusion', { strenght: 50 }, 'strenght'],
    ['fusion', { strength: Number.NaN }, 'strength'],
    ['fusion', { faces: [] }, 'faces'],
    ['fusion', { faces: [{ from: 0.5, to: 0 }] }, 'faces.0.from'],
    ['fusion', { faces: [{ from: 0, to: 6 }] }, 'faces.0.to'],
    ['sticker', { faces: [-1] }, 'faces'],
    ['sticker', { size: 1000 }, 'size'],
    ['conceal', { style: 'smear' }, 'style'],
    ['conceal', [], 'params'],
    ['conceal', 'blur', 'params'],
  ] as const)('%s refuses %j and names %s', (kind, params, name) => {
    expect(reasons(kind, params).join()).toContain(name);
  });
});

describe('what the public list says', () => {
  test('every template with its parameters as JSON Schema, no field of them required', async () => {
    for (const template of await loadTemplates('templates')) {
      const { parameters, ...rest } = describeTemplate(template);
      expect(rest).toEqual({
        id: template.id,
        kind: template.kind,
        title: template.title,
        description: template.description,
        slots: template.slots,
        version: template.version,
      });
      expect(parameters).toMatchObject({ type: 'object', additionalProperties: false });
      expect(parameters.required ?? []).toEqual([]);
    }
  });

  test('strength of a fusion is a number from 0 to 100', () => {
    expect(paramsJsonSchema({ kind: 'fusion' }).properties).toMatchObject({
      strength: { type: 'number', minimum: 0, maximum: 100, default: 100 },
    });
  });
});
