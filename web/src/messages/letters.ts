import type { Message } from '@quarterdeck/contract';
import { hasWords } from '../ui/filter.js';

/** What was said once, to one program or to a group, of which each program has its own copy. */
export interface Letter {
  /** What the ids of its copies begin with. */
  readonly letterId: string;
  /** The first of its copies: what was said is the same in all. */
  readonly said: Message;
  /** In the order of the programs. A list of one program's messages knows its own copy only. */
  readonly copies: readonly Message[];
}

/** Letters that belong together. */
export interface Thread {
  readonly threadId: string;
  /** The newest first; never empty. */
  readonly letters: readonly [Letter, ...Letter[]];
}

/** What was read of a list, newest first. */
export interface Window {
  readonly messages: readonly Message[];
  /** True: there may be older ones. */
  readonly isCut: boolean;
}

/** What is known of several lists together, as far back as all of them reach. */
export interface Known {
  /** The newest first. */
  readonly letters: readonly Letter[];
  /** Older ones may be missing; null: these are all. */
  readonly since: Date | null;
}

/**
 * The letters of lists that overlap. Where a list was cut, the copies of its oldest letter may be incomplete, so that everything from then on back is left
 * out: a number of readers is right, or it is not shown.
 */
export function knownLetters(windows: readonly Window[]): Known {
  const cuts = windows.flatMap(({ messages, isCut }) => (isCut ? (messages.at(-1)?.sentAt.getTime() ?? []) : []));
  const cut = cuts.length === 0 ? null : Math.max(...cuts);
  const byId = new Map(windows.flatMap(({ messages }) => messages.map((one) => [one.messageId, one] as const)));
  const kept = [...byId.values()].filter(({ sentAt }) => cut === null || sentAt.getTime() > cut);
  return { letters: lettersOf(kept), since: cut === null ? null : new Date(cut) };
}

/** Messages by what was said once, the newest first. */
export function lettersOf(messages: readonly Message[]): Letter[] {
  const copies = new Map<string, Message[]>();
  for (const message of messages) {
    const id = letterIdOf(message.messageId);
    copies.set(id, [...(copies.get(id) ?? []), message]);
  }
  return [...copies]
    .flatMap(([letterId, found]) => {
      const sorted = found.sort((one, other) => one.programId.localeCompare(other.programId));
      return sorted[0] === undefined ? [] : [{ letterId, said: sorted[0], copies: sorted }];
    })
    .sort(
      (one, other) =>
        other.said.sentAt.getTime() - one.said.sentAt.getTime() || other.letterId.localeCompare(one.letterId),
    );
}

/** The letter that a message is a copy of: a group's copies are called `<letter>.<program>`. */
export function letterIdOf(messageId: string): string {
  return messageId.split('.', 1)[0] as string;
}

/** Letters by their thread, the one with the newest letter first. */
export function threadsOf(letters: readonly Letter[]): Thread[] {
  const threads = new Map<string, [Letter, ...Letter[]]>();
  for (const letter of letters) {
    const { threadId } = letter.said;
    const thread = threads.get(threadId);
    if (thread === undefined) threads.set(threadId, [letter]);
    else thread.push(letter);
  }
  return [...threads].map(([threadId, found]) => ({ threadId, letters: found }));
}

/** Only threads in which every word of `q` is found. */
export function searchedThreads(threads: readonly Thread[], q: string): readonly Thread[] {
  if (q.trim() === '') return threads;
  return threads.filter(({ threadId, letters }) =>
    hasWords(
      [
        threadId,
        ...letters.flatMap(({ said, copies }) => [
          said.message,
          said.from,
          said.target,
          ...copies.map(({ programId }) => programId),
        ]),
      ],
      q,
    ),
  );
}

/** How many have read it. */
export function readersOf({ copies }: Letter): number {
  return copies.filter(({ readAt }) => readAt !== null).length;
}

/** True when somebody still has to read it, and can. */
export function isWaiting(letter: Letter, now: Date): boolean {
  return letter.said.expiresAt > now && readersOf(letter) < letter.copies.length;
}

/** Whom an answer of a person goes to: the program that said it, or else those to whom a person had said it. */
export function answerTarget({ said: { from, target } }: Letter): string {
  return from ?? target;
}

/** How far a letter was read: "Read", "Unread", "Read by 3 of 7", or of one copy of several "Read by builder". */
export function readingText(letter: Letter): string {
  const { copies, said } = letter;
  const readers = readersOf(letter);
  if (copies.length > 1) return `Read by ${readers} of ${copies.length}`;
  if (said.target === said.programId) return readers === 1 ? 'Read' : 'Unread';
  return readers === 1 ? `Read by ${said.programId}` : `Not read by ${said.programId}`;
}
