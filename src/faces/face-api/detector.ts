import { join } from 'node:path';
import type { Pixels } from '../../image/pixels.ts';
import type { Detector } from '../detector.ts';
import type { Box, Face, Point } from '../face.ts';
import { poseOf } from '../pose.ts';
import { locateAll, relocate } from './align.ts';
import { type BackendName, packageFolder, startBackend } from './backend.ts';
import { buildPointsNet, type PointsNet } from './points.ts';
import { search } from './search.ts';
import { buildSsd, type Ssd, ssdSide } from './ssd.ts';
import { openWeights } from './weights.ts';

export interface FaceApiOptions {
  /** Lowest score that counts as a face. At 0.5 the network found 42 of 43 faces of nine group photos and nothing else. */
  readonly minScore?: number;
  /** Leave out to use the native library where it is installed. */
  readonly backend?: BackendName;
}

/** Side of the square that warms up, for 1/16 of the work. */
const warmSide = 128;

/**
 * The engine `face-api`: the networks and weights of @vladmandic/face-api (MIT) on TensorFlow.js. Warm when it resolves.
 * @throws Error when the weights or the backend are missing
 */
export async function createFaceApiDetector({ minScore = 0.5, backend }: FaceApiOptions = {}): Promise<Detector> {
  const root = packageFolder('@vladmandic/face-api');
  if (root === undefined) throw new Error('The package @vladmandic/face-api is not installed');
  const models = join(root, 'model');
  const running = await startBackend(backend);
  const ssd = build(models, 'ssd_mobilenetv1_model', running, buildSsd);
  const net = build(models, 'face_landmark_68_model', running, buildPointsNet);
  warmUp(ssd, net);
  const square = new Float32Array(ssdSide * ssdSide * 3);
  return {
    name: 'face-api',
    schemes: ['ibug-68'],
    async detect(picture) {
      const found = await search(ssd, picture, square, minScore);
      const points = locateAll(
        net,
        picture,
        found.map(({ box }) => box),
      );
      const faces = found.flatMap(({ box, score }, i): Face[] => {
        const landmarks = points[i];
        return landmarks ? [{ box, score, landmarks, pose: poseOf(landmarks) }] : [];
      });
      return faces.sort((a, b) => a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2));
    },
    async locate(picture, near) {
      const landmarks = relocate(net, picture, near);
      return landmarks && { box: boxOf(landmarks), score: 1, landmarks, pose: poseOf(landmarks) };
    },
    async close() {
      ssd.dispose();
      net.dispose();
    },
  };
}

/** What the detector would frame: the points, and a little above the brows. */
function boxOf(points: readonly Point[]): Box {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function build<T>(models: string, network: string, backend: BackendName, make: (weights: ReturnType<typeof openWeights>) => T): T {
  // WebAssembly copies a tensor's values into its own memory at once, the native library only when a kernel first asks for them.
  const weights = openWeights(models, network, backend === 'wasm');
  try {
    return make(weights);
  } finally {
    weights.close();
  }
}

/** Runs every kernel and every loop once: they are compiled and the weights packed before a photo comes. */
function warmUp(ssd: Ssd, net: PointsNet): void {
  const blank: Pixels = { width: warmSide, height: warmSide, channels: 3, data: new Uint8ClampedArray(warmSide * warmSide * 3) };
  locateAll(net, blank, [{ x: 0, y: 0, width: warmSide, height: warmSide }]);
  ssd.find(new Float32Array(warmSide * warmSide * 3), warmSide, 1);
}
