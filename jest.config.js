/** Tests run on what the compiler made, as ES modules, one file at a time: many of them start real services on a small machine. */
export default {
  testEnvironment: './test/kit/environment.mjs',
  transform: {},
  roots: ['<rootDir>/.build/test'],
  testMatch: ['**/*.test.js'],
  maxWorkers: 1,
  testTimeout: 30_000,
};
