// TensorFlow keeps a picture's channels last (NHWC), ONNX Runtime computes with them first (NCHW). Every tensor of a graph under conversion can
// be had both ways; the transposition is written only when somebody asks for it, and only once.

const first = [0, 3, 1, 2];
const last = [0, 2, 3, 1];

/** Numbers in another order of dimensions. */
export function permuted(values, shape, order) {
  const out = new values.constructor(values.length);
  const sides = order.map((axis) => shape[axis]);
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, side) => product * side, 1));
  const steps = order.map((axis) => strides[axis]);
  const at = sides.map(() => 0);
  for (let i = 0; i < out.length; i += 1) {
    out[i] = values[at.reduce((sum, position, axis) => sum + position * steps[axis], 0)];
    for (let axis = sides.length - 1; axis >= 0 && ++at[axis] === sides[axis]; axis -= 1) at[axis] = 0;
  }
  return out;
}

/** The position of a channels-last axis when channels come first. */
export const axisFirst = (axis) => first.indexOf(axis < 0 ? axis + 4 : axis);

/** A list with one entry for each axis, such as the sizes of a paddings list, likewise. */
export const listFirst = (list) => first.map((axis) => list[axis]);

export function tensors(graph) {
  /** What a node gave: `plain` in TensorFlow's own order, `first` with channels first. */
  const computed = ({ plain, channelsFirst, shape }) => ({
    shape,
    isFirst: plain === undefined,
    plain() {
      plain ??= graph.node('Transpose', [channelsFirst], { perm: last });
      return plain;
    },
    channelsFirst() {
      channelsFirst ??= graph.node('Transpose', [plain], { perm: first });
      return channelsFirst;
    },
  });

  /** A constant. Beside a tensor with channels first, one of fewer dimensions belongs to the last axes and is given ones before it. */
  const constant = (values, shape) => {
    const [ways, put] = [new Map(), (key, make) => ways.get(key) ?? ways.set(key, make()).get(key)];
    return {
      shape,
      values,
      isFirst: false,
      plain: () => put('plain', () => store(values, shape)),
      channelsFirst: () =>
        put('first', () => {
          const full = [...Array(4 - shape.length).fill(1), ...shape];
          return store(permuted(values, full, first), listFirst(full));
        }),
      map: (change) => constant(values.map(change), shape),
      /** A kernel or a slope, in the order its operator wants. */
      ordered: (full, order) =>
        put(`${full}/${order}`, () =>
          store(
            permuted(values, full, order),
            order.map((axis) => full[axis]),
          ),
        ),
    };
  };

  const store = (values, shape) => {
    if (values instanceof Float32Array) return graph.constant(values, shape, 'float32');
    return graph.constant(BigInt64Array.from(values, BigInt), shape, 'int64');
  };

  return { computed, constant, store };
}
