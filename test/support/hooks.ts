import { documents, type SessionView } from '@quarterdeck/contract';
import type { RestDoorOptions } from '../../functions/src/entries/rest/door.js';
import { sweepAccount } from '../../functions/src/operations/sweep-account.js';
import { aHookBody, type HookBody } from './claude-code-events.js';
import { serveDoor } from './doors.js';
import type { LogEntry } from './function-log.js';
import { type RestAnswer, type RestClient, restClient } from './rest.js';
import { aWorld, type Instance, type World } from './world.js';

/** A world with an agent whose Claude Code sends its hooks. */
export interface HookWorld extends World {
  /** The REST door of this world. */
  readonly rest: RestClient;
  /** The key of the program `builder`. */
  readonly key: string;
  /** What the door answers: its outcome. It is always 200, and JSON. Without `as`, the key of `builder`. */
  send(event: HookBody, options?: HookOptions): Promise<string>;
  post(event: HookBody, options?: HookOptions): Promise<RestAnswer>;
  session(sessionId: string): Promise<SessionView>;
  /** Requests whose function has not returned yet, answered or not. */
  running(): number;
  /** Resolves when the functions of all requests so far have returned. */
  idle(): Promise<void>;
  /** Passes time. Every five minutes the sweep visits the account, if it is due. */
  pass(minutes: number): Promise<void>;
  /** Serves another instance; it is closed with this world. */
  serve(instance: Pick<Instance, 'app' | 'close'>): Promise<RestClient>;
}

interface HookOptions {
  readonly as?: string;
  /** Another door than this world's. */
  readonly to?: RestClient;
  readonly query?: string;
}

/** A machine that has much to do may miss the real deadline, which is tested by itself. */
const PATIENCE_MS = 60_000;

/**
 * @param options.hookDeadlineMs undefined: the real one
 */
export async function aHookWorld(
  settings: Parameters<typeof aWorld>[0] = {},
  options: RestDoorOptions = { hookDeadlineMs: PATIENCE_MS },
): Promise<HookWorld> {
  const { createRestDoor } = await import('../../functions/src/entries/rest/door.js');
  const world = await aWorld(settings);
  const runs = new Set<Promise<void>>();
  const opened: { close(): Promise<void> }[] = [];
  const serve = async (instance: Pick<Instance, 'app' | 'close'>): Promise<RestClient> => {
    const door = createRestDoor(instance.app, options);
    const served = await serveDoor((request, response) => {
      const run = door(request, response).finally(() => runs.delete(run));
      runs.add(run);
    });
    opened.push(served, instance);
    return restClient(served.url);
  };
  const rest = await serve(world);
  const { apiKey: key } = await world.aKey('builder');
  const post = (event: HookBody, { as = key, to = rest, query = '' }: HookOptions = {}) =>
    to(`/hooks/claude-code${query}`, { body: event, key: as });
  return {
    ...world,
    rest,
    key,
    post,
    serve,
    running: () => runs.size,
    idle: async () => void (await Promise.all(runs)),
    send: async (event, options) => outcomeOf(await post(event, options)),
    session: async (sessionId) => (await world.call('getSession', { sessionId })).session,
    pass: async (minutes) => {
      for (let passed = 0; passed < minutes; passed += 5) {
        world.clock.advance({ minutes: 5 });
        const due = (await world.stored(documents.account(world.account)))?.nextSweepAt;
        if (due && due.toMillis() <= world.clock.now().getTime()) await sweepAccount(world.account, world.app.ports);
      }
    },
    close: async () => {
      for (const each of opened) await each.close();
    },
  };
}

let ids = 0;
export const newId = (): string => `conversation-${++ids}`;

export function aHook(sessionId: string, name: string, fields: object = {}): HookBody {
  return aHookBody(name, { ...fields, session_id: sessionId });
}

export function outcomeOf({ status, headers }: RestAnswer): string {
  expect(status).toBe(200);
  expect(headers.get('content-type')).toMatch(/^application\/json/);
  return String(headers.get('quarterdeck-outcome'));
}

/** What Claude Code is given for its context; undefined: nothing. */
export function contextOf({ json }: RestAnswer): string | undefined {
  return (json.hookSpecificOutput as { additionalContext?: string } | undefined)?.additionalContext;
}

/** What the log says of an event that was not recorded, for expect().toMatchObject. */
export function missed(reason: string, hook: string, sessionId: string): LogEntry {
  const where = { door: 'hooks', operation: 'hook' };
  return { severity: 'WARNING', message: 'hook event not recorded', ...where, reason, hook, sessionId };
}
