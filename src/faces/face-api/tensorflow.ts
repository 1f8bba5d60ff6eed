import { createRequire } from 'node:module';
import type * as Core from '@tensorflow/tfjs-core';

/**
 * The part of TensorFlow.js that the networks need: no layers, no converter, no WebGL. It is a CommonJS bundle of a megabyte; `import` reads it
 * twice, once only to list its names, and a darkroom starts for every photo: `require` saves 70 of its milliseconds with the backend's.
 */
export const tf: typeof Core = createRequire(import.meta.url)('@tensorflow/tfjs-core');
