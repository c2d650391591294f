import { createCaller } from './call.js';
import { type CreateSessionInput, OPERATIONS, type OperationMethods } from './operations.js';
import type { CallOptions, ClientOptions } from './options.js';
import { type SessionHandle, type SessionOptions, startSession } from './session-handle.js';
import type { Watches } from './watch-types.js';

/** Every operation as a method, sessions that beat by themselves, and live watches. */
export interface Client extends OperationMethods, Watches {
  /**
   * Starts a session that beats by itself until it is completed or disposed of.
   * @throws QuarterdeckError what `createSession` throws, such as `SESSION_LIMIT`
   */
  startSession(input: CreateSessionInput, options?: SessionOptions): Promise<SessionHandle>;
  /**
   * Runs work inside a session: completes it when the work is done, and fails it with the error's message when it throws.
   * @returns what the work returns
   */
  withSession<Result>(
    input: CreateSessionInput,
    work: (session: SessionHandle) => Result | Promise<Result>,
    options?: SessionOptions,
  ): Promise<Result>;
  /** The same client inside a session window: calls carry the token that `activateAgent` answered. */
  withSessionToken(sessionToken: string): Client;
  /** The time as the server last told it. */
  serverNow(): Date;
  /** Ends all watches. A session that was started goes on beating. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * A client of one deployment. It connects to nothing before the first call.
 * @throws TypeError when `origin` is no address
 */
export function createClient(options: ClientOptions): Client {
  const { call, serverNow } = createCaller(options);
  const methods = Object.fromEntries(
    Object.entries(OPERATIONS).map(([method, operation]) => [
      method,
      (input: object = {}, callOptions?: CallOptions) => call(operation, input, callOptions),
    ]),
  ) as unknown as OperationMethods;
  let loading: Promise<Watches & { close(): Promise<void> }> | undefined;
  const watches = () => {
    loading ??= import('./watch.js').then(({ createWatches }) => createWatches(options, methods, serverNow));
    return loading;
  };
  const close = async () => (await loading)?.close();
  return {
    ...methods,
    startSession: (input, sessionOptions) => startSession(methods, input, sessionOptions),
    withSession: async (input, work, sessionOptions) => {
      const session = await startSession(methods, input, sessionOptions);
      const result = await failOnError(session, work);
      await session.complete();
      return result;
    },
    withSessionToken: (sessionToken) => createClient({ ...options, sessionToken }),
    watchSessions: async (...given) => (await watches()).watchSessions(...given),
    watchSession: async (...given) => (await watches()).watchSession(...given),
    watchFleet: async (...given) => (await watches()).watchFleet(...given),
    serverNow,
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function failOnError<Result>(
  session: SessionHandle,
  work: (session: SessionHandle) => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work(session);
  } catch (error) {
    // The work's own error is the one to see, also when the session can't be told of it.
    await session.end('errored', error instanceof Error ? { status: firstLine(error.message) } : {}).catch(() => {});
    throw error;
  }
}

/** A status is one line of at most 200 characters. */
function firstLine(message: string): string {
  const line = message.trim().split('\n', 1)[0]?.trim() || 'Failed';
  return Array.from(line).slice(0, 100).join('');
}
