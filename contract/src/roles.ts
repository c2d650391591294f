import { z } from 'zod';

/**
 * What an identity may do in its account.
 * `admin` manages everything but the programs' own state; `auditor` reads everything and writes nothing; `program` is an agent.
 */
export const Role = z.enum(['program', 'auditor', 'admin']);
export type Role = z.infer<typeof Role>;

/** Roles of people. */
export const MemberRole = z.enum(['admin', 'auditor']);
export type MemberRole = z.infer<typeof MemberRole>;

/**
 * Who may call an operation: a role of an account, `person` (signed in, with or without an account) or `anyone`.
 */
export type Access = Role | 'person' | 'anyone';
