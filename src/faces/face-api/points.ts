import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { convolve, convolveDepthwise, dispose, type Layer, layer } from './convolution.ts';
import { tf } from './tensorflow.ts';
import type { Weights } from './weights.ts';

/** The network looks at a square of this many pixels with one face in it. */
export const pointsSide = 112;

/** Mean colour of the pictures that face-api trained on. */
const meanColour = [122.782, 117.001, 104.298] as const;

/** face-api's network of 68 points: four dense blocks of separable convolutions, about 300 KB of weights. */
export interface PointsNet {
  /**
   * @param square `112 × 112 × 3` values from 0 to 255; overwritten
   * @returns 68 points, x and y interleaved, in shares of the side
   */
  locate(square: Float32Array): Float32Array;
  dispose(): void;
}

interface Block {
  /** One plain convolution in the first block, a separable one in the others; halves the size. */
  readonly first: Layer | Separable;
  readonly others: readonly Separable[];
}

interface Separable {
  readonly depthwise: Layer;
  readonly pointwise: Layer;
}

export function buildPointsNet(weights: Weights): PointsNet {
  const blocks: Block[] = Array.from({ length: 4 }, (_, i) => ({
    first: i === 0 ? plain(weights, 'dense0/conv0') : separable(weights, `dense${i}/conv0`),
    others: [1, 2, 3].map((n) => separable(weights, `dense${i}/conv${n}`)),
  }));
  const { values, shape } = weights.get('fc/weights');
  const matrix = tf.tensor2d(values, [shape[0] ?? 0, shape[1] ?? 0]);
  const offset = tf.tensor1d(weights.get('fc/bias').values);

  function forward(x: Tensor4D): Tensor {
    const last = blocks.reduce((input, block) => tf.tidy(() => dense(input, block)), x);
    const pooled = tf.avgPool(last, 7, 2, 'valid');
    return tf.add(tf.matMul(tf.reshape(pooled, [x.shape[0], -1]), matrix), offset);
  }

  return {
    locate(square) {
      for (let i = 0; i < square.length; i += 1) square[i] = ((square[i] ?? 0) - (meanColour[i % 3] ?? 0)) / 255;
      const points = tf.tidy(() => forward(tf.tensor4d(square, [1, pointsSide, pointsSide, 3])));
      const found = points.dataSync<'float32'>();
      points.dispose();
      return found;
    },
    dispose() {
      for (const { first, others } of blocks)
        dispose([first, ...others].flatMap((part) => ('depthwise' in part ? [part.depthwise, part.pointwise] : [part])));
      tf.dispose([matrix, offset]);
    },
  };
}

/** Each convolution sees the sum of all before it. */
function dense(x: Tensor4D, { first, others }: Block): Tensor4D {
  let sum = 'depthwise' in first ? tf.relu(convolveSeparable(x, first, 2)) : convolve(x, first, 2, 'relu');
  let input = sum;
  for (const next of others) {
    sum = tf.add(sum, convolveSeparable(input, next, 1));
    input = tf.relu(sum);
  }
  return input;
}

function convolveSeparable(x: Tensor4D, { depthwise, pointwise }: Separable, strides: 1 | 2): Tensor4D {
  return convolve(convolveDepthwise(x, depthwise, strides, 'linear'), pointwise, 1, 'linear');
}

function plain(weights: Weights, name: string): Layer {
  const bias = weights.get(`${name}/bias`).values.slice();
  return layer(weights.get(`${name}/filters`), bias);
}

function separable(weights: Weights, name: string): Separable {
  const bias = weights.get(`${name}/bias`).values.slice();
  const depthwise = weights.get(`${name}/depthwise_filter`);
  const none = new Float32Array(depthwise.shape[2] ?? 0);
  return { depthwise: layer(depthwise, none), pointwise: layer(weights.get(`${name}/pointwise_filter`), bias) };
}
