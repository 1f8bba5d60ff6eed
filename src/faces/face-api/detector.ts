import { join } from 'node:path';
import type { Pixels } from '../../image/pixels.ts';
import { resize } from '../../image/resize.ts';
import type { Detector } from '../detector.ts';
import type { Box, Face } from '../face.ts';
import { poseOf } from '../pose.ts';
import { locateAll } from './align.ts';
import { type BackendName, packageFolder, startBackend } from './backend.ts';
import { buildPointsNet, type PointsNet } from './points.ts';
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
    async detect(picture) {
      const scale = await fill(square, picture);
      const found = ssd.find(square, ssdSide, minScore);
      const boxes = found.map(
        ({ box }): Box => ({ x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale }),
      );
      const points = locateAll(net, picture, boxes);
      square.fill(0);
      return found
        .flatMap(({ score }, i): Face[] => {
          const [box, landmarks] = [boxes[i], points[i]];
          return box && landmarks ? [{ box, score, landmarks, pose: poseOf(landmarks) }] : [];
        })
        .sort((a, b) => a.box.x + a.box.width / 2 - (b.box.x + b.box.width / 2));
    },
    async close() {
      ssd.dispose();
      net.dispose();
    },
  };
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

/**
 * Puts the picture, shrunk by libvips, into the upper left corner of the square that the SSD sees.
 * @returns how many pixels of the picture the whole side is
 */
async function fill(square: Float32Array, picture: Pixels): Promise<number> {
  const longer = Math.max(picture.width, picture.height);
  const side = (length: number) => Math.max(1, Math.round((length * ssdSide) / longer));
  const small = await resize(picture, side(picture.width), side(picture.height));
  square.fill(0);
  for (let y = 0; y < small.height; y += 1) {
    for (let x = 0; x < small.width; x += 1) {
      const from = (y * small.width + x) * small.channels;
      const to = (y * ssdSide + x) * 3;
      square[to] = small.data[from] ?? 0;
      square[to + 1] = small.data[from + 1] ?? 0;
      square[to + 2] = small.data[from + 2] ?? 0;
    }
  }
  small.data.fill(0);
  return longer;
}
