import type { Tensor4D } from '@tensorflow/tfjs-core';
import { type Candidate, candidates } from './candidates.ts';
import { convolve, convolveDepthwise, dispose, type Layer, layer } from './convolution.ts';
import { tf } from './tensorflow.ts';
import type { Weights } from './weights.ts';

/** The network looks at a square of this many pixels; its anchors are made for it. */
export const ssdSide = 512;

/** SSD on MobileNet V1 (arXiv:1512.02325, arXiv:1704.04861) with the weights that face-api trained on WIDER FACE. */
export interface Ssd {
  /**
   * @param square `side × side × 3` values from 0 to 255, the picture in the upper left corner and zeros beside it; overwritten
   * @param side 512; or 256, a quarter of the work, for the upper left quarter of a square that is empty elsewhere; or less to warm up
   * @returns faces by falling score, in shares of a square of 512
   */
  find(square: Float32Array, side: number, minScore: number): readonly Candidate[];
  dispose(): void;
}

interface Head {
  readonly boxes: Layer;
  readonly classes: Layer;
}

/**
 * Built from the package's weights instead of its code: its own forward pass keeps every intermediate tensor until the end and runs batch
 * normalisation and activation as kernels of their own. Measured on 2 cores with WASM: 250 ms a picture against 370, and 125 MB of
 * WebAssembly memory against 217. A test holds the results of both against each other.
 */
export function buildSsd(weights: Weights): Ssd {
  const first = pointwise(weights, 'MobilenetV1/Conv2d_0_pointwise');
  const body = Array.from({ length: 13 }, (_, i) => ({
    depthwise: normalized(weights, `MobilenetV1/Conv2d_${i + 1}_depthwise`),
    pointwise: pointwise(weights, `MobilenetV1/Conv2d_${i + 1}_pointwise`),
    strides: [2, 4, 6, 12].includes(i + 1) ? (2 as const) : (1 as const),
  }));
  const tail = Array.from({ length: 8 }, (_, i) => pointwise(weights, `Prediction/Conv2d_${i}_pointwise`));
  const heads = Array.from({ length: 6 }, (_, i) => ({
    boxes: predictor(weights, `Prediction/BoxPredictor_${i}/BoxEncodingPredictor`),
    classes: predictor(weights, `Prediction/BoxPredictor_${i}/ClassPredictor`),
  }));
  const anchors = weights.get('Output/extra_dim').values.slice();

  /** The six maps of features, fine to coarse, that faces are looked for in; every other tensor is gone as soon as it was read. */
  function features(square: Float32Array, side: number): Tensor4D[] {
    const maps: Tensor4D[] = [];
    for (let i = 0; i < square.length; i += 1) square[i] = (square[i] ?? 0) / 127.5 - 1;
    let x = tf.tensor4d(square, [1, side, side, 3]);
    const step = (next: Tensor4D) => {
      if (!maps.includes(x)) x.dispose();
      x = next;
    };
    step(convolve(x, first, 2, 'relu6'));
    body.forEach((block, i) => {
      step(convolveDepthwise(x, block.depthwise, block.strides, 'relu6'));
      step(convolve(x, block.pointwise, 1, 'relu6'));
      if (i === 10 || i === 12) maps.push(x);
    });
    tail.forEach((narrow, i) => {
      step(convolve(x, narrow, i % 2 === 0 ? 1 : 2, 'relu6'));
      if (i % 2 === 1) maps.push(x);
    });
    return maps;
  }

  return {
    find(square, side, minScore) {
      const maps = features(square, side);
      const read = (head: keyof Head) =>
        maps.map((map, i) => {
          const predictors = heads[i];
          if (predictors === undefined) throw new Error('Expected as many heads as maps');
          const prediction = convolve(map, predictors[head], 1, 'linear');
          const values = prediction.dataSync<'float32'>();
          prediction.dispose();
          return values;
        });
      const [boxes, classes] = [read('boxes'), read('classes')];
      tf.dispose(maps);
      return candidates(boxes, classes, anchors, side / ssdSide, minScore);
    },
    dispose() {
      dispose([first, ...tail, ...body.flatMap((block) => [block.depthwise, block.pointwise])]);
      dispose(heads.flatMap((head) => [head.boxes, head.classes]));
    },
  };
}

function pointwise(weights: Weights, name: string): Layer {
  const bias = weights.get(`${name}/convolution_bn_offset`).values.slice();
  return layer(weights.get(`${name}/weights`), bias);
}

function predictor(weights: Weights, name: string): Layer {
  const bias = weights.get(`${name}/biases`).values.slice();
  return layer(weights.get(`${name}/weights`), bias);
}

/** A depthwise convolution followed by batch normalisation is a depthwise convolution with other numbers. */
function normalized(weights: Weights, name: string): Layer {
  const read = (part: string) => weights.get(`${name}/BatchNorm/${part}`).values.slice();
  const [gamma, beta, mean, variance] = [read('gamma'), read('beta'), read('moving_mean'), read('moving_variance')];
  const factor = gamma.map((value, channel) => value / Math.sqrt((variance[channel] ?? 0) + 0.001));
  const bias = beta.map((value, channel) => value - (mean[channel] ?? 0) * (factor[channel] ?? 0));
  const filter = weights.get(`${name}/depthwise_weights`);
  for (let i = 0; i < filter.values.length; i += 1) filter.values[i] = (filter.values[i] ?? 0) * (factor[i % factor.length] ?? 0);
  return layer(filter, bias);
}
