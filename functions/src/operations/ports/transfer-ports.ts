import type { Account, DomainEvent, ExportRecord } from '@quarterdeck/contract';
import type { ImportBasis, ImportPlan, ThingRecord } from '../../domain/import-plan.js';
import type { Page } from './outside-ports.js';

/** An account as records: out in a fixed order, and in without touching what is there. */
export interface TransferStore {
  /**
   * A page of everything, each document once. Reads at most one document more than it answers.
   * @throws DomainError `INVALID_PAGE_TOKEN`
   */
  page(account: string, limit: number, pageToken: string | undefined): Promise<Page<ExportRecord>>;
  /** Those of the memories that the account does not have: one read each. */
  missingMemories(account: string, memoryIds: readonly string[]): Promise<ReadonlySet<string>>;
  /**
   * Changes name and thresholds in a transaction.
   * @param decide undefined: nothing changes
   * @returns whether something changed
   */
  putAccount(
    account: string,
    decide: (account: Account) => { next: Account; events: readonly DomainEvent[] } | undefined,
  ): Promise<boolean>;
  /**
   * Writes what is planned on what there is, in one transaction.
   * @param decide perhaps called more than once
   * @param vectors embeddings by memoryId, where a model is configured; a memory without one is found by its words
   */
  put(
    account: string,
    records: readonly ThingRecord[],
    decide: (basis: ImportBasis) => ImportPlan,
    vectors: MemoryVectors | undefined,
  ): Promise<ImportPlan>;
}

/** Embeddings of one model, by memoryId. */
export interface MemoryVectors {
  readonly model: string;
  readonly byId: ReadonlyMap<string, readonly number[]>;
}
