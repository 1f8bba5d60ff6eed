// What each TensorFlow operator is in ONNX. A function gets the graph, its inputs (see layout.mjs) and its attributes, and gives the name of its
// tensor as `channelsFirst` or `plain`.
import { axisFirst, listFirst } from './layout.mjs';

const activations = { Relu: 'Relu', Relu6: 'Relu6', Prelu: 'PRelu' };

export const operators = {
  _FusedConv2D: (given) => fused(given, convolution(given)),
  FusedDepthwiseConv2dNative: (given) => fused(given, depthwise(given)),
  Conv2D: (given) => ({ channelsFirst: convolution(given)([]) }),
  DepthwiseConv2dNative: (given) => ({ channelsFirst: depthwise(given)([]) }),
  Conv2DBackpropInput: transposedConvolution,
  MaxPool: (given) => pool('MaxPool', given),
  AvgPool: (given) => pool('AveragePool', given),
  AddV2: elementwise('Add'),
  Add: elementwise('Add'),
  Sub: elementwise('Sub'),
  Mul: elementwise('Mul'),
  Minimum: elementwise('Min'),
  Maximum: elementwise('Max'),
  AddN: elementwise('Sum'),
  Relu: elementwise('Relu'),
  Sigmoid: elementwise('Sigmoid'),
  Floor: elementwise('Floor'),
  Square: ({ graph, inputs: [x] }) => same(x, (id) => graph.node('Mul', [id, id])),
  Rsqrt: ({ graph, inputs: [x] }) => same(x, (id) => graph.node('Reciprocal', [graph.node('Sqrt', [id])])),
  Relu6: ({ graph, store, inputs: [x] }) => same(x, (id) => relu6(graph, store, id)),
  Prelu: ({ graph, inputs: [x, slope] }) => ({ channelsFirst: graph.node('PRelu', [x.channelsFirst(), slopeOf(slope)]) }),
  Identity: ({ inputs: [x] }) => same(x, (id) => id),
  Reshape: ({ graph, store, inputs: [x], shape }) => ({ plain: reshape(graph, store, x.plain(), shape) }),
  Pad: pad,
  ConcatV2: concat,
  ResizeBilinear: resizeBilinear,
  DepthToSpace: ({ graph, inputs: [x], attributes }) => ({
    channelsFirst: graph.node('DepthToSpace', [x.channelsFirst()], { blocksize: attributes.block_size, mode: 'DCR' }),
  }),
};

/** An operator that treats every number alike works on whichever order its inputs have. */
function elementwise(type) {
  return ({ graph, inputs }) => {
    const first = inputs.some(({ isFirst }) => isFirst);
    const ids = inputs.map((input) => (first ? input.channelsFirst() : input.plain()));
    const out = graph.node(type, ids);
    return first ? { channelsFirst: out } : { plain: out };
  };
}

function same(x, make) {
  return x.isFirst ? { channelsFirst: make(x.channelsFirst()) } : { plain: make(x.plain()) };
}

/** A convolution that waits for its bias. */
function convolution({ graph, inputs: [x, kernel], attributes }) {
  const window = windowOf(x, kernel.shape, attributes);
  return (bias) => graph.node('Conv', [x.channelsFirst(), kernel.ordered(kernel.shape, [3, 2, 0, 1]), ...bias], window);
}

/** TensorFlow's kernel has the shape [height, width, channels, multiplier], ONNX's [channels × multiplier, 1, height, width]. */
function depthwise({ graph, inputs: [x, kernel], attributes }) {
  const [height, width, channels, multiplier] = kernel.shape;
  const window = { ...windowOf(x, kernel.shape, attributes), group: channels };
  const weights = kernel.ordered([height, width, channels * multiplier, 1], [2, 3, 0, 1]);
  return (bias) => graph.node('Conv', [x.channelsFirst(), weights, ...bias], window);
}

/** Bias and activation come as further inputs, named by the attribute `fused_ops`. */
function fused({ graph, store, inputs, attributes }, convolve) {
  const [, , ...rest] = inputs;
  const steps = attributes.fused_ops ?? [];
  const bias = steps.includes('BiasAdd') ? [rest.shift().plain()] : [];
  const out = convolve(bias);
  const activation = steps.find((step) => step !== 'BiasAdd');
  if (activation === undefined) return { channelsFirst: out };
  if (activation === 'Relu6') return { channelsFirst: relu6(graph, store, out) };
  if (!(activation in activations)) throw new Error(`Unknown activation ${activation}`);
  const slope = activation === 'Prelu' ? [slopeOf(rest.shift())] : [];
  return { channelsFirst: graph.node(activations[activation], [out, ...slope]) };
}

const relu6 = (graph, store, id) => graph.node('Clip', [id, store(Float32Array.of(0), []), store(Float32Array.of(6), [])]);

/** One slope a channel: [1, 1, C] becomes [C, 1, 1]. */
const slopeOf = (slope) => slope.ordered([1, 1, slope.shape.at(-1)], [2, 0, 1]);

function windowOf(x, [height, width], { strides, padding, dilations = [1, 1, 1, 1] }) {
  const [, down, across] = strides;
  const dilated = (size, axis) => (size - 1) * dilations[axis] + 1;
  return {
    kernel_shape: [height, width],
    strides: [down, across],
    dilations: [dilations[1], dilations[2]],
    pads: pads(padding, [
      [x.shape[1], dilated(height, 1), down],
      [x.shape[2], dilated(width, 2), across],
    ]),
  };
}

/** Padding SAME puts the odd pixel at the end (tensorflow.org/api_docs/python/tf/nn, "Notes on padding"). */
function pads(padding, axes) {
  const totals = axes.map(([side, kernel, stride]) =>
    padding === 'SAME' ? Math.max(0, (Math.ceil(side / stride) - 1) * stride + kernel - side) : 0,
  );
  return [...totals.map((total) => Math.floor(total / 2)), ...totals.map((total) => Math.ceil(total / 2))];
}

function pool(type, { graph, inputs: [x], attributes }) {
  const { dilations: _, ...window } = windowOf(x, attributes.ksize.slice(1, 3), attributes);
  return { channelsFirst: graph.node(type, [x.channelsFirst()], window) };
}

function transposedConvolution({ graph, inputs: [, kernel, x], attributes, shape }) {
  const [height, width] = kernel.shape;
  const [, down, across] = attributes.strides;
  const window = {
    kernel_shape: [height, width],
    strides: [down, across],
    pads: pads(attributes.padding, [
      [shape[1], height, down],
      [shape[2], width, across],
    ]),
  };
  return { channelsFirst: graph.node('ConvTranspose', [x.channelsFirst(), kernel.ordered(kernel.shape, [3, 2, 0, 1])], window) };
}

function reshape(graph, store, id, shape) {
  return graph.node('Reshape', [id, store(Int32Array.from(shape), [shape.length])]);
}

function pad({ graph, store, inputs: [x, sizes] }) {
  const pairs = Array.from({ length: x.shape.length }, (_, axis) => [sizes.values[2 * axis], sizes.values[2 * axis + 1]]);
  const ordered = x.isFirst ? listFirst(pairs) : pairs;
  const flat = [...ordered.map(([before]) => before), ...ordered.map(([, after]) => after)];
  return same(x, (id) => graph.node('Pad', [id, store(Int32Array.from(flat), [flat.length])]));
}

function concat({ graph, inputs }) {
  const axis = inputs.at(-1).values[0];
  const parts = inputs.slice(0, -1);
  if (parts.every(({ isFirst }) => isFirst)) {
    const ids = parts.map((part) => part.channelsFirst());
    return { channelsFirst: graph.node('Concat', ids, { axis: axisFirst(axis) }) };
  }
  const ids = parts.map((part) => part.plain());
  return { plain: graph.node('Concat', ids, { axis: axis < 0 ? axis + parts[0].shape.length : axis }) };
}

function resizeBilinear({ graph, store, inputs: [x], attributes, shape }) {
  const mode = attributes.half_pixel_centers ? 'half_pixel' : attributes.align_corners ? 'align_corners' : 'asymmetric';
  const sizes = store(Int32Array.from(listFirst(shape)), [4]);
  const out = graph.node('Resize', [x.channelsFirst(), '', '', sizes], { mode: 'linear', coordinate_transformation_mode: mode });
  return { channelsFirst: out };
}
