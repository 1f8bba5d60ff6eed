// A TensorFlow.js graph model becomes an ONNX file: one operator for one, weights in ONNX's order, everything that depends on shapes alone computed now.

import { fuseBiases } from './fuse.mjs';
import { listFirst, tensors } from './layout.mjs';
import { createGraph } from './onnx.mjs';
import { operators } from './operators.mjs';
import { readGraph, runOnce } from './tfjs.mjs';

/**
 * @param path of the model's JSON
 * @param inputs names in the ONNX file -> nodes of the original, which then are given instead of computed
 * @param outputs names in the ONNX file -> nodes of the original; pictures have their channels first
 * @returns the file's bytes, the shapes of its inputs and outputs, and the constants named
 */
export async function convert(path, { inputs, outputs, constants = {} }) {
  const source = await readGraph(path);
  const { shapes, values } = runOnce(source);
  const graph = createGraph(source.name);
  const { computed, constant, store } = tensors(graph);
  const known = new Map(Object.entries(source.constants).map(([name, tensor]) => [name, constant(tensor.dataSync(), tensor.shape)]));
  const described = { inputs: {}, outputs: {}, constants: {} };
  for (const [name, node] of Object.entries(inputs)) {
    const shape = shapes.get(node);
    described.inputs[name] = listFirst(shape);
    known.set(node, computed({ channelsFirst: graph.input(name, listFirst(shape)), shape }));
  }
  const nodes = fuseBiases(source.nodes, source.constants);
  const needed = ancestors(nodes, Object.values(outputs), known);

  for (const node of nodes) {
    if (!needed.has(node.name) || known.has(node.name)) continue;
    const shape = shapes.get(node.name);
    const given = node.inputs.map((id) => known.get(id.replace(/:0$/, '')));
    // Shapes, and what is made of shapes: the batch is one picture, so they are numbers.
    if (values.has(node.name) && (node.op === 'Shape' || given.every((one) => one.values !== undefined))) {
      known.set(node.name, constant(values.get(node.name), shape));
      continue;
    }
    const operator = operators[node.op];
    if (operator === undefined) throw new Error(`${source.name}: no ONNX operator is known for ${node.op} (${node.name})`);
    known.set(node.name, computed({ shape, ...operator({ graph, store, inputs: given, attributes: node.attributes, shape }) }));
  }

  for (const [name, node] of Object.entries(outputs)) {
    const last = known.get(node);
    const picture = last.isFirst && last.shape[1] * last.shape[2] > 1;
    graph.node('Identity', [picture ? last.channelsFirst() : last.plain()], {}, name);
    described.outputs[name] = picture ? listFirst(last.shape) : last.shape;
    graph.output(name, described.outputs[name]);
  }
  for (const [name, node] of Object.entries(constants)) described.constants[name] = [...known.get(node).values];
  return { bytes: graph.encode(), ...described };
}

/** Everything that the outputs are made of. */
function ancestors(nodes, outputs, known) {
  const inputsOf = new Map(nodes.map(({ name, inputs }) => [name, inputs]));
  const needed = new Set();
  const visit = (id) => {
    const name = id.replace(/:\d+$/, '');
    if (needed.has(name)) return;
    needed.add(name);
    if (known.has(name)) return;
    for (const input of inputsOf.get(name) ?? []) visit(input);
  };
  for (const name of outputs) visit(name);
  return needed;
}
