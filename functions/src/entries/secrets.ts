/** Secrets that the doors need: see settings.ts. By name, so that nothing has to register with the SDK's own copy of itself. */
export const SECRETS = ['SESSION_TOKEN_KEYS', ...(process.env.QUARTERDECK_MODEL_URL ? ['QUARTERDECK_MODEL_KEY'] : [])];
