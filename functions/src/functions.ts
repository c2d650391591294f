import './entries/quiet-debug.js';
import { setGlobalOptions } from 'firebase-functions/options';
import { createCallables } from './entries/callables.js';

setGlobalOptions({ region: 'us-central1', memory: '512MiB', concurrency: 80, maxInstances: 20 });

/** The callable functions, by name. The build makes one export of each, and exports entries/background.ts beside them. */
export const callables = createCallables();
