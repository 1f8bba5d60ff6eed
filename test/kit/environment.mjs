import { createRequire } from 'node:module';
import { TestEnvironment } from 'jest-environment-node';

const { binding, initOrt } = createRequire(import.meta.url)('onnxruntime-node/dist/binding.js');

// ONNX Runtime's native part may be started once in a process, and each test file would start it again.
initOrt();
binding.initOrtOnce = () => undefined;

/**
 * Jest gives each test file globals of its own. ONNX Runtime's native part makes arrays of the process's own kinds and would refuse to know those of
 * a test as the same; Buffer has the same trouble with Uint8Array, which jest shares already.
 */
export default class SharedArrays extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    Object.assign(this.global, { Float32Array, BigInt64Array, Int32Array });
  }
}
