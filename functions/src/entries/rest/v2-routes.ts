import { agentRoutes } from './v2-agents.js';
import { memoryRoutes } from './v2-memories.js';
import type { V2Route } from './v2-route.js';
import { windowRoutes } from './v2-windows.js';

export const v2Routes: readonly V2Route[] = [...windowRoutes, ...memoryRoutes, ...agentRoutes];
