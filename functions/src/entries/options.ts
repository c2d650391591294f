import './quiet-debug.js';
import { setGlobalOptions } from 'firebase-functions/options';

// Before any function is declared: each takes the options of that moment.
setGlobalOptions({ region: 'us-central1', memory: '512MiB', concurrency: 80, maxInstances: 20 });
