import { MESSAGE_TTL_DEFAULT_SECONDS, MESSAGE_TTL_MAX_SECONDS } from '../limits.js';
import { ThreadId } from '../message.js';
import { SessionId } from '../primitives.js';
import { GROUP_PREFIX } from '../target.js';
import type { CachebashDocument } from './document.js';
import { makerOf } from './map-task.js';
import { type CachebashSurvey, cachebashGroup } from './survey.js';
import { firstMoment, isText, momentOf, orElse } from './values.js';

type Fields = Readonly<Record<string, unknown>>;

/** An id of Quarterdeck's, always the same for the same text. */
export type UuidOf = (text: string) => string;

/** One record for each program that got it: a document of a multicast is for one, a broadcast for all. */
export function mapMessage({ id, data }: CachebashDocument, survey: CachebashSurvey, uuidOf: UuidOf): object[] {
  const isMulticast = isText(data.multicastId);
  const group = isMulticast ? undefined : isText(data.target) ? cachebashGroup(survey, data.target) : undefined;
  const target = isMulticast ? data.multicastSource : data.target;
  const isForGroup = isMulticast || group !== undefined;
  const messageId = messageIdOf(id, survey, uuidOf);
  const { createdBy: sender, creatorProgramId: from } = makerOf(data.source);
  const sentAt = momentOf(data.createdAt);
  const repliesTo = orElse(data.reply_to, data.replyTo);
  const letter = {
    kind: 'message',
    target: isForGroup ? `${GROUP_PREFIX}${String(target)}` : target,
    from,
    sender,
    sessionId: SessionId.safeParse(data.sessionId).success ? data.sessionId : null,
    threadId: threadOf(data.threadId, messageId, uuidOf),
    replyTo: isText(repliesTo) ? messageIdOf(repliesTo, survey, uuidOf) : null,
    message: wordsOf(data),
    messageType: data.message_type,
    priority: orElse(data.priority, 'normal'),
    sentAt,
    expiresAt: expiryOf(data, sentAt),
    readAt: data.status === 'delivered' ? firstMoment(data.deliveredAt, data.createdAt) : null,
  };
  const recipients = group ?? [data.target];
  return recipients.map((programId) => ({
    ...letter,
    messageId: isForGroup ? `${messageId}.${String(programId)}` : messageId,
    programId,
  }));
}

function messageIdOf(id: string, { multicasts }: CachebashSurvey, uuidOf: UuidOf): string {
  return uuidOf(`cachebash/relay/${multicasts.get(id) ?? id}`);
}

/** A thread that is named in another way keeps together under a name of ours. */
function threadOf(threadId: unknown, messageId: string, uuidOf: UuidOf): string {
  const thread = ThreadId.safeParse(threadId);
  if (thread.success) return thread.data;
  return isText(threadId) ? uuidOf(`cachebash/thread/${threadId}`) : messageId;
}

/** What it says is its payload; messages of CacheBash itself have it elsewhere. */
function wordsOf({ payload, message }: Fields): unknown {
  const words = payload ?? message;
  return typeof words === 'object' && words !== null ? JSON.stringify(words) : words;
}

function expiryOf({ expiresAt, ttl }: Fields, sentAt: unknown): unknown {
  const sent = Date.parse(String(sentAt));
  const seconds = typeof ttl === 'number' && ttl > 0 ? ttl : MESSAGE_TTL_DEFAULT_SECONDS;
  const given = momentOf(expiresAt) ?? momentOf(sent + seconds * 1000);
  const latest = sent + MESSAGE_TTL_MAX_SECONDS * 1000;
  return isText(given) && Date.parse(given) > latest ? momentOf(latest) : given;
}
