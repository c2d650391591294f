/** A request as a server would see it. */
export interface SeenRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Record<string, unknown>;
}

/** What it answers: a JSON body with a status, or no answer at all. */
export type Answer =
  | { status?: number; json?: unknown; text?: string; headers?: Record<string, string> }
  | 'unreachable'
  | 'silent';

/** A `fetch` that answers in turn, and again with the last; for tests. */
export function fakeServer(...answers: readonly Answer[]): { fetch: typeof fetch; seen: SeenRequest[] } {
  const seen: SeenRequest[] = [];
  const send = async (url: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const answer = answers[Math.min(seen.length, answers.length - 1)] ?? 'unreachable';
    seen.push({
      path: new URL(String(url)).pathname,
      headers: Object.fromEntries(new Headers(init.headers)),
      body: JSON.parse(String(init.body)),
    });
    if (answer === 'unreachable') throw new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') });
    if (answer === 'silent') {
      return new Promise((_, failed) => {
        if (init.signal?.aborted) failed(init.signal.reason);
        init.signal?.addEventListener('abort', () => failed(init.signal?.reason));
      });
    }
    const { status = 200, json, text, headers } = answer;
    return new Response(text ?? JSON.stringify(json), headers === undefined ? { status } : { status, headers });
  };
  return { fetch: send as typeof fetch, seen };
}

/** A refusal as the REST door tells it. */
export function problem(status: number, code: string, reason: string, details?: object): Answer {
  return {
    status,
    json: {
      type: `/docs#${reason}`,
      title: reason,
      status,
      detail: `Told: ${reason}.`,
      code,
      reason,
      ...(details ? { details } : {}),
    },
  };
}
