import { leadConsole } from './function-log.js';

leadConsole();

/** A test may take as long as a busy machine needs; one that hangs still ends. */
jest.setTimeout(300_000);
