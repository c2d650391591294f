import {
  Count,
  Instant,
  type Operations,
  type Outcome,
  type OutputOf,
  ProgramId,
  SessionId,
  SessionState,
} from '@quarterdeck/contract';
import { z } from 'zod';
import { boolean, number, text } from './v2-fields.js';
import { NextPage, nextPage, page, route, success, type V2Route } from './v2-route.js';

const WindowStatus = z.enum(['active', 'expired', 'terminated']);

const Activated = z.object({
  success,
  session_id: SessionId,
  session_token: z.string().describe('Send it as X-Session-Token. It stays good through extensions; never log it.'),
  agent_id: ProgramId,
  started_at: Instant,
  expires_at: Instant,
  duration_hours: z.number(),
  status: WindowStatus,
});

function activated(window: OutputOf<Operations['activateAgent']>): z.infer<typeof Activated> {
  return {
    success: true,
    session_id: window.sessionId,
    session_token: window.sessionToken,
    agent_id: window.programId,
    started_at: window.openedAt,
    expires_at: window.expiresAt,
    duration_hours: hoursBetween(window.openedAt, window.expiresAt),
    status: 'active',
  };
}

const Deactivated = z.object({
  success,
  session_id: SessionId,
  agent_id: ProgramId,
  started_at: Instant,
  ended_at: Instant,
  duration_hours: z.number().describe('Two decimals.'),
  memories_created: Count,
  status: WindowStatus,
});

function deactivated(summary: OutputOf<Operations['deactivateAgent']>): z.infer<typeof Deactivated> {
  return {
    success: true,
    session_id: summary.sessionId,
    agent_id: summary.programId,
    started_at: summary.openedAt,
    ended_at: summary.endedAt,
    duration_hours: hoursBetween(summary.openedAt, summary.endedAt),
    memories_created: summary.memoriesCreated,
    status: statusOf(summary.outcome),
  };
}

const Current = z.object({
  success,
  session_id: SessionId,
  agent_id: ProgramId,
  created_at: Instant,
  started_at: Instant,
  expires_at: Instant,
  duration_minutes: Count.describe('How long the window has been open.'),
  time_remaining_minutes: Count,
  time_remaining_seconds: Count,
  status: WindowStatus,
});

function current(window: OutputOf<Operations['currentSession']>, now: Date): z.infer<typeof Current> {
  return {
    success: true,
    session_id: window.sessionId,
    agent_id: window.programId,
    created_at: window.openedAt,
    started_at: window.openedAt,
    expires_at: window.expiresAt,
    duration_minutes: window.durationMinutes,
    time_remaining_minutes: window.timeRemainingMinutes,
    time_remaining_seconds: Math.max(0, Math.floor((Date.parse(window.expiresAt) - now.getTime()) / 1000)),
    status: 'active',
  };
}

const Extended = z.object({
  success,
  agent_id: ProgramId,
  session_id: SessionId,
  new_expires_at: Instant,
  expires_at: Instant,
  hours_added: z.number().describe('Less than asked for where the window may lie no further ahead.'),
  time_remaining_minutes: Count,
});

function extended(window: OutputOf<Operations['extendSession']>): z.infer<typeof Extended> {
  return {
    success: true,
    agent_id: window.programId,
    session_id: window.sessionId,
    new_expires_at: window.expiresAt,
    expires_at: window.expiresAt,
    hours_added: window.hoursAdded,
    time_remaining_minutes: window.timeRemainingMinutes,
  };
}

const Session = z.object({
  session_id: SessionId,
  agent_id: ProgramId.nullable(),
  name: z.string(),
  state: SessionState,
  status: WindowStatus,
  created_at: Instant,
  expires_at: Instant.nullable().describe('Null: the session has no window.'),
  ended_at: Instant.nullable(),
});
const Sessions = z.object({
  success,
  sessions: z.array(Session),
  count: Count.describe('Of this page.'),
  ...NextPage,
});

function sessions(page: OutputOf<Operations['listSessions']>, now: Date): z.infer<typeof Sessions> {
  const listed = page.sessions.map((session): z.infer<typeof Session> => {
    const isOver = session.expiresAt !== null && now.toISOString() >= session.expiresAt;
    return {
      session_id: session.sessionId,
      agent_id: session.programId,
      name: session.name,
      state: session.state,
      status: session.outcome !== null ? statusOf(session.outcome) : isOver ? 'expired' : 'active',
      created_at: session.createdAt,
      expires_at: session.expiresAt,
      ended_at: session.endedAt,
    };
  });
  return { success: true, sessions: listed, count: listed.length, ...nextPage(page) };
}

function statusOf(outcome: Outcome): z.infer<typeof WindowStatus> {
  return outcome === 'expired' ? 'expired' : 'terminated';
}

function hoursBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 36_000) / 100;
}

/** Windows, and the sessions that they are in. */
export const windowRoutes: readonly V2Route[] = [
  route({
    method: 'POST',
    path: '/agents/:agent_id/activate',
    operation: 'activateAgent',
    summary: 'Open a window for the agent; a window that is open is taken over',
    fields: { duration_hours: number('hours'), hours: number('hours') },
    answer: Activated,
    view: activated,
  }),
  route({
    method: 'POST',
    path: '/agents/:agent_id/deactivate',
    operation: 'deactivateAgent',
    summary: "Shut the agent's window; memories stay",
    fields: {},
    answer: Deactivated,
    view: deactivated,
  }),
  route({
    method: 'GET',
    path: '/session/current',
    operation: 'currentSession',
    summary: 'How long the window of the session token stays open',
    needsToken: true,
    fields: {},
    answer: Current,
    view: current,
  }),
  route({
    method: 'POST',
    path: '/session/extend',
    operation: 'extendSession',
    summary: "Move the window's end; the token stays the same",
    needsToken: true,
    fields: { extend_hours: number('hours') },
    answer: Extended,
    view: extended,
  }),
  route({
    method: 'GET',
    path: '/sessions',
    operation: 'listSessions',
    summary: 'The sessions of the account, live ones first',
    fields: {
      agent_id: text('programId'),
      state: text('state'),
      include_archived: boolean('includeArchived'),
      ...page,
    },
    answer: Sessions,
    view: sessions,
  }),
];
