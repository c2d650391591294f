import { documents, type EndedSession, type LiveSession } from '@quarterdeck/contract';
import { type Agent, programIdOf, type Scenario, sessionOf } from '../../forecast/sweep/agents.js';
import { MemoryStage } from '../../forecast/sweep/memory-stage.js';
import { cast, type Stage, type SweepPorts, simulate } from '../../forecast/sweep/simulate.js';
import { anAccount } from '../support/builders.js';
import { type OwnEmulator, useOwnEmulator } from '../support/own-emulator.js';
import { anInstance, type Instance } from '../support/world.js';

/** The simulation of the sweep says what the same agents cost on Firestore, to the last read: so it may be believed where Firestore is too large to try. */

let emulator: OwnEmulator;
beforeEach(async () => {
  // The minute's query sees all accounts of a database.
  emulator = await useOwnEmulator();
});
afterEach(() => emulator.close());

/** The same agents, whose documents are on the emulator. */
class EmulatorStage implements Stage {
  private now = 0;
  private readonly instance: Instance;
  /** As last written, by path. */
  private readonly written = new Map<string, LiveSession>();

  constructor(
    private readonly scenario: Scenario,
    private readonly agents: readonly (readonly Agent[])[],
  ) {
    this.instance = anInstance({ clock: { now: () => new Date(this.now) } });
  }

  get ports(): SweepPorts {
    return this.instance.app.ports;
  }

  async open(firstVisits: readonly Date[]): Promise<void> {
    const writer = this.instance.db.bulkWriter({ throttling: false });
    for (const [index, own] of this.agents.entries()) {
      const account = anAccount({ accountId: String(index), nextSweepAt: firstVisits[index] ?? null });
      void writer.set(this.instance.db.doc(documents.account(String(index))), account);
      for (const agent of own) {
        const programId = programIdOf(agent);
        void writer.set(this.instance.db.doc(documents.program(String(index), programId)), { programId });
      }
    }
    await writer.close();
  }

  close(): Promise<void> {
    return this.instance.close();
  }

  setNow(now: number): void {
    this.now = now;
  }

  async hear(account: string, ended: readonly EndedSession[]): Promise<void> {
    const { db } = this.instance;
    const writer = db.bulkWriter({ throttling: false });
    for (const session of ended) {
      void writer.delete(db.doc(documents.session(account, session.sessionId)));
      void writer.set(db.doc(documents.endedSession(account, session.sessionId)), session);
    }
    for (const agent of this.agents[Number(account)] ?? []) {
      if (agent.isGone) continue;
      const session = sessionOf(agent, this.scenario, this.now);
      const path = documents.session(account, session.sessionId);
      const { lastHeartbeat, lastActivityAt } = session;
      const before = this.written.get(path);
      if (before === undefined) void writer.set(db.doc(path), session);
      else if (before.lastHeartbeat?.getTime() !== lastHeartbeat?.getTime())
        void writer.update(db.doc(path), { lastHeartbeat, lastActivityAt });
      this.written.set(path, session);
    }
    await writer.close();
  }

  cost() {
    const { reads, writes, deletes } = this.instance.spy.since();
    return { reads, writes, deletes };
  }
}

test.each<[what: string, Partial<Scenario>]>([
  ['last', { sessions: 240, accounts: 3, silentShare: 0.08 }],
  ['announce their interval', { sessions: 100, accounts: 2, announcesInterval: true, silentShare: 0.2 }],
  ['end after an hour and a half', { sessions: 150, accounts: 2, sessionHours: 1.5, silentShare: 0.1, hours: 2 }],
])('the visits are those of the simulation, where sessions %s', async (_what, fields) => {
  const scenario: Scenario = {
    sessions: 0,
    accounts: 1,
    beatSeconds: 300,
    announcesInterval: false,
    sessionHours: 0,
    silentShare: 0,
    hours: 1.5,
    seed: 7,
    ...fields,
  };
  const here = cast(scenario);
  const simulated = await simulate(scenario, here.agents, new MemoryStage(scenario, here.agents, here.firstVisits));
  const there = cast(scenario);
  const stage = new EmulatorStage(scenario, there.agents);
  await stage.open(there.firstVisits);
  stage.cost();
  expect(await simulate(scenario, there.agents, stage)).toEqual(simulated);
  expect(simulated.stale.times).toBeGreaterThan(5);
  expect(simulated.dead.times).toBeGreaterThan(2);
  expect(simulated.recovered).toBeGreaterThan(2);
  await stage.close();
});
