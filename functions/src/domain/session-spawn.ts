import type { DomainEvent, LiveSession, MetadataPatch, SpawnRequest } from '@quarterdeck/contract';
import { type Reporter, type SessionChange, subjectOf } from './session-report.js';
import { newSession } from './session-start.js';

/** What a new session is to work on. */
export interface SpawnConfig {
  readonly projectId: string;
  readonly issueId?: string | undefined;
  readonly branch?: string | undefined;
  readonly prompt?: string | undefined;
  readonly agent?: string | undefined;
  readonly metadata?: MetadataPatch | undefined;
}

/** A session that waits for its runner, what the runner is to read, and the event that calls it. */
export function spawnSession(
  identity: { readonly sessionId: string; readonly programId: string | null },
  { projectId, prompt, agent, ...said }: SpawnConfig,
  reporter: Reporter,
  now: Date,
  callId: string | null,
): { readonly change: SessionChange & { readonly next: LiveSession }; readonly request: SpawnRequest } {
  const { sessionId, programId } = identity;
  const name = said.issueId === undefined ? sessionId : `${projectId} ${said.issueId}`;
  const report = { ...said, name, projectName: projectId, lifecycle: 'spawning' as const };
  const { next, events } = newSession(identity, report, reporter, now);
  const requested: DomainEvent = {
    type: 'session.spawn_requested',
    subject: subjectOf(identity),
    actor: reporter.actor,
    data: { sessionId, programId, projectId },
    once: `${now.getTime()}`,
  };
  return {
    // One that spawns is live: its lifecycle says so.
    change: { next: { ...(next as LiveSession), spawnRequestedAt: now }, events: [...events, requested] },
    request: { sessionId, prompt: prompt ?? null, agent: agent ?? null, requestedAt: now, callId },
  };
}
