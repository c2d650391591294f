import { type Door, type OperationName, operations } from '@quarterdeck/contract';
import { namesOf } from './comparable.js';
import type { Ask, Asker, DoorAnswer } from './every-door.js';
import { oneOf, seeded, shuffled } from './seeded.js';
import { type Actor, allNames, type Scene, validCalls } from './valid-calls.js';

/** A call that was acknowledged. */
export interface Acknowledged {
  readonly name: OperationName;
  readonly input: unknown;
  readonly asker: Asker;
  readonly answer: Readonly<Record<string, unknown>>;
  /** Undefined: a repetition only heard that the effect is there. */
  readonly isWhole: boolean;
}

/** One client: it makes every call of the registry once, in an order by chance, and what those calls need. */
export interface ScriptedClient {
  readonly scene: Scene;
  readonly acknowledged: readonly Acknowledged[];
  /** What ids by chance are called, whatever they are in this run. */
  readonly names: ReadonlyMap<string, string>;
  /** Accounts that newcomers made. */
  readonly accounts: readonly string[];
  /** @param only by default all operations */
  run(only?: readonly OperationName[]): Promise<void>;
  /** Makes what one call needs. @returns the call itself */
  prepare(name: OperationName): Promise<() => Promise<unknown>>;
}

export interface ClientSettings {
  /** Names of what it makes begin with this. */
  readonly name: string;
  readonly programId: string;
  readonly webhookUrl: string;
  readonly seed: number;
  /** Nothing fails, so nothing has to be repeated, and every refusal is an error. Default: false. */
  readonly undisturbed?: boolean;
  /** How one call is made until it is acknowledged; it may be repeated with the same idempotency key. */
  readonly attempt: Attempt;
  askerOf(actor: Actor, fresh: (kind: string) => string): Asker;
}

/** @throws whatever means that there was no answer */
export type Attempt = (door: Door, ...call: Parameters<Ask>) => Promise<DoorAnswer>;

/** What a fault of the database may be told as. After it a client repeats its call. */
const REPEATABLE: readonly string[] = [
  'unavailable DATABASE_UNAVAILABLE',
  'deadline-exceeded DATABASE_TIMEOUT',
  'aborted CONTENTION',
];

export function aScriptedClient(settings: ClientSettings): ScriptedClient {
  const { name, programId, webhookUrl, seed, attempt, askerOf, undisturbed = false } = settings;
  const next = seeded(seed);
  const acknowledged: Acknowledged[] = [];
  const names = new Map<string, string>();
  const accounts: string[] = [];
  let made = 0;
  const fresh = (kind: string) => `${name}-${kind}-${++made}`;

  async function carryOut(called: OperationName, input: unknown, actor: Actor): Promise<Record<string, unknown>> {
    const operation = operations[called];
    const call = fresh('call');
    const asker: Asker = { ...askerOf(actor, fresh), idempotencyKey: `${call}-${seed}` };
    const door = oneOf(operation.doors as readonly Door[], next);
    const { answer, isWhole } = await insist(
      () => attempt(door, operation, input, asker),
      validCalls[called].oncePerEffect,
      undisturbed,
    );
    if (operation.effect !== 'read')
      for (const [id, given] of namesOf(answer, call)) if (!names.has(id)) names.set(id, given);
    if (called === 'createAccount') accounts.push(String(answer.accountId));
    acknowledged.push({ name: called, input, asker, answer, isWhole });
    return answer;
  }

  const scene: Scene = {
    programId,
    webhookUrl,
    fresh,
    call: ((called: OperationName, input: unknown, actor: Actor = 'program') =>
      carryOut(called, input, actor)) as Scene['call'],
  };
  async function prepare(called: OperationName): Promise<() => Promise<unknown>> {
    const { as = 'program', input } = validCalls[called];
    const given = await input(scene);
    return () => carryOut(called, given, as);
  }

  return {
    scene,
    acknowledged,
    names,
    accounts,
    run: async (only = allNames) => {
      for (const called of shuffled(only, next)) await (await prepare(called))();
    },
    prepare,
  };
}

/** Repeats a call until it is acknowledged. Whoever lost an answer may have left the effect: then a repetition may hear so. */
async function insist(
  call: () => Promise<DoorAnswer>,
  oncePerEffect: string | undefined,
  undisturbed: boolean,
): Promise<Pick<Acknowledged, 'answer' | 'isWhole'>> {
  for (;;) {
    const { verdict, answer, message } = await call();
    if (verdict === 'accepted') return { answer, isWhole: true };
    const isRefused = undisturbed || !REPEATABLE.includes(verdict);
    const isThere = !undisturbed && oncePerEffect !== undefined && verdict.endsWith(` ${oncePerEffect}`);
    if (isThere) return { answer, isWhole: false };
    if (isRefused) throw new Error(`${verdict}: ${message}`);
  }
}
