import type { InputOf, OperationName, Operations, OutputOf, Reason } from '@quarterdeck/contract';

/** Who makes a call: the program, an admin, or a person who has no account yet. */
export type Actor = 'program' | 'admin' | 'newcomer';

/** Where calls are made: an account with a program, and somebody who carries calls out. */
export interface Scene {
  /** The program that `program` speaks for. */
  readonly programId: string;
  /** An endpoint that answers. */
  readonly webhookUrl: string;
  /** A name that nothing has yet, the same in every scene of the same name. */
  fresh(kind: string): string;
  call<N extends OperationName>(name: N, input: InputOf<Operations[N]>, as?: Actor): Promise<OutputOf<Operations[N]>>;
}

/** How an operation is called so that it is carried out. */
export interface ValidCall<N extends OperationName> {
  /** Default: the program. */
  readonly as?: Actor;
  /** Makes what the call needs, for itself alone, and then the input. */
  readonly input: (scene: Scene) => InputOf<Operations[N]> | Promise<InputOf<Operations[N]>>;
  /** What a repetition may hear when the effect is there and its answer was lost: see docs/decisions/015-idempotency.md. */
  readonly oncePerEffect?: Reason;
}

const admin = { as: 'admin' } as const;

/**
 * Every operation with a valid call of it: what the suites that go through the whole registry are made of. Calls of one scene touch nothing of another's.
 * What an operation answers with ids of its own making is called without one, so that a second effect would show.
 */
export const validCalls: { readonly [N in OperationName]: ValidCall<N> } = {
  createSession: {
    input: (scene) => ({ name: scene.fresh('session'), status: 'Begins', projectName: 'p', metadata: { a: 'b' } }),
  },
  updateSession: {
    input: async (scene) => ({ sessionId: await liveSession(scene), status: 'Waits', state: 'blocked', progress: 40 }),
  },
  heartbeat: { input: async (scene) => ({ sessionId: await liveSession(scene), contextBytes: 1000 }) },
  listSessions: { input: () => ({ limit: 5 }) },
  getSession: { input: async (scene) => ({ sessionId: await liveSession(scene) }) },
  restoreSession: { input: async (scene) => ({ sessionId: await endedSession(scene) }) },
  getContextUtilization: { input: async (scene) => ({ sessionId: await liveSession(scene) }) },
  spawnSession: { input: (scene) => ({ projectId: scene.fresh('project'), prompt: 'Begin', branch: 'main' }) },
  killSession: { input: async (scene) => ({ sessionId: await liveSession(scene) }) },
  commandSession: { input: async (scene) => ({ sessionId: await liveSession(scene), command: 'drain' }) },
  cleanupSessions: {
    input: async (scene) => {
      const projectId = scene.fresh('project');
      await endedSession(scene, projectId);
      return { projectId };
    },
  },
  getFleetHealth: { ...admin, input: () => ({ maxAgeSeconds: 60 }) },
  getFleetTimeline: { ...admin, input: () => ({}) },
  getProgramState: { input: ({ programId }) => ({ programId }) },
  updateProgramState: {
    input: (scene) => ({
      programId: scene.programId,
      contextSummary: { lastTask: 'Parser', handoffNotes: scene.fresh('note') },
      learnedPatterns: [{ id: scene.fresh('pattern'), domain: 'git', pattern: 'Rebase', confidence: 0.5 }],
    }),
  },
  getContextHistory: { input: ({ programId }) => ({ programId }) },
  boot: { input: () => ({}) },
  activateAgent: { ...admin, input: async (scene) => ({ programId: await aProgram(scene), hours: 2 }) },
  currentSession: { ...admin, input: async (scene) => ({ programId: await openWindow(scene) }) },
  extendSession: { ...admin, input: async (scene) => ({ programId: await openWindow(scene), hours: 3 }) },
  deactivateAgent: { ...admin, input: async (scene) => ({ programId: await openWindow(scene) }) },
  remember: {
    ...admin,
    input: async (scene) => ({
      programId: await openWindow(scene),
      memories: [{ content: 'The port is 8080.' }, { content: 'Lint first.', tags: ['ci'] }],
    }),
  },
  recall: { ...admin, input: async (scene) => ({ programId: await openWindow(scene), query: 'port' }) },
  answer: { ...admin, input: async (scene) => ({ programId: await openWindow(scene), question: 'Which port?' }) },
  listMemories: { ...admin, input: async (scene) => ({ programId: await openWindow(scene) }) },
  forget: {
    ...admin,
    input: async (scene) => {
      const programId = await openWindow(scene);
      const { memoryIds } = await scene.call('remember', { programId, content: 'The port is 8081.' }, 'admin');
      return { programId, memoryIds };
    },
  },
  sendMessage: { input: (scene) => ({ target: scene.programId, message: scene.fresh('message') }) },
  sendToSession: {
    input: async (scene) => ({ sessionId: await liveSession(scene), message: scene.fresh('message') }),
  },
  getMessages: {
    ...admin,
    input: async (scene) => {
      const programId = await aProgram(scene);
      await scene.call('sendMessage', { target: programId, message: scene.fresh('message') });
      return { programId };
    },
  },
  getSentMessages: { input: () => ({}) },
  listPrograms: { input: () => ({}) },
  getProgram: { input: ({ programId }) => ({ programId }) },
  updateProgram: {
    ...admin,
    input: async (scene) => ({ programId: await aProgram(scene), color: '#1a2b3c', groups: ['reviewers'] }),
  },
  createProgram: {
    ...admin,
    input: (scene) => ({ programId: scene.fresh('program'), displayName: 'Builder' }),
    oncePerEffect: 'PROGRAM_EXISTS',
  },
  retireProgram: { ...admin, input: async (scene) => ({ programId: (await aKey(scene)).programId }) },
  createKey: { ...admin, input: (scene) => ({ programId: scene.fresh('program'), label: 'laptop' }) },
  listKeys: { ...admin, input: () => ({ limit: 5 }) },
  revokeKey: { ...admin, input: async (scene) => ({ keyHash: (await aKey(scene)).keyHash }) },
  rotateKey: { ...admin, input: async (scene) => ({ keyHash: (await aKey(scene)).keyHash, graceMinutes: 10 }) },
  exchangeKey: { input: async (scene) => ({ key: (await aKey(scene)).key }) },
  createAccount: { as: 'newcomer', input: (scene) => ({ name: scene.fresh('account') }) },
  getAccount: { input: () => ({}) },
  updateAccount: { ...admin, input: () => ({ staleAfterMinutes: 20 }) },
  listMembers: { ...admin, input: () => ({}) },
  inviteMember: { ...admin, input: (scene) => ({ email: anAddress(scene) }) },
  setMemberRole: { ...admin, input: async (scene) => ({ memberId: await anInvited(scene), role: 'admin' }) },
  removeMember: {
    ...admin,
    input: async (scene) => ({ memberId: await anInvited(scene) }),
    oncePerEffect: 'MEMBER_UNKNOWN',
  },
  createTask: { input: ({ programId }) => ({ title: 'Fix the build', target: programId, instructions: 'At once' }) },
  getTasks: { input: () => ({ limit: 5 }) },
  getTask: { input: async (scene) => ({ taskId: await aTask(scene) }) },
  claimTask: {
    input: async (scene) => ({ taskId: await aTask(scene), sessionId: await liveSession(scene) }),
  },
  unclaimTask: { input: async (scene) => ({ taskId: await aClaimedTask(scene) }) },
  completeTask: {
    input: async (scene) => ({ taskId: await aClaimedTask(scene), outcome: 'SUCCESS', result: 'Fixed' }),
  },
  exportAccount: { ...admin, input: () => ({ limit: 5 }) },
  importAccount: {
    ...admin,
    input: (scene) => ({
      records: [
        {
          kind: 'program',
          programId: scene.fresh('program'),
          displayName: 'Imported',
          role: 'builder',
          color: null,
          groups: [],
          tags: [],
          createdAt: '2026-01-01T00:00:00.000Z',
          retiredAt: null,
        },
      ],
    }),
  },
  listEvents: { ...admin, input: () => ({ limit: 5 }) },
  createWebhook: {
    ...admin,
    input: (scene) => ({ url: scene.webhookUrl, eventTypes: ['session.started'], description: 'Board' }),
  },
  listWebhooks: { ...admin, input: () => ({}) },
  registerDevice: { input: (scene) => ({ token: scene.fresh('token'), platform: 'web' }) },
  listDevices: { input: () => ({}) },
  unregisterDevice: {
    input: async (scene) => {
      const { deviceId } = await scene.call('registerDevice', { token: scene.fresh('token'), platform: 'web' });
      return { deviceId };
    },
    oncePerEffect: 'DEVICE_UNKNOWN',
  },
  deleteWebhook: {
    ...admin,
    input: async (scene) => ({ webhookId: await aWebhook(scene) }),
    oncePerEffect: 'WEBHOOK_UNKNOWN',
  },
  pingWebhook: { ...admin, input: async (scene) => ({ webhookId: await theWebhook(scene) }) },
  listDeliveries: { ...admin, input: async (scene) => ({ webhookId: await theWebhook(scene) }) },
  resendEvent: {
    ...admin,
    input: async (scene) => {
      const subject = `session/${await liveSession(scene)}`;
      const { events } = await scene.call('listEvents', { subject, limit: 1 }, 'admin');
      return { webhookId: await theWebhook(scene), eventId: String(events[0]?.id) };
    },
  },
};

export const allNames = Object.keys(validCalls) as OperationName[];

async function liveSession(scene: Scene): Promise<string> {
  const sessionId = scene.fresh('session');
  await scene.call('createSession', { name: 'Live', sessionId });
  return sessionId;
}

async function endedSession(scene: Scene, projectName = 'p'): Promise<string> {
  const sessionId = scene.fresh('session');
  await scene.call('createSession', { name: 'Ended', sessionId, projectName, state: 'complete' });
  return sessionId;
}

async function aProgram(scene: Scene): Promise<string> {
  const programId = scene.fresh('program');
  await scene.call('createProgram', { programId }, 'admin');
  return programId;
}

async function aKey(scene: Scene) {
  return scene.call('createKey', { programId: scene.fresh('program'), label: 'ci', role: 'program' }, 'admin');
}

/** @returns whose it is */
async function openWindow(scene: Scene): Promise<string> {
  const programId = await aProgram(scene);
  await scene.call('activateAgent', { programId }, 'admin');
  return programId;
}

function anAddress(scene: Scene): string {
  return `${scene.fresh('someone')}@example.com`;
}

async function anInvited(scene: Scene): Promise<string> {
  return (await scene.call('inviteMember', { email: anAddress(scene) }, 'admin')).memberId;
}

async function aTask(scene: Scene): Promise<string> {
  const taskId = scene.fresh('task');
  await scene.call('createTask', { title: 'Fix the build', target: scene.programId, taskId });
  return taskId;
}

async function aClaimedTask(scene: Scene): Promise<string> {
  const taskId = await aTask(scene);
  await scene.call('claimTask', { taskId, sessionId: await liveSession(scene) });
  return taskId;
}

async function aWebhook(scene: Scene): Promise<string> {
  const { webhookId } = await scene.call('createWebhook', { url: scene.webhookUrl }, 'admin');
  return webhookId;
}

const webhooks = new WeakMap<Scene, Promise<string>>();

/** An account may have a few only, so the calls of a scene share one. */
function theWebhook(scene: Scene): Promise<string> {
  const known = webhooks.get(scene) ?? aWebhook(scene);
  webhooks.set(scene, known);
  return known;
}
