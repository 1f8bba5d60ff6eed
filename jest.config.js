export default { testEnvironment: 'node', transform: {}, roots: ['<rootDir>/.build/test'], testMatch: ['**/*.test.js'] };
