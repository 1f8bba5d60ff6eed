// One of the originals adds a convolution's bias as a node of its own, often after the residual was added (Grappler's AddOpsRewrite). Here it goes back into
// the convolution, where it costs nothing: conv + residual, + bias becomes (conv + bias) + residual.

const plain = new Set(['Conv2D', 'DepthwiseConv2dNative']);
const sums = new Set(['AddN', 'AddV2']);
const fusedName = { Conv2D: '_FusedConv2D', DepthwiseConv2dNative: 'FusedDepthwiseConv2dNative' };

/** @returns nodes that compute the same; those that were biases are identities */
export function fuseBiases(nodes, constants) {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const uses = new Map();
  for (const { inputs } of nodes) for (const id of inputs) uses.set(id, (uses.get(id) ?? 0) + 1);
  const once = (id) => uses.get(id) === 1;
  const isBias = (id) => constants[id]?.shape.length === 1 && constants[id].size > 1;
  /** The convolution that the bias can go into: the summand itself, or one of the summands of a sum. */
  const convolution = (id) => {
    const node = byName.get(id);
    if (node === undefined || !once(id)) return undefined;
    if (plain.has(node.op)) return node;
    if (!sums.has(node.op) || node.inputs.some((one) => constants[one])) return undefined;
    return node.inputs.map((one) => byName.get(one)).find((one) => one !== undefined && plain.has(one.op) && once(one.name));
  };

  const fused = new Map();
  for (const node of nodes) {
    if (node.op !== 'AddV2') continue;
    const bias = node.inputs.find(isBias);
    const other = node.inputs.find((id) => id !== bias);
    const target = bias === undefined ? undefined : convolution(other);
    if (target === undefined || fused.has(target.name)) continue;
    const { name, op, inputs, attributes } = target;
    fused.set(name, { name, op: fusedName[op], inputs: [...inputs, bias], attributes: { ...attributes, fused_ops: ['BiasAdd'] } });
    fused.set(node.name, { name: node.name, op: 'Identity', inputs: [other], attributes: {} });
  }
  return nodes.map((node) => fused.get(node.name) ?? node);
}
