// Reads a TensorFlow.js graph model: its nodes, its constants, and, by running it once, the shape of everything in between.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

/**
 * @param path of the model's JSON; its weights lie beside it
 * @returns the graph model to run, and its nodes in the order in which they can be computed
 */
export async function readGraph(path) {
  const json = JSON.parse(readFileSync(path, 'utf8'));
  const weights = readFileSync(join(dirname(path), json.weightsManifest[0].paths[0]));
  const weightSpecs = json.weightsManifest.flatMap((group) => group.weights);
  const weightData = weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.length);
  await tf.setBackend('cpu');
  const model = await tf.loadGraphModel({
    load: async () => ({ modelTopology: json.modelTopology, format: 'graph-model', weightSpecs, weightData }),
  });
  const constants = tf.io.decodeWeights(weightData, weightSpecs);
  const nodes = inOrder(json.modelTopology.node).map(({ name, op, input = [], attr = {} }) => ({
    name,
    op,
    inputs: input.filter((id) => !id.startsWith('^')),
    attributes: Object.fromEntries(Object.entries(attr).map(([key, value]) => [key, attributeOf(value)])),
  }));
  return { name: basename(path, '.json'), model, nodes, constants };
}

/** Lists as long as these are shapes and the like; what of them depends on constants alone need not be computed again. */
const smallest = 64;

/** Every tensor of the graph for an empty input, by the name of its node. */
export function runOnce({ model, nodes }) {
  const [input] = model.inputs;
  const computed = nodes.filter(({ op }) => op !== 'Const' && op !== 'Placeholder').map(({ name }) => name);
  const shape = input.shape.map((side) => Math.max(1, side));
  const given = tf.zeros(shape);
  const results = model.execute({ [input.name]: given }, computed);
  const shapes = new Map([[input.name, shape]]);
  const values = new Map();
  computed.forEach((name, i) => {
    shapes.set(name, results[i].shape);
    if (results[i].size <= smallest) values.set(name, results[i].dataSync().slice());
  });
  tf.dispose([given, ...results]);
  return { shapes, values };
}

function inOrder(nodes) {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const done = new Set();
  const order = [];
  const visit = (name) => {
    if (done.has(name)) return;
    done.add(name);
    const node = byName.get(name);
    for (const id of node.input ?? []) visit(id.replace(/^\^/, '').replace(/:\d+$/, ''));
    order.push(node);
  };
  for (const { name } of nodes) visit(name);
  return order;
}

/** Strings come in base 64, 64-bit integers as strings. */
function attributeOf({ s, i, f, b, type, list }) {
  if (s !== undefined) return Buffer.from(s, 'base64').toString();
  if (i !== undefined) return Number(i);
  if (list?.i) return list.i.map(Number);
  if (list?.s) return list.s.map((one) => Buffer.from(one, 'base64').toString());
  return f ?? b ?? type;
}
