import type { DomainEvent, Message } from '@quarterdeck/contract';
import type { Page } from './outside-ports.js';

export interface InboxQuery {
  readonly unreadOnly: boolean;
  readonly threadId?: string | undefined;
  readonly limit: number;
  readonly pageToken?: string | undefined;
}

export interface MessageStore {
  /**
   * Writes messages that belong together, all or none.
   * @returns false when they were there already: the call is a repetition
   */
  send(account: string, messages: readonly Message[], event: DomainEvent): Promise<boolean>;
  /** From the database; undefined: there is none of this id. */
  find(account: string, messageId: string): Promise<Message | undefined>;
  /** A program's messages that have not expired, newest first. */
  inbox(account: string, programId: string, query: InboxQuery, now: Date): Promise<Page<Message>>;
  /** What a program has sent, newest first. */
  sent(account: string, programId: string, limit: number, pageToken: string | undefined): Promise<Page<Message>>;
  /** Marks messages as read that nobody has read. One that is gone meanwhile is left out. */
  markAsRead(account: string, messageIds: readonly string[], now: Date): Promise<void>;
  /** The newest messages of a program that wait to be read, and how many wait in all. */
  waiting(
    account: string,
    programId: string,
    limit: number,
    now: Date,
  ): Promise<{ readonly count: number; readonly newest: readonly Message[] }>;
  /** How many messages of a program wait to be read. One read for each thousand. */
  countPending(account: string, programId: string, now: Date): Promise<number>;
}
