import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import { tf } from './tensorflow.ts';
import type { Weight } from './weights.ts';

/** One convolution with its bias; what batch normalisation did in training is folded into both. */
export interface Layer {
  readonly filter: Tensor4D;
  readonly bias: Tensor1D;
}

export type Activation = 'linear' | 'relu' | 'relu6';

export function layer(filter: Weight, bias: Float32Array): Layer {
  const [height, width, channelsIn, channelsOut] = filter.shape;
  if (height === undefined || width === undefined || channelsIn === undefined || channelsOut === undefined) {
    throw new Error(`Expected a filter of 4 dimensions but received ${filter.shape.length}`);
  }
  return { filter: tf.tensor4d(filter.values, [height, width, channelsIn, channelsOut]), bias: tf.tensor1d(bias) };
}

export function dispose(layers: Iterable<Layer>): void {
  for (const { filter, bias } of layers) tf.dispose([filter, bias]);
}

/** Convolution, bias and activation in one kernel. The caller disposes of both tensors. */
export function convolve(x: Tensor4D, { filter, bias }: Layer, strides: 1 | 2, activation: Activation): Tensor4D {
  return tf.fused.conv2d({ x, filter, bias, strides, pad: 'same', activation });
}

/** The same, each channel on its own. */
export function convolveDepthwise(x: Tensor4D, { filter, bias }: Layer, strides: 1 | 2, activation: Activation): Tensor4D {
  return tf.fused.depthwiseConv2d({ x, filter, bias, strides, pad: 'same', activation });
}
