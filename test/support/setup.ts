import { leadConsole } from './function-log.js';

leadConsole();

/** A test may take as long as a busy machine needs; one that hangs still ends. Long runs have hours: see scripts/long.mjs. */
const { QUARTERDECK_TEST_HOURS } = process.env;
jest.setTimeout(QUARTERDECK_TEST_HOURS === undefined ? 300_000 : Number(QUARTERDECK_TEST_HOURS) * 3_600_000);
