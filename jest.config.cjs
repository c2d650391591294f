/** Loaded once in each process, and not for each test file: see docs/decisions/036-test-files-share-packages.md. */
const SHARED = 'firebase-admin|@google-cloud|zod|@modelcontextprotocol|express';
/** Packages that come as ES modules only. */
const MODULES_ONLY = 'jose|stemmer|string-width|strip-ansi|ansi-regex|get-east-asian-width|env-paths|is-safe-filename';

const base = {
  setupFilesAfterEnv: ['<rootDir>/test/support/setup.ts'],
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  transform: {
    [`/node_modules/(${SHARED})/.*\\.c?js$`]: '<rootDir>/test/support/shared-packages.cjs',
    '^.+\\.[mc]?[jt]s$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${SHARED}|${MODULES_ONLY})/)`],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^@quarterdeck/client$': '<rootDir>/client/src/index.ts',
    '^@quarterdeck/client/descriptions$': '<rootDir>/client/src/descriptions.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/(functions|client|cli|web)/dist/'],
};

/** What needs no emulator is `unit`; what crosses a boundary is under test/. */
/** @type {import('jest').Config} */
module.exports = {
  testSequencer: '<rootDir>/test/support/sequencer.cjs',
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: ['<rootDir>/{contract,functions,client,cli,forecast,scripts,web}/**/*.test.ts'],
    },
    {
      ...base,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{integration,faults,pins,pubsub-emulator}/**/*.test.ts'],
      setupFiles: ['<rootDir>/test/support/own-database.ts'],
    },
    { ...base, displayName: 'rules', testMatch: ['<rootDir>/test/rules/**/*.test.ts'] },
    {
      ...base,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
      setupFiles: ['<rootDir>/test/support/own-emulators.ts'],
      globalSetup: '<rootDir>/test/support/shared-copy-setup.ts',
      globalTeardown: '<rootDir>/test/support/shared-copy-teardown.ts',
    },
  ],
};
