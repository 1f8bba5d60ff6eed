import { createRequire } from 'node:module';
import type * as Runtime from 'onnxruntime-node';
import { type Model, readModel } from './models.ts';

const ort: typeof Runtime = createRequire(import.meta.url)('onnxruntime-node');

/** A network with its inputs and outputs, which are used again for every picture. */
export interface Network {
  readonly model: Model;
  /** Values of an input, or of an output after `run`, valid until the next. */
  values(name: string): Float32Array;
  /** Looks at the inputs and overwrites them: nothing of a photo stays in them. Only one run of a network may be on the way. */
  run(): Promise<void>;
  close(): Promise<void>;
}

/**
 * One thread: a darkroom has one core, and several work at once. No arena: it would keep what a photo became between two convolutions, and without
 * it a darkroom is 14 MB smaller and no slower.
 */
const options: Runtime.InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  enableCpuMemArena: false,
  enableMemPattern: false,
  graphOptimizationLevel: 'all',
  logSeverityLevel: 3,
};

/**
 * Loads a network.
 * @throws Error when its file is missing or wrong
 */
export async function openNetwork(name: string): Promise<Network> {
  const model = readModel(name);
  const session = await ort.InferenceSession.create(model.bytes, options);
  const buffers = new Map<string, Float32Array>();
  const tensors = (shapes: Model['inputs']) => {
    const made: Record<string, Runtime.Tensor> = {};
    for (const [tensor, shape] of Object.entries(shapes)) {
      const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
      buffers.set(tensor, values);
      made[tensor] = new ort.Tensor('float32', values, [...shape]);
    }
    return made;
  };
  const [inputs, outputs] = [tensors(model.inputs), tensors(model.outputs)];
  const given = Object.keys(model.inputs).flatMap((input) => buffers.get(input) ?? []);
  return {
    model,
    values(tensor) {
      const found = buffers.get(tensor);
      if (found === undefined) throw new Error(`The network ${name} has no tensor called ${tensor}`);
      return found;
    },
    async run() {
      try {
        await session.run(inputs, outputs);
      } finally {
        for (const values of given) values.fill(0);
      }
    },
    close: () => session.release(),
  };
}
