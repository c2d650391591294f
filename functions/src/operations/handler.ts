import type { Operation, OperationName, Operations, OutputOf, ParsedInputOf } from '@quarterdeck/contract';
import type { Caller, Person } from '../domain/caller.js';
import type { Ports } from './ports.js';

type Answer<N extends OperationName> = Promise<OutputOf<Operations[N]>>;
type Input<N extends OperationName> = ParsedInputOf<Operations[N]>;

/** An operation's code, by who may call it: a member of an account, any signed-in person, or anyone. */
export type Handler<N extends OperationName = OperationName> =
  | { readonly for: 'member'; readonly run: (input: Input<N>, caller: Caller, ports: Ports) => Answer<N> }
  | { readonly for: 'person'; readonly run: (input: Input<N>, person: Person, ports: Ports) => Answer<N> }
  | { readonly for: 'anyone'; readonly run: (input: Input<N>, ports: Ports) => Answer<N> };

export type Handlers = { readonly [N in OperationName]: Handler<N> };

/** A handler as the dispatcher sees it: input and output are checked against the operation's schemas, not by types. */
export interface AnyOperation {
  readonly operation: Operation;
  readonly handler: {
    readonly for: Handler['for'];
    readonly run: (input: never, ...rest: never[]) => Promise<Record<string, unknown>>;
  };
}
