import type { OperationName, Operations, OutputOf } from '@quarterdeck/contract';
import { z } from 'zod';
import { number, text, type V2Fields } from './v2-fields.js';

/** A route of `/api/v2`: another form of an operation, with no rule of its own. */
export interface V2Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api/v2`; `:agent_id` is the operation's `programId`. */
  readonly path: string;
  readonly operation: OperationName;
  readonly summary: string;
  /** The operation could do without one; clients of these routes always have one, and forgetting it is refused. */
  readonly needsToken?: true;
  readonly status?: 201;
  readonly fields: V2Fields;
  readonly answer: z.ZodObject;
  readonly view: (output: never, now: Date) => Record<string, unknown>;
}

/** Ties the view to the answer of the operation, and to what the route declares to answer. */
export function route<N extends OperationName, A extends z.ZodObject>(
  declared: Omit<V2Route, 'operation' | 'answer' | 'view'> & {
    readonly operation: N;
    readonly answer: A;
    readonly view: (output: OutputOf<Operations[N]>, now: Date) => z.infer<A>;
  },
): V2Route {
  return declared;
}

export const success = z.literal(true);

/** What a list takes to be read page by page. */
export const page = { limit: number('limit'), page_token: text('pageToken') };

/** And what it answers for the next one. */
export const NextPage = { next_page_token: z.string().optional().describe('Absent: this is the last page.') };

export function nextPage({ nextPageToken }: { readonly nextPageToken?: string | undefined }): {
  next_page_token?: string;
} {
  return nextPageToken === undefined ? {} : { next_page_token: nextPageToken };
}
