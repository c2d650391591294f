import { z } from 'zod';
import {
  NAME_MAX_CHARS,
  PROGRAM_ID_MAX_CHARS,
  PROGRESS_MAX_PERCENT,
  PROJECT_NAME_MAX_CHARS,
  SESSION_ID_MAX_CHARS,
  STATUS_MAX_CHARS,
} from './limits.js';

/** A moment at the doors: ISO 8601 in UTC with milliseconds, `2026-02-24T10:30:00.000Z`. */
export const Instant = z.iso.datetime().describe('ISO 8601 in UTC.');

/** Text that a person can see: not blank, at most `max` characters, whole Unicode characters only. */
export function visibleText(max: number): z.ZodString {
  return wholeText(max).refine((text) => /[^\s\p{Cc}\p{Cf}]/u.test(text), { error: 'must not be blank' });
}

/** Text that may be empty. A lone surrogate is half a character: Firestore cannot store it as UTF-8. */
export function wholeText(max: number): z.ZodString {
  return z
    .string()
    .max(max)
    .refine((text) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text), {
      error: 'must be well-formed Unicode (it has a lone surrogate)',
    });
}

/** Firestore refuses `.`, `..` and `__…__` as document ids (facts on names: firebase.google.com/docs/firestore/quotas). */
const isDocumentId = (id: string): boolean => id !== '.' && id !== '..' && !/^__.*__$/.test(id);
const RESERVED = 'must not be ".", ".." or of the form "__…__": Firestore reserves those names';

/** A program's identity: `builder`, `reviewer-2`. */
export const ProgramId = z
  .string()
  .max(PROGRAM_ID_MAX_CHARS)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/, 'must start with a letter or digit and hold only letters, digits, "_" and "-"')
  .describe('The program: a stable name for an agent, such as "builder".');
export type ProgramId = z.infer<typeof ProgramId>;

/** A session's identity, chosen by the caller or made by the server; unique in its account. */
export const SessionId = z
  .string()
  .min(1)
  .max(SESSION_ID_MAX_CHARS)
  .regex(/^[A-Za-z0-9._:-]*$/, 'must hold only letters, digits, ".", "_", ":" and "-"')
  .refine(isDocumentId, { error: RESERVED })
  .describe('The session.');
export type SessionId = z.infer<typeof SessionId>;

/** The tenant. Made by the server. */
export const AccountId = z
  .string()
  .regex(/^[a-z0-9]{20}$/, 'must be the 20 letters and digits that create_account answered');
export type AccountId = z.infer<typeof AccountId>;

/** SHA-256 of an API key, in hex: how a key is named without showing it. */
export const KeyHash = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'must be the 64 hex digits that create_key answered as keyHash');
export type KeyHash = z.infer<typeof KeyHash>;

/** A Firebase Auth user id, or the id of an invitation. */
export const MemberId = wholeText(128)
  .min(1)
  .regex(/^[^/]*$/, 'must not hold "/"')
  .refine(isDocumentId, { error: RESERVED });
export type MemberId = z.infer<typeof MemberId>;

export const SessionName = visibleText(NAME_MAX_CHARS).describe('What the agent is doing, for people to read.');
export const StatusLine = visibleText(STATUS_MAX_CHARS).describe('What the agent is doing now, one line.');
export const ProjectName = visibleText(PROJECT_NAME_MAX_CHARS).describe('The project this session works on.');
/** JSON knows a zero below zero. It is a zero to everybody, and must not come back as another value than it went in. */
const withoutNegativeZero = (value: number): number => value + 0;

export const Progress = z
  .number()
  .min(0)
  .max(PROGRESS_MAX_PERCENT)
  .overwrite(withoutNegativeZero)
  .describe('Percentage, 0 to 100.');
export const Count = z.int().min(0).overwrite(withoutNegativeZero);
/** How sure somebody is, 0 to 1. */
export const Share = z.number().min(0).max(1).overwrite(withoutNegativeZero);
export const PageToken = z.string().max(1000).describe('nextPageToken of the page before. Absent: the first page.');
