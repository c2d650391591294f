import { readFileSync } from 'node:fs';
import { CommanderError } from 'commander';
import { Failure } from './failure.js';
import { tellFailure } from './output.js';
import { createProgram } from './program.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

// A reader that has seen enough, as `head`, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await createProgram(version).parseAsync();
} catch (error) {
  // Commander has said what was wrong, or has shown what was asked for.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else process.exitCode = tellFailure(error, process.argv.includes('--json'));
  if (error instanceof Failure && process.exitCode === 2)
    process.stderr.write('"quarterdeck --help" lists the commands.\n');
}
