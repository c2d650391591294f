import type { Operation } from '@quarterdeck/contract';

/** The nouns that operations are about, in the order in which a reader meets them. The first that fits counts. */
const TAGS: readonly (readonly [tag: string, names: RegExp])[] = [
  ['Windows', /_agent$|^(current|extend)_session$/],
  ['Fleet', /fleet/],
  ['Program state', /program_state|context_history|^boot$/],
  ['Memories', /^(remember|recall|answer|forget)$|memor(y|ies)$/],
  ['Keys', /_keys?$/],
  ['Members', /_member(s|_role)?$/],
  ['Account', /_account$/],
  ['Programs', /_programs?$/],
  ['Messages', /_messages?$|^send_to_session$/],
  ['Tasks', /_tasks?$/],
  ['Devices', /_devices?$/],
  ['Events and webhooks', /event|webhook|deliveries/],
  ['Sessions', /_sessions?$|^heartbeat$|context_utilization/],
];

export const OTHER = 'Other';

export function tagOf({ name }: Operation): string {
  return TAGS.find(([, names]) => names.test(name))?.[0] ?? OTHER;
}

const READING_ORDER = [
  'Sessions',
  'Tasks',
  'Messages',
  'Fleet',
  'Program state',
  'Windows',
  'Memories',
  'Programs',
  'Keys',
  'Account',
  'Members',
  'Events and webhooks',
  'Devices',
  OTHER,
];

/** By noun, each with its operations in the order of the registry; nouns without any are left out. */
export function byTag(
  all: Iterable<Operation>,
): readonly { readonly tag: string; readonly operations: readonly Operation[] }[] {
  const list = [...all];
  return READING_ORDER.map((tag) => ({ tag, operations: list.filter((one) => tagOf(one) === tag) })).filter(
    ({ operations }) => operations.length > 0,
  );
}
