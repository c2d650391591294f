import { z } from 'zod';
import { EventType, EventView } from '../event.js';
import { EVENT_PAGE_DEFAULT, EVENT_PAGE_MAX } from '../limits.js';
import { defineOperation } from '../operation.js';
import { Instant, PageToken, visibleText } from '../primitives.js';

/**
 * What happened in the account in the last 30 days: the newest first, or, with `after`, from a moment on, the oldest first.
 * Whoever follows what happens asks again with `after` set to the `cursor` of the last page, and passes over ids that it knows.
 */
export const listEvents = defineOperation({
  name: 'list_events',
  title: 'List events',
  description: 'See what happened in the account: newest first, or from a moment on to catch up.',
  access: ['admin', 'auditor'],
  doors: ['callable', 'mcp', 'rest'],
  effect: 'read',
  input: z.strictObject({
    types: z.array(EventType).min(1).max(EventType.options.length).optional().describe('Absent: all.'),
    subject: visibleText(200).optional().describe('What the events are about, such as "session/payment-refactor".'),
    after: Instant.optional().describe('From this moment on, oldest first. Absent: newest first.'),
    limit: z.int().min(1).max(EVENT_PAGE_MAX).default(EVENT_PAGE_DEFAULT),
    pageToken: PageToken.optional(),
  }),
  output: z.object({
    success: z.literal(true),
    events: z.array(EventView),
    cursor: Instant.describe(
      'For "after", once there is no next page. It lies a little back, so some events come again.',
    ),
    nextPageToken: z.string().optional(),
  }),
  errors: ['INVALID_PAGE_TOKEN'],
});
