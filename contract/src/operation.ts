import type { z } from 'zod';
import type { Reason } from './errors.js';
import type { Access } from './roles.js';

/** Where an operation can be called. */
export type Door = 'callable' | 'mcp' | 'rest';

/**
 * What calling an operation does to the world.
 * `read`: nothing. `create`: every call makes something. `idempotent`: repeating a call changes nothing more. `destructive`: takes something away.
 */
export type Effect = 'read' | 'create' | 'idempotent' | 'destructive';

/** One thing that Quarterdeck can do, declared once. Doors, client, command line and reference page follow from it. */
export interface Operation<
  Name extends string = string,
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodObject = z.ZodObject,
> {
  /** snake_case; the callable's name is the same in camelCase. */
  readonly name: Name;
  /** For people, in a list of tools. */
  readonly title: string;
  /** One line, for agents that choose among tools. */
  readonly description: string;
  readonly access: readonly Access[];
  readonly doors: readonly Door[];
  readonly effect: Effect;
  /** Strict: unknown fields are refused. */
  readonly input: Input;
  readonly output: Output;
  /** Reasons for a refusal beyond those that every operation has. */
  readonly errors: readonly Reason[];
}

/** Declares an operation and keeps the exact types of its name, input and output. */
export function defineOperation<const Name extends string, Input extends z.ZodObject, Output extends z.ZodObject>(
  operation: Operation<Name, Input, Output>,
): Operation<Name, Input, Output> {
  return operation;
}

/** What a caller sends, before defaults are filled in. */
export type InputOf<O extends Operation> = z.input<O['input']>;
/** What an operation works on, after validation and defaults. */
export type ParsedInputOf<O extends Operation> = z.output<O['input']>;
/** What a caller receives. */
export type OutputOf<O extends Operation> = z.output<O['output']>;

/** `create_session` → `createSession`. */
export function callableName(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
