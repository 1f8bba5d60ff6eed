// A TensorFlow.js graph model becomes an ONNX file: one operator for one, weights in ONNX's order, everything that depends on shapes alone computed now.

import { tensors } from './layout.mjs';
import { createGraph } from './onnx.mjs';
import { operators } from './operators.mjs';
import { readGraph, runOnce } from './tfjs.mjs';

/**
 * @param path of the model's JSON
 * @param outputs names in the ONNX file -> nodes of the original
 * @returns the file's bytes, the shape of its input and of each output
 */
export async function convert(path, outputs) {
  const source = await readGraph(path);
  const { shapes, values } = runOnce(source);
  const graph = createGraph(source.name);
  const { computed, constant, store } = tensors(graph);
  const known = new Map(Object.entries(source.constants).map(([name, tensor]) => [name, constant(tensor.dataSync(), tensor.shape)]));
  const needed = ancestors(source.nodes, Object.values(outputs));
  let input;

  for (const node of source.nodes) {
    if (!needed.has(node.name) || known.has(node.name)) continue;
    const shape = shapes.get(node.name);
    if (node.op === 'Placeholder') {
      input = [shape[0], shape[3], shape[1], shape[2]];
      known.set(node.name, computed({ channelsFirst: graph.input('input', input), shape }));
      continue;
    }
    const inputs = node.inputs.map((id) => known.get(id.replace(/:0$/, '')));
    // Shapes, and what is made of shapes: the batch is one picture, so they are numbers.
    if (node.op === 'Shape' || (values.has(node.name) && inputs.every((one) => one.values !== undefined))) {
      known.set(node.name, constant(values.get(node.name), shape));
      continue;
    }
    const operator = operators[node.op];
    if (operator === undefined) throw new Error(`${source.name}: no ONNX operator is known for ${node.op} (${node.name})`);
    known.set(node.name, computed({ shape, ...operator({ graph, store, inputs, attributes: node.attributes, shape }) }));
  }

  const described = {};
  for (const [name, node] of Object.entries(outputs)) {
    const last = known.get(node);
    graph.node('Identity', [last.plain()], {}, name);
    graph.output(name, last.shape);
    described[name] = last.shape;
  }
  return { bytes: graph.encode(), input, outputs: described };
}

/** Everything that the outputs are made of. */
function ancestors(nodes, outputs) {
  const inputsOf = new Map(nodes.map(({ name, inputs }) => [name, inputs]));
  const needed = new Set();
  const visit = (id) => {
    const name = id.replace(/:\d+$/, '');
    if (needed.has(name)) return;
    needed.add(name);
    for (const input of inputsOf.get(name) ?? []) visit(input);
  };
  for (const name of outputs) visit(name);
  return needed;
}
