import type { Detector } from '../src/faces/detector.ts';

/**
 * A process of its own that starts one engine and looks at a picture without faces: what a start costs cannot be measured where something already runs.
 * Argument: the engine. Prints [milliseconds, milliseconds of processor time, resident MiB before, after].
 */
const makers: Record<string, () => Promise<Detector>> = {
  mediapipe: async () => (await import('../src/faces/mediapipe/detector.ts')).createMediapipeDetector(),
  'face-api': async () => (await import('../src/faces/face-api/detector.ts')).createFaceApiDetector({ backend: 'wasm' }),
};

const make = makers[process.argv[2] ?? ''];
if (make === undefined) throw new Error(`Expected ${Object.keys(makers).join(' or ')} but received ${process.argv[2]}`);
const resident = () => process.memoryUsage.rss() / 2 ** 20;
const [before, from, used] = [resident(), performance.now(), process.cpuUsage()];
const detector = await make();
const { user, system } = process.cpuUsage(used);
const took = performance.now() - from;
await detector.detect({ width: 1080, height: 720, channels: 3, data: new Uint8ClampedArray(1080 * 720 * 3).fill(120) });
process.stdout.write(JSON.stringify([took, (user + system) / 1000, before, resident()]));
await detector.close();
