// Builds an ONNX file (github.com/onnx/onnx, onnx/onnx.proto: the field numbers below are its). Operator set 17, so that any ONNX Runtime since 1.12 reads it.
import { bytes, float, int, ints, message, string } from './protobuf.mjs';

const irVersion = 8;
const operatorSet = 17;

/** TensorProto.DataType */
const types = { float32: 1, int32: 6, int64: 7 };

/** A graph that grows node by node. Names are given out in order, so that the same steps make the same file. */
export function createGraph(name) {
  const [nodes, initializers, inputs, outputs] = [[], [], [], []];
  let count = 0;
  const fresh = () => `v${count++}`;

  return {
    /** @returns the name of the tensor */
    constant(values, shape, type) {
      const id = fresh();
      const raw = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
      initializers.push([ints(1, shape), int(2, types[type]), string(8, id), bytes(9, raw)]);
      return id;
    },
    /** @returns the name of what the node gives */
    node(type, from, attributes = {}, to = fresh()) {
      const fields = [...from.map((id) => string(1, id)), string(2, to), string(4, type)];
      nodes.push([...fields, ...Object.entries(attributes).map(([key, value]) => message(5, attribute(key, value)))]);
      return to;
    },
    input(id, shape) {
      inputs.push(valueInfo(id, shape));
      return id;
    },
    output(id, shape) {
      outputs.push(valueInfo(id, shape));
    },
    encode() {
      const graph = [
        ...nodes.map((fields) => message(1, fields)),
        string(2, name),
        ...initializers.map((fields) => message(5, fields)),
        ...inputs.map((fields) => message(11, fields)),
        ...outputs.map((fields) => message(12, fields)),
      ];
      return Buffer.concat([int(1, irVersion), string(2, 'mayfly'), message(7, graph), message(8, [string(1, ''), int(2, operatorSet)])]);
    },
  };
}

function valueInfo(id, shape) {
  const dimensions = message(
    2,
    shape.map((side) => message(1, [int(1, side)])),
  );
  return [string(1, id), message(2, [message(1, [int(1, types.float32), dimensions])])];
}

/** An attribute's kind follows from its value: whole numbers are integers, others are floats. */
function attribute(key, value) {
  const named = string(1, key);
  if (typeof value === 'string') return [named, string(4, value), int(20, 3)];
  if (Array.isArray(value)) return [named, ...value.map((one) => int(8, one)), int(20, 7)];
  if (Number.isInteger(value)) return [named, int(3, value), int(20, 2)];
  return [named, float(2, value), int(20, 1)];
}
