import { type Account, Tier } from '@quarterdeck/contract';
import { z } from 'zod';

/** What a deployment is told through its environment. Every reader names the setting when it is wrong: see docs/deploy.md for all of them. */
type Environment = Readonly<Record<string, string | undefined>>;

/** Every setting that begins with our name: another one in a deployment's file is a typing error. `QUARTERDECK_SERVICE_ACCOUNTS` is read in entries/identities.ts. */
export const SETTINGS = [
  'QUARTERDECK_ALLOWED_ORIGINS',
  'QUARTERDECK_ANSWER_MODEL',
  'QUARTERDECK_APP_URL',
  'QUARTERDECK_DEFAULT_TIER',
  'QUARTERDECK_EMBEDDING_MODEL',
  'QUARTERDECK_MODEL_KEY',
  'QUARTERDECK_MODEL_URL',
  'QUARTERDECK_SERVICE_ACCOUNTS',
  'QUARTERDECK_WEBHOOK_LOOPBACK',
] as const;

/**
 * Keys that sign session tokens, as a JSON Web Key Set (RFC 7517) of symmetric keys. The first signs; all of them verify, so that tokens stay good
 * while one key takes the place of another.
 */
const SessionTokenKeys = z.object({
  keys: z
    .array(
      z.object({
        kty: z.literal('oct'),
        kid: z.string().min(1),
        /** base64url of at least 32 bytes: HS256 needs as many as its hash has. */
        k: z.string().regex(/^[A-Za-z0-9_-]{43,}$/, 'must be 32 bytes or more in base64url'),
      }),
    )
    .min(1)
    .refine(
      (keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length,
      'must have a kid of its own for each key',
    ),
});
export type SessionTokenKeys = z.infer<typeof SessionTokenKeys>;

/** Tier of new accounts, from `QUARTERDECK_DEFAULT_TIER`. Default: `unlimited`, for those who run Quarterdeck for themselves. */
export function defaultTier(env: Environment = process.env): Account['tier'] {
  const setting = env.QUARTERDECK_DEFAULT_TIER ?? 'unlimited';
  const tier = Tier.safeParse(setting);
  if (tier.success) return tier.data;
  throw new Error(`QUARTERDECK_DEFAULT_TIER is "${setting}"; allowed are ${Tier.options.join(', ')}`);
}

/** From the secret `SESSION_TOKEN_KEYS`. It has no default: a key that everybody knows would be worse than none. */
export function sessionTokenKeys(env: Environment = process.env): SessionTokenKeys {
  const setting = env.SESSION_TOKEN_KEYS;
  if (setting === undefined || setting === '') {
    throw new Error('SESSION_TOKEN_KEYS is not set. "node scripts/session-token-keys.mjs" makes its value.');
  }
  let json: unknown;
  try {
    json = JSON.parse(setting);
  } catch {
    throw new Error('SESSION_TOKEN_KEYS is not JSON. "node scripts/session-token-keys.mjs" makes its value.');
  }
  const keys = SessionTokenKeys.safeParse(json);
  if (keys.success) return keys.data;
  // The issues name fields and say nothing of values, which are secret.
  const problems = keys.error.issues.map(({ path, message }) => `${path.join('.') || 'the value'}: ${message}`);
  throw new Error(`SESSION_TOKEN_KEYS is no set of keys (${problems.join('; ')}).`);
}

/** Models that find and answer by meaning. */
export interface ModelSettings {
  readonly url: string;
  readonly key?: string | undefined;
  /** Undefined: memories are found by their words. */
  readonly embeddingModel?: string | undefined;
  /** Undefined: answers quote. */
  readonly answerModel?: string | undefined;
}

/**
 * Models at an endpoint with OpenAI's interface: `QUARTERDECK_MODEL_URL`, the secret `QUARTERDECK_MODEL_KEY`, and `QUARTERDECK_EMBEDDING_MODEL`,
 * `QUARTERDECK_ANSWER_MODEL` or both. Default: none.
 */
export function modelSettings(env: Environment = process.env): ModelSettings | null {
  const url = env.QUARTERDECK_MODEL_URL || undefined;
  const embeddingModel = env.QUARTERDECK_EMBEDDING_MODEL || undefined;
  const answerModel = env.QUARTERDECK_ANSWER_MODEL || undefined;
  const named = embeddingModel !== undefined || answerModel !== undefined;
  if (url === undefined) {
    if (named) throw new Error('QUARTERDECK_MODEL_URL is not set, and a model is named: it says where the model is.');
    return null;
  }
  if (!named) {
    throw new Error('QUARTERDECK_MODEL_URL is set; set QUARTERDECK_EMBEDDING_MODEL or QUARTERDECK_ANSWER_MODEL too.');
  }
  if (!URL.canParse(url) || !['http:', 'https:'].includes(new URL(url).protocol)) {
    throw new Error('QUARTERDECK_MODEL_URL is no http(s) URL; write it as https://example.com/v1');
  }
  return { url, key: env.QUARTERDECK_MODEL_KEY || undefined, embeddingModel, answerModel };
}

/**
 * True when `QUARTERDECK_WEBHOOK_LOOPBACK` is `allow`: then webhooks may lead to this machine, with http too. For trying them out; what is deployed
 * refuses to start with it, because it would open the instance's own network to whoever makes a webhook. Default: not allowed.
 */
export function allowsWebhookLoopback(env: Environment = process.env): boolean {
  const setting = env.QUARTERDECK_WEBHOOK_LOOPBACK || undefined;
  if (setting === undefined) return false;
  if (setting !== 'allow') throw new Error(`QUARTERDECK_WEBHOOK_LOOPBACK is "${setting}"; allowed is allow`);
  if (env.K_SERVICE !== undefined && env.FUNCTIONS_EMULATOR !== 'true') {
    throw new Error(
      "QUARTERDECK_WEBHOOK_LOOPBACK is set; it is for one's own machine only. Remove it and deploy again.",
    );
  }
  return true;
}

/** Where pushes go, and what a tap on one opens. */
export interface PushSettings {
  /** Of the app that people use, without a slash at its end. */
  readonly appUrl: string;
  /** In an emulator there is nothing that reaches a device. */
  readonly isLocal: boolean;
}

/**
 * A tap on a push in a browser opens a page of `QUARTERDECK_APP_URL`, an https address. Default: the project's own Hosting. In the emulator pushes are
 * written to the log.
 */
export function pushSettings(env: Environment = process.env): PushSettings {
  const setting = env.QUARTERDECK_APP_URL || `https://${projectId(env)}.web.app`;
  if (!URL.canParse(setting) || new URL(setting).protocol !== 'https:') {
    throw new Error(`QUARTERDECK_APP_URL is "${setting}", no https address; write it as https://example.com`);
  }
  return { appUrl: setting.replace(/\/+$/, ''), isLocal: env.FUNCTIONS_EMULATOR === 'true' };
}

/** The Firebase project that this runs in. */
export function projectId(env: Environment = process.env): string {
  const id = env.GCLOUD_PROJECT ?? env.GOOGLE_CLOUD_PROJECT;
  if (id === undefined) throw new Error('GCLOUD_PROJECT is not set: it names the Firebase project.');
  return id;
}

/**
 * Sites whose pages may call the MCP door: those of the project's own Hosting, and `QUARTERDECK_ALLOWED_ORIGINS`, separated by commas.
 * In the emulator also every page that this machine serves.
 */
export function allowedOrigins(env: Environment = process.env): (origin: string) => boolean {
  const listed = (env.QUARTERDECK_ALLOWED_ORIGINS ?? '').split(',').flatMap((one) => one.trim() || []);
  for (const origin of listed) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new Error(`QUARTERDECK_ALLOWED_ORIGINS: "${origin}" is no origin; write it as https://example.com`);
    }
  }
  const project = projectId(env);
  const known = new Set([...listed, `https://${project}.web.app`, `https://${project}.firebaseapp.com`]);
  const isLocal = env.FUNCTIONS_EMULATOR === 'true';
  return (origin) => known.has(origin) || (isLocal && isLoopback(origin));
}

function isLoopback(origin: string): boolean {
  return URL.canParse(origin) && ['localhost', '127.0.0.1', '[::1]'].includes(new URL(origin).hostname);
}
