import { Count, Instant, type Operations, type OutputOf, ProgramId } from '@quarterdeck/contract';
import { z } from 'zod';
import { DomainError } from '../../domain/domain-error.js';
import { text } from './v2-fields.js';
import { NextPage, nextPage, page, route, success, type V2Route } from './v2-route.js';

const Agent = z.object({
  agent_id: ProgramId,
  pattern: z.string().nullable().describe('What the agent is for.'),
  description: z.string().nullable(),
  created_at: Instant,
});
const OneAgent = Agent.extend({ success });
const Agents = z.object({
  success,
  agents: z.array(Agent),
  count: Count.describe('Of this page.'),
  ...NextPage,
});

type ProgramAnswer = OutputOf<Operations['getProgram']>;

function createdAgent({ program }: ProgramAnswer): z.infer<typeof OneAgent> {
  return { success: true, ...agentOf(program) };
}

/** @throws DomainError `PROGRAM_UNKNOWN` for an agent that was deleted: here, it is gone */
function agentInService({ program }: ProgramAnswer): z.infer<typeof OneAgent> {
  if (program.retiredAt !== null) {
    throw new DomainError('PROGRAM_UNKNOWN', `programId: "${program.programId}" was deleted at ${program.retiredAt}.`);
  }
  return createdAgent({ success: true, program });
}

function agents(page: OutputOf<Operations['listPrograms']>): z.infer<typeof Agents> {
  const listed = page.programs.filter(({ retiredAt }) => retiredAt === null).map(agentOf);
  return { success: true, agents: listed, count: listed.length, ...nextPage(page) };
}

const Deleted = z.object({
  success,
  agent_id: ProgramId,
  status: z.literal('deleted'),
  keys_revoked: Count,
});

function deleted(retired: OutputOf<Operations['retireProgram']>): z.infer<typeof Deleted> {
  const { program, keysRevoked } = retired;
  return { success: true, agent_id: program.programId, status: 'deleted', keys_revoked: keysRevoked };
}

function agentOf({ programId, role, displayName, createdAt }: ProgramAnswer['program']): z.infer<typeof Agent> {
  return { agent_id: programId, pattern: role, description: displayName, created_at: createdAt };
}

/** Agents: programs, by the name that these routes have for them. */
export const agentRoutes: readonly V2Route[] = [
  route({
    method: 'POST',
    path: '/agents',
    operation: 'createProgram',
    summary: 'Make an agent, or put a deleted one back into service',
    status: 201,
    fields: { agent_id: text('programId'), pattern: text('role'), description: text('displayName') },
    answer: OneAgent,
    view: createdAgent,
  }),
  route({
    method: 'GET',
    path: '/agents',
    operation: 'listPrograms',
    summary: 'The agents of the account',
    fields: page,
    answer: Agents,
    view: agents,
  }),
  route({
    method: 'GET',
    path: '/agents/:agent_id',
    operation: 'getProgram',
    summary: 'One agent',
    fields: {},
    answer: OneAgent,
    view: agentInService,
  }),
  route({
    method: 'DELETE',
    path: '/agents/:agent_id',
    operation: 'retireProgram',
    summary: 'Take an agent out of service: its keys stop working, its memories stay',
    fields: {},
    answer: Deleted,
    view: deleted,
  }),
];
