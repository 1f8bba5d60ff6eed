import { createRequire } from 'node:module';
import type * as Runtime from 'onnxruntime-node';
import { readModel } from './models.ts';

const ort: typeof Runtime = createRequire(import.meta.url)('onnxruntime-node');

/** A network with its input and its outputs, which are used again for every picture. */
export interface Network {
  /** Side of the square it looks at, pixels. */
  readonly side: number;
  /** What black and white are to it. */
  readonly range: readonly [black: number, white: number];
  /** `3 × side × side` values, one colour after the other. Emptied by `run`. */
  readonly input: Float32Array;
  /** Looks at the input. Only one run of a network may be on the way. */
  run(): Promise<void>;
  /** What the last run gave; valid until the next. */
  output(name: string): Float32Array;
  close(): Promise<void>;
}

/**
 * Loads a network on one thread: a darkroom has one core, and several work at once.
 * @throws Error when its file is missing or wrong
 */
export async function openNetwork(name: string): Promise<Network> {
  const { bytes, input, outputs } = readModel(name);
  const session = await ort.InferenceSession.create(bytes, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
  });
  const values = new Float32Array(3 * input.side * input.side);
  const feeds = { [input.name]: new ort.Tensor('float32', values, [1, 3, input.side, input.side]) };
  const results = new Map<string, Float32Array>();
  const fetches: Record<string, Runtime.Tensor> = {};
  for (const [output, shape] of Object.entries(outputs)) {
    const into = new Float32Array(shape.reduce((product, side) => product * side, 1));
    results.set(output, into);
    fetches[output] = new ort.Tensor('float32', into, [...shape]);
  }
  return {
    side: input.side,
    range: input.range,
    input: values,
    async run() {
      try {
        await session.run(feeds, fetches);
      } finally {
        values.fill(0);
      }
    },
    output(output) {
      const found = results.get(output);
      if (found === undefined) throw new Error(`The network ${name} has no output called ${output}`);
      return found;
    },
    close: () => session.release(),
  };
}
