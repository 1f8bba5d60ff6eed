// What each TensorFlow operator is in ONNX. A function gets the graph, its inputs (see layout.mjs) and its attributes, and gives the name of its
// tensor as `channelsFirst` or `plain`.
import { axisFirst, listFirst } from './layout.mjs';

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
  AddN: (given) => elementwise(given.inputs.length === 2 ? 'Add' : 'Sum')(given),
  Relu: elementwise('Relu'),
  Sigmoid: elementwise('Sigmoid'),
  Floor: elementwise('Floor'),
  Square: ({ graph, inputs: [x] }) => same(x, (id) => graph.node('Mul', [id, id])),
  Rsqrt: ({ graph, inputs: [x] }) => same(x, (id) => graph.node('Reciprocal', [graph.node('Sqrt', [id])])),
  Relu6: ({ graph, store, inputs: [x] }) => same(x, (id) => relu6(graph, store, id)),
  Prelu: ({ graph, inputs: [x, slope] }) => ({ channelsFirst: leaky(graph, x.channelsFirst(), slope) }),
  Identity: ({ inputs: [x] }) => (x.isFirst ? { channelsFirst: x.channelsFirst() } : { plain: x.plain() }),
  Reshape: ({ graph, store, inputs: [x], shape }) => ({ plain: reshape(graph, store, x.plain(), shape) }),
  Transpose: ({ graph, inputs: [x, order] }) => ({ plain: graph.node('Transpose', [x.plain()], { perm: [...order.values] }) }),
  StridedSlice: stridedSlice,
  GatherV2: ({ graph, inputs: [x, at, axis] }) => ({ plain: graph.node('Gather', [x.plain(), at.plain()], { axis: axis.values[0] }) }),
  GatherNd: ({ graph, inputs }) => ({ plain: graph.node('GatherND', ids(inputs)) }),
  Cast: ({ graph, inputs: [x], attributes }) => ({ plain: graph.node('Cast', [x.plain()], { to: castTo(attributes.DstT) }) }),
  BatchMatMulV2: matrixProduct,
  Sum: ({ graph, inputs: [x, axes], attributes }) => ({
    plain: graph.node('ReduceSum', ids([x, axes]), { keepdims: Number(attributes.keep_dims) }),
  }),
  Max: reduction('ReduceMax'),
  Min: reduction('ReduceMin'),
  Prod: reduction('ReduceProd'),
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

const ids = (inputs) => inputs.map((input) => input.plain());

function reduction(type) {
  return ({ graph, inputs: [x, axes], attributes }) => ({
    plain: graph.node(type, [x.plain()], { axes: [...axes.values], keepdims: Number(attributes.keep_dims) }),
  });
}

/** All whole numbers have 64 bits here, because the operators that take places in a tensor want them so. */
function castTo(type) {
  if (type === 'DT_FLOAT') return 1;
  if (type === 'DT_INT32' || type === 'DT_INT64') return 7;
  throw new Error(`Unknown type ${type}`);
}

function matrixProduct({ graph, inputs: [a, b], attributes }) {
  const turned = ({ plain, shape }, adjoint) => {
    const axes = shape.map((_, axis) => axis);
    return adjoint ? graph.node('Transpose', [plain()], { perm: [...axes.slice(0, -2), axes.at(-1), axes.at(-2)] }) : plain();
  };
  return { plain: graph.node('MatMul', [turned(a, attributes.adj_x), turned(b, attributes.adj_y)]) };
}

/** A mask has one bit an axis: begin or end left open, or the axis taken away afterwards. */
function stridedSlice({ graph, store, inputs: [x, ...parts], attributes, shape }) {
  if (attributes.ellipsis_mask !== 0 || attributes.new_axis_mask !== 0)
    throw new Error('Slices with an ellipsis or a new axis are not known');
  const [from, to, steps] = parts.map(({ values }) => [...values]);
  const open = (mask, axis) => (mask >> axis) & 1;
  const starts = from.map((value, axis) => (open(attributes.begin_mask, axis) ? 0 : value));
  const ends = to.map((value, axis) => {
    if (open(attributes.shrink_axis_mask, axis)) return starts[axis] + 1;
    return open(attributes.end_mask, axis) ? x.shape[axis] : value;
  });
  const lists = [starts, ends, starts.map((_, axis) => axis), steps].map((list) => store(Int32Array.from(list), [list.length]));
  const cut = graph.node('Slice', [x.plain(), ...lists]);
  return { plain: attributes.shrink_axis_mask === 0 ? cut : reshape(graph, store, cut, shape) };
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
  switch (activation) {
    case undefined:
      return { channelsFirst: out };
    case 'Relu':
      return { channelsFirst: graph.node('Relu', [out]) };
    case 'Relu6':
      return { channelsFirst: relu6(graph, store, out) };
    case 'Prelu':
      return { channelsFirst: leaky(graph, out, rest.shift()) };
    default:
      throw new Error(`Unknown activation ${activation}`);
  }
}

const relu6 = (graph, store, id) => graph.node('Clip', [id, store(Float32Array.of(0), []), store(Float32Array.of(6), [])]);

/**
 * A rectifier with a slope for each channel. ONNX has PRelu for it, but ONNX Runtime computes that one number at a time and outside of its layout for
 * convolutions; the same as convolutions of one pixel takes a third of the time of the whole network. With slopes up to 1 it is
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
