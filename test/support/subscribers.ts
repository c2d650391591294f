import type { DocumentSnapshot } from 'firebase-admin/firestore';
import { deployedFunctions, type EventTrigger } from './deployed-functions.js';
import { seeded, shuffled } from './seeded.js';
import type { World } from './world.js';
import { newEventsOf } from './written-events.js';

/** Every deployed function that an event or a message calls, by name. */
export const triggered: Readonly<Record<string, EventTrigger>> = Object.fromEntries(
  Object.entries(deployedFunctions).flatMap(([name, { eventTrigger }]) =>
    eventTrigger === undefined ? [] : [[name, eventTrigger]],
  ),
);

/** A function as its module exports it. */
type Entry = { run(event: never): unknown };

/** A message as a topic has it; without `json` its body can't be read. */
export interface BusMessage {
  readonly topic: string;
  readonly json?: unknown;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** One delivery that is still to be made. */
interface Pending {
  readonly subscriber: string;
  readonly event: never;
  tries: number;
}

/** What happens to messages between those who publish and those who subscribe. */
export interface Deliveries {
  /** A message that nobody of ours published. */
  inject(message: BusMessage): void;
  /** Delivers what was written and published, and what follows from that, until nothing is left but what is late. */
  run(options?: { readonly late?: boolean }): Promise<void>;
  /** Names of functions whose message was given up after too many failures. */
  readonly givenUp: readonly string[];
}

export interface Disorder {
  readonly seed: number;
  /** How often a message arrives at the most. */
  readonly copies: number;
}

/** Longer than any fault of these tests lasts; what still fails then is given up, as Pub/Sub does after a day. */
const TRIES_MAX = 30;
/** Messages that functions work on at once. */
const AT_ONCE = 8;

/**
 * Hands events and messages to the functions that are deployed for them.
 * @param disorder absent: each once, in order
 */
export function deliveriesOf(world: World, entries: Readonly<Record<string, Entry>>, disorder?: Disorder): Deliveries {
  const next = seeded(disorder?.seed ?? 0);
  const newEvents = newEventsOf(world);
  const givenUp: string[] = [];
  let pending: Pending[] = [];
  let sent = 0;

  function enqueue(subscriber: string, event: unknown): void {
    const copies = disorder === undefined ? 1 : 1 + Math.floor(next() * disorder.copies);
    for (let n = 0; n < copies; n++) pending.push({ subscriber, event: event as never, tries: 0 });
  }

  function publish({ topic, json, attributes = {} }: BusMessage): void {
    const messageId = `message-${++sent}`;
    for (const [name, { eventFilters }] of Object.entries(triggered))
      if (eventFilters?.topic === topic) enqueue(name, aMessage(messageId, json, attributes));
  }

  async function collect(): Promise<void> {
    for (const doc of await newEvents()) {
      for (const [name, { eventFilterPathPatterns }] of Object.entries(triggered)) {
        const params = paramsOf(eventFilterPathPatterns?.document, doc);
        if (params !== undefined) enqueue(name, { data: doc, params });
      }
    }
    for (const message of world.published.splice(0)) publish(message);
  }

  async function deliver(one: Pending): Promise<void> {
    try {
      await entries[one.subscriber]?.run(one.event);
    } catch {
      one.tries++;
      if (triggered[one.subscriber]?.retry !== true) return;
      if (one.tries < TRIES_MAX) pending.push(one);
      else givenUp.push(one.subscriber);
    }
  }

  return {
    givenUp,
    inject: publish,
    run: async ({ late = false } = {}) => {
      let kept: Pending[] = [];
      for (;;) {
        await collect();
        if (pending.length === 0) break;
        const order = disorder === undefined ? pending : shuffled(pending, next);
        // What asks for a visit asks for it now: its answer depends on the moment.
        const isLate = ({ subscriber }: Pending) => late && subscriber !== 'sweepAccount' && next() < 0.3;
        const waits = new Set(order.filter(isLate));
        kept = [...kept, ...waits];
        const now = order.filter((one) => !waits.has(one));
        pending = now.slice(AT_ONCE);
        await Promise.all(now.slice(0, AT_ONCE).map(deliver));
      }
      pending = kept;
    },
  };
}

/** As the SDK hands it over: a body that is no JSON throws as it is read. */
function aMessage(messageId: string, json: unknown, attributes: Readonly<Record<string, string>>): object {
  const message = {
    messageId,
    attributes,
    get json() {
      if (json === undefined) throw new SyntaxError('no JSON');
      return json;
    },
  };
  return { data: { message } };
}

/** What the placeholders of a pattern stand for in a document's path; undefined: it is another path. */
function paramsOf(pattern: string | undefined, { ref }: DocumentSnapshot): Record<string, string> | undefined {
  const [wanted, found] = [pattern?.split('/') ?? [], ref.path.split('/')];
  if (wanted.length !== found.length) return undefined;
  const params: Record<string, string> = {};
  for (const [n, part] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name !== undefined) params[name] = String(found[n]);
    else if (part !== found[n]) return undefined;
  }
  return params;
}
