import { z } from 'zod';

/** A moment as the server writes it: in UTC, to the millisecond, not before 1970. */
export const Moment = z.iso
  .datetime({ precision: 3, error: 'must be a moment such as "2026-02-24T10:30:00.000Z"' })
  .refine((text) => Date.parse(text) >= 0, { error: 'must not be before 1970' });
