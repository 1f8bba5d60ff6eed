import { createRequire } from 'node:module';
import type * as Runtime from 'onnxruntime-node';
import { type Model, readModel } from '../models.ts';

const ort: typeof Runtime = createRequire(import.meta.url)('onnxruntime-node');

/** A network with its inputs, which are used again for every picture. */
export interface Network {
  readonly model: Model;
  /** Where the values of an input go. */
  input(name: string): Float32Array;
  /**
   * Looks at the inputs and overwrites them: nothing of a photo stays in them. Only one run of a network may be on the way.
   * @param wanted outputs; all of them where left out
   * @returns the values of its outputs; they belong to the caller, who overwrites what tells of the photo
   */
  run(wanted?: readonly string[]): Promise<Outputs>;
  close(): Promise<void>;
}

export type Outputs = (name: string) => Float32Array;

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
  const inputs = new Map<string, Float32Array>();
  const feeds: Record<string, Runtime.Tensor> = {};
  for (const [input, shape] of Object.entries(model.inputs)) {
    const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
    inputs.set(input, values);
    feeds[input] = new ort.Tensor('float32', values, [...shape]);
  }
  return {
    model,
    input(input) {
      const values = inputs.get(input);
      if (values === undefined) throw new Error(`The network ${name} has no input called ${input}`);
      return values;
    },
    async run(wanted = Object.keys(model.outputs)) {
      try {
        const results = await session.run(feeds, wanted);
        return (output) => {
          const values = results[output]?.data;
          if (!(values instanceof Float32Array)) throw new Error(`The network ${name} has no output called ${output}`);
          return values;
        };
      } finally {
        for (const values of inputs.values()) values.fill(0);
      }
    },
    close: () => session.release(),
  };
}
