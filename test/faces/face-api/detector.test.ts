import { describe, expect, jest, test } from '@jest/globals';
import { startBackend } from '../../../src/faces/face-api/backend.ts';
import { createFaceApiDetector } from '../../../src/faces/face-api/detector.ts';
import { tf } from '../../../src/faces/face-api/tensorflow.ts';
import { decode } from '../../../src/image/decode.ts';
import { detectorContract } from '../../contract/detector.ts';
import { sample } from '../../image/samples.ts';

const handlers = () => [process.listenerCount('uncaughtException'), process.listenerCount('unhandledRejection')];
const atStart = handlers();

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

  test('nothing on the console, no handler on the process', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) =>
      jest.spyOn(console, level).mockImplementation(() => {}),
    );
    const detector = await createFaceApiDetector({ backend: 'wasm' });
    await detector.detect(await decode(sample(2), { maxPixels: 50_000_000, maxSide: 640 }));
    await detector.close();
    for (const spy of spies) {
      expect(spy).not.toHaveBeenCalled();
      spy.mockRestore();
    }
    expect(handlers()).toEqual(atStart);
  });
});
