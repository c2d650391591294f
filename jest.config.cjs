const base = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.[mc]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // Packages that come as ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(jose|stemmer)/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  modulePathIgnorePatterns: ['<rootDir>/functions/dist/'],
};

const withEmulators = { ...base, setupFilesAfterEnv: ['<rootDir>/test/support/timeout.ts'] };

/** What needs no emulator is `unit`; what crosses a boundary is under test/. */
/** @type {import('jest').Config} */
module.exports = {
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/{contract,functions,scripts}/**/*.test.ts'] },
    {
      ...withEmulators,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,faults,pins,pubsub-emulator}/**/*.test.ts'],
    },
    { ...withEmulators, displayName: 'rules', testMatch: ['<rootDir>/test/rules/**/*.test.ts'] },
    { ...withEmulators, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.ts'] },
  ],
};
