import { type Account, DEFAULT_THRESHOLDS, type EndedSession, type Fleet } from '@quarterdeck/contract';
import { type EndedTrace, fleetParts } from '../../functions/src/domain/fleet.js';
import type { SessionChange } from '../../functions/src/domain/session-report.js';
import type { DueAccount, FleetStore, SweepStore, SweptSession } from '../../functions/src/operations/ports.js';
import { type Agent, agentNumberOf, programIdOf, type Scenario, sharingSessionOf } from './agents.js';
import type { Stage, StageCost, SweepPorts } from './simulate.js';

/** As functions/src/store/sweeps.ts and fleets.ts read: documents of one page. */
const PAGE = 500;
/** As functions/src/store/fleets.ts asks: from a little before the last fleet. */
const ENDED_OVERLAP_MS = 120_000;

interface MemoryAccount {
  nextSweepAt: Date | null;
  endsHeldUntil: Date | null;
  readonly agents: readonly Agent[];
  /** By the number of the agent; absent: not marked. */
  readonly staleSince: Map<number, Date>;
  /** In the order of their ends. */
  ended: (EndedTrace & { archivedAt: Date | null })[];
  fleet: Fleet | null;
  fleetDocuments: number;
}

/**
 * The documents that the sweep works on, in memory, and what reading and writing them would be billed as. It says nothing of its own about silence,
 * ends or visits: those are decided by the code that is deployed. `test/integration/simulation.test.ts` holds its counts against those of Firestore.
 */
export class MemoryStage implements Stage {
  readonly ports: SweepPorts;
  private readonly accounts: readonly MemoryAccount[];
  private readonly spent: { reads: number; writes: number; deletes: number } = { reads: 0, writes: 0, deletes: 0 };
  private now = 0;

  constructor(
    private readonly scenario: Scenario,
    agents: readonly (readonly Agent[])[],
    firstVisits: readonly Date[],
  ) {
    this.accounts = agents.map((own, index) => ({
      nextSweepAt: firstVisits[index] ?? null,
      endsHeldUntil: null,
      agents: own,
      staleSince: new Map(),
      ended: [],
      fleet: null,
      fleetDocuments: 1,
    }));
    this.ports = {
      clock: { now: () => new Date(this.now) },
      sweeps: this.sweepStore(),
      fleets: this.fleetStore(),
      tasks: { open: async () => this.read(0, []) },
    };
  }

  setNow(now: number): void {
    this.now = now;
  }

  async hear(account: string, ended: readonly EndedSession[]): Promise<void> {
    const own = this.of(account);
    // Who begins another session has not been silent with it.
    for (const { sessionId } of ended) own.staleSince.delete(agentNumberOf(sessionId) ?? -1);
    own.ended.push(...ended);
    own.ended.sort((a, b) => a.endedAt.getTime() - b.endedAt.getTime());
  }

  cost(): StageCost {
    const cost = { ...this.spent };
    Object.assign(this.spent, { reads: 0, writes: 0, deletes: 0 });
    return cost;
  }

  /** Length of the largest fleet document of the first account; 0: it was never visited. */
  fleetCharacters(): number {
    const rows = this.accounts[0]?.fleet?.rows ?? [];
    return rows.length === 0 ? 0 : Math.max(...fleetParts(rows).map((part) => JSON.stringify(part).length));
  }

  private of(account: string): MemoryAccount {
    return this.accounts[Number(account)] as MemoryAccount;
  }

  /** A query, or a document that is got: nothing found is billed as one. */
  private read<T>(documents: number, result: T): T {
    this.spent.reads += Math.max(1, documents);
    return result;
  }

  private write(documents: number): void {
    this.spent.writes += documents;
  }

  /** A query that is read page by page: one that ends with a full page is asked once more. */
  private readPages(documents: number): void {
    this.spent.reads += documents + (documents % PAGE === 0 ? 1 : 0);
  }

  private sweepStore(): SweepPorts['sweeps'] {
    const store: Omit<SweepStore, 'dueAccounts'> = {
      account: async (id): Promise<Account> => this.read(1, this.account(id)),
      live: async (id) => this.read(...this.live(id)),
      end: async (id, swept, change) => this.end(id, swept, change),
      mark: async (id, { session }, staleSince) => {
        const number = agentNumberOf(session.sessionId) as number;
        if (staleSince === null) this.of(id).staleSince.delete(number);
        else this.of(id).staleSince.set(number, staleSince);
        // The session and the event.
        this.write(2);
        return true;
      },
      archive: async (id, endedBefore, now) => this.archive(id, endedBefore, now),
      decayDue: async () => this.read(0, []),
      schedule: async (id, nextSweepAt, endsHeldUntil, _now, isIdle) => {
        Object.assign(this.of(id), { nextSweepAt, endsHeldUntil });
        // Whoever falls idle asks in a transaction for a task that waits and a session that lives, and leaves a trace for starts.
        if (isIdle) this.spent.reads += 2;
        this.write(isIdle ? 2 : 1);
      },
    };
    return { ...store, dueAccounts: (now) => this.dueAccounts(now) };
  }

  private async *dueAccounts(now: Date): AsyncIterable<DueAccount> {
    const due: DueAccount[] = [];
    for (const [index, { nextSweepAt }] of this.accounts.entries()) {
      if (nextSweepAt !== null && nextSweepAt <= now) due.push({ account: String(index), dueAt: nextSweepAt });
    }
    this.readPages(due.length);
    yield* due.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  }

  private account(id: string): Account {
    const { nextSweepAt, endsHeldUntil } = this.of(id);
    return {
      accountId: id,
      name: 'Simulated',
      tier: 'unlimited',
      sessionLimit: null,
      ...DEFAULT_THRESHOLDS,
      createdAt: new Date(0),
      adminUids: [],
      nextSweepAt,
      endsHeldUntil,
    };
  }

  private live(id: string): [number, SweptSession[]] {
    const { agents, staleSince } = this.of(id);
    const swept: SweptSession[] = [];
    for (const agent of agents) {
      if (agent.isGone) continue;
      const since = staleSince.get(agent.number) ?? null;
      swept.push({ session: sharingSessionOf(agent, this.scenario, this.now, since), version: undefined });
    }
    return [swept.length, swept];
  }

  private end(id: string, { session }: SweptSession, { next }: SessionChange): boolean {
    const own = this.of(id);
    own.staleSince.delete(agentNumberOf(session.sessionId) as number);
    const { programId, lastHeartbeat, lastActivityAt, endedAt, archivedAt } = next as EndedSession;
    own.ended.push({ programId, lastHeartbeat, lastActivityAt, endedAt, archivedAt });
    // The ended session, the slot that it gives back, the event; and the live session.
    this.write(3);
    this.spent.deletes += 1;
    return true;
  }

  private archive(id: string, endedBefore: Date, now: Date): Date | null {
    const own = this.of(id);
    const due = own.ended.filter(({ archivedAt, endedAt }) => archivedAt === null && endedAt <= endedBefore);
    for (const session of due) session.archivedAt = now;
    this.readPages(due.length);
    this.write(due.length);
    // Nobody asks for what was archived long ago: it would only take memory.
    own.ended = own.ended.filter(
      ({ archivedAt, endedAt }) => archivedAt === null || now.getTime() - endedAt.getTime() < 3_600_000,
    );
    return this.read(1, own.ended.find(({ archivedAt }) => archivedAt === null)?.endedAt ?? null);
  }

  private fleetStore(): SweepPorts['fleets'] {
    return {
      read: async (id) => {
        const { fleet, fleetDocuments } = this.of(id);
        return this.read(fleetDocuments, { fleet, version: undefined });
      },
      basis: async (id, previous, known) => {
        const { ended, agents } = this.of(id);
        const since = previous === null ? undefined : previous.computedAt.getTime() - ENDED_OVERLAP_MS;
        const endedSince = ended.filter(({ endedAt, archivedAt }) =>
          since === undefined ? archivedAt === null : endedAt.getTime() > since,
        );
        this.readPages(endedSince.length);
        const programIds = previous === null ? this.read(agents.length, agents.map(programIdOf)) : [];
        // What waits to be read: nothing.
        this.read(0, undefined);
        return { previous, live: known?.live ?? [], pending: [], unread: [], endedSince, programIds };
      },
      write: async (id, fleet) => {
        const own = this.of(id);
        own.fleet = fleet;
        own.fleetDocuments = fleetParts(fleet.rows).length;
        this.write(own.fleetDocuments);
        return true;
      },
      addPoint: async () => this.write(1),
    } satisfies Omit<FleetStore, 'points'>;
  }
}
