const { resolve } = require('node:path');
const usual = require('../../jest.config.cjs');

const rootDir = resolve(__dirname, '../..');
const transform = resolve(__dirname, 'mutating-transform.cjs');

/** The usual tests, on code of which one place is another: see code-mutants.ts. */
/** @type {import('jest').Config} */
module.exports = {
  rootDir,
  projects: (usual.projects ?? []).map((project) =>
    typeof project === 'string'
      ? project
      : {
          ...project,
          rootDir,
          transform: Object.fromEntries(
            Object.entries(project.transform ?? {}).map(([files, one]) => [
              files,
              // Packages, which are looked up and not transformed, have no mutants.
              Array.isArray(one) && one[0] === '@swc/jest' ? [transform, one[1]] : one,
            ]),
          ),
        },
  ),
};
