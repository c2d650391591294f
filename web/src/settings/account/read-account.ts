import type { Thresholds } from '@quarterdeck/contract';
import { type DocumentData, readDocument, readThresholds, sessionLimitOf } from '@quarterdeck/contract/views';

/** An account as its document has it. */
export interface AccountDocument {
  readonly name: string;
  /** One that this version does not know is kept as it is. */
  readonly tier: string;
  /** Sessions that may be live at once; null: any number; undefined: only a newer version knows. */
  readonly sessionLimit: number | null | undefined;
  /** Null: it is not known. */
  readonly createdAt: Date | null;
  readonly thresholds: Thresholds;
}

/** Null: there is no such document. */
export function readAccount(data: DocumentData): AccountDocument | null {
  if (data === undefined) return null;
  const { name, tier, sessionLimit, createdAt } = readDocument<Record<string, unknown>>('account', data) ?? {};
  const given = typeof sessionLimit === 'number' ? sessionLimit : null;
  return {
    name: String(name ?? ''),
    tier: String(tier ?? '?'),
    sessionLimit: sessionLimitOf({ tier: tier as 'free', sessionLimit: given }),
    createdAt: createdAt instanceof Date ? createdAt : null,
    thresholds: readThresholds(data),
  };
}
