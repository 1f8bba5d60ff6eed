// What each TensorFlow operator that the originals use is in ONNX. A function gets the graph, its inputs (see layout.mjs) and its attributes, and gives the
// name of its tensor as `channelsFirst` or `plain`.
import { axisFirst, listFirst } from './layout.mjs';

export const operators = {
  _FusedConv2D: (given) => fused(given, convolution(given)),
  FusedDepthwiseConv2dNative: (given) => fused(given, depthwise(given)),
  Conv2D: (given) => ({ channelsFirst: convolution(given)([]) }),
  DepthwiseConv2dNative: (given) => ({ channelsFirst: depthwise(given)([]) }),
  MaxPool: ({ graph, inputs: [x], attributes }) => {
    const { dilations: _, ...window } = windowOf(x, attributes.ksize.slice(1, 3), attributes);
    return { channelsFirst: graph.node('MaxPool', [x.channelsFirst()], window) };
  },
  AddV2: add,
  AddN: add,
  Relu: ({ graph, inputs: [x] }) => same(x, (id) => graph.node('Relu', [id])),
  Prelu: ({ graph, inputs: [x, slope] }) => ({ channelsFirst: leaky(graph, x.channelsFirst(), slope) }),
  Identity: ({ inputs: [x] }) => same(x, (id) => id),
  Reshape: ({ graph, store, inputs: [x], shape }) => ({ plain: graph.node('Reshape', [x.plain(), list(store, shape)]) }),
  Pad: pad,
  ConcatV2: concat,
  ResizeBilinear: resizeBilinear,
  DepthToSpace: ({ graph, inputs: [x], attributes }) => ({
    channelsFirst: graph.node('DepthToSpace', [x.channelsFirst()], { blocksize: attributes.block_size, mode: 'DCR' }),
  }),
};

const list = (store, values) => store(Int32Array.from(values), [values.length]);

/** Works on whichever order its input has. */
function same(x, make) {
  return x.isFirst ? { channelsFirst: make(x.channelsFirst()) } : { plain: make(x.plain()) };
}

/** Two summands, in the order that one of them has already. */
function add({ graph, inputs: [a, b, ...others] }) {
  if (others.length > 0) throw new Error('Sums of more than two are not known');
  if (a.isFirst || b.isFirst) return { channelsFirst: graph.node('Add', [a.channelsFirst(), b.channelsFirst()]) };
  return { plain: graph.node('Add', [a.plain(), b.plain()]) };
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
function fused({ graph, inputs, attributes }, convolve) {
  const [, , ...rest] = inputs;
  const steps = attributes.fused_ops ?? [];
  const bias = steps.includes('BiasAdd') ? [rest.shift().plain()] : [];
  const out = convolve(bias);
  const activation = steps.find((step) => step !== 'BiasAdd');
  switch (activation) {
    case undefined:
      return { channelsFirst: out };
    case 'Relu':
      return { channelsFirst: graph.node('Relu', [out]) };
    case 'Prelu':
      return { channelsFirst: leaky(graph, out, rest.shift()) };
    default:
      throw new Error(`Unknown activation ${activation}`);
  }
}

/**
 * A rectifier with a slope for each channel. ONNX has PRelu for it, but ONNX Runtime computes that one number at a time and outside of its layout for
 * convolutions; as convolutions of one pixel it lets the whole network run in a third of the time. With slopes up to 1 it is
 * slope · x + relu((1 - slope) · x), and always relu(x) - slope · relu(-x).
 */
function leaky(graph, x, slope) {
  const scaled = (id, factor) => {
    const weights = slope.map(factor).ordered([1, 1, slope.values.length, 1], [2, 3, 0, 1]);
    return graph.node('Conv', [id, weights], { kernel_shape: [1, 1], group: slope.values.length });
  };
  const relu = (id) => graph.node('Relu', [id]);
  if (slope.values.every((value) => value <= 1))
    return graph.node('Add', [scaled(x, (value) => value), relu(scaled(x, (value) => 1 - value))]);
  return graph.node('Add', [scaled(relu(scaled(x, () => -1)), (value) => -value), relu(scaled(x, () => 1))]);
}

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

function pad({ graph, store, inputs: [x, sizes] }) {
  const pairs = Array.from({ length: x.shape.length }, (_, axis) => [sizes.values[2 * axis], sizes.values[2 * axis + 1]]);
  const ordered = x.isFirst ? listFirst(pairs) : pairs;
  return same(x, (id) =>
    graph.node('Pad', [id, list(store, [...ordered.map(([before]) => before), ...ordered.map(([, after]) => after)])]),
  );
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
  const sizes = list(store, listFirst(shape));
  const out = graph.node('Resize', [x.channelsFirst(), '', '', sizes], { mode: 'linear', coordinate_transformation_mode: mode });
  return { channelsFirst: out };
}
