import { spawnSync } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { startBackend } from '../../../src/faces/face-api/backend.ts';
import { createFaceApiDetector } from '../../../src/faces/face-api/detector.ts';
import { tf } from '../../../src/faces/face-api/tensorflow.ts';
import { decode } from '../../../src/image/decode.ts';
import { detectorContract } from '../../contract/detector.ts';
import { sample } from '../../image/samples.ts';

// On whatever backend this machine has; the rest on the one that every machine has.
describe('face-api', () => detectorContract(() => createFaceApiDetector()));

describe('what is left behind', () => {
  test('no tensor after a photo, none after closing', async () => {
    await startBackend('wasm');
    const before = tf.memory().numTensors;
    const detector = await createFaceApiDetector({ backend: 'wasm' });
    const picture = await decode(sample(5), { maxPixels: 50_000_000, maxSide: 1080 });
    const idle = tf.memory().numTensors;
    expect(idle).toBeGreaterThan(before);
    for (let i = 0; i < 3; i += 1) {
      expect((await detector.detect(picture)).length).toBeGreaterThan(0);
      expect(tf.memory().numTensors).toBe(idle);
    }
    await detector.close();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('nothing on the console, and no handler on the process: it ends by its own errors', () => {
    const module = new URL('../../../src/faces/face-api/detector.js', import.meta.url);
    const script = `
      const { createFaceApiDetector } = await import(${JSON.stringify(module.href)});
      const detector = await createFaceApiDetector({ backend: 'wasm' });
      await detector.detect({ width: 64, height: 64, channels: 3, data: new Uint8ClampedArray(64 * 64 * 3) });
      await detector.close();
      process.exitCode = 10 * process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
    `;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
  });
});
