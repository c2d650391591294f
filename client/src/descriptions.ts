// Generated from the registry by `npm run reference`.
import type { OperationName } from './operations.js';

/** A field of an input, for who reads or writes it as text. */
export interface FieldDescription {
  readonly type: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';
  readonly required: boolean;
  /** What it means, with its default and bounds; empty: its name says it. */
  readonly description: string;
  /** The only values that it may have; of an array, that its elements may have. */
  readonly values?: readonly string[];
  /** True: null is a value of its own, and means nothing or none. */
  readonly nullable?: true;
}

/** An operation, in words. */
export interface OperationDescription {
  readonly title: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, FieldDescription>>;
}

/** Every operation in words, by the name of its method. */
export const DESCRIPTIONS: Readonly<Record<OperationName, OperationDescription>> = {
  createSession: {
    title: 'Create session',
    description:
      'Register a session when work starts. With the id of a live session of the same program it updates that one.',
    fields: {
      name: {
        type: 'string',
        required: true,
        description: 'What the agent is doing, for people to read. At most 200 characters.',
      },
      sessionId: {
        type: 'string',
        required: false,
        description:
          'An id of your own, so that a retry makes no second session. Absent: made by the server. 1 to 100 characters.',
      },
      programId: {
        type: 'string',
        required: false,
        description: "The program it belongs to. Absent: the caller's own. At most 50 characters.",
      },
      status: {
        type: 'string',
        required: false,
        description: 'What the agent is doing now, one line. At most 200 characters.',
      },
      state: {
        type: 'string',
        required: false,
        description: 'Absent: working for a new session, unchanged for a live one.',
        values: ['working', 'blocked', 'pinned', 'complete'],
      },
      progress: {
        type: 'number',
        required: false,
        description: 'Percentage, 0 to 100.',
      },
      projectName: {
        type: 'string',
        required: false,
        description: 'The project this session works on. At most 100 characters.',
      },
      expectedIntervalSeconds: {
        type: 'integer',
        required: false,
        description:
          "Seconds between this session's beats. Stale after 1.5 of them; absent: after the account's staleAfterMinutes. 30 to 3600.",
      },
      contextLimitBytes: {
        type: 'integer',
        required: false,
        description: 'Size of the context window; lets handoffRequired turn true by itself. At least 1.',
      },
      lifecycle: {
        type: 'string',
        required: false,
        description:
          'Moves the state along: a terminal one ends the session, needs_input and stuck mean blocked, the others working.',
        values: [
          'spawning',
          'working',
          'pr_open',
          'ci_failed',
          'review_pending',
          'changes_requested',
          'approved',
          'mergeable',
          'merged',
          'cleanup',
          'needs_input',
          'stuck',
          'errored',
          'killed',
          'done',
          'terminated',
        ],
      },
      branch: {
        type: 'string',
        required: false,
        description: 'At most 250 characters.',
        nullable: true,
      },
      issueId: {
        type: 'string',
        required: false,
        description: 'At most 100 characters.',
        nullable: true,
      },
      pr: {
        type: 'object',
        required: false,
        description: 'Its pull request.',
        nullable: true,
      },
      workspacePath: {
        type: 'string',
        required: false,
        description: 'At most 500 characters.',
        nullable: true,
      },
      runtimeHandle: {
        type: 'object',
        required: false,
        description: "How to reach the agent's environment.",
        nullable: true,
      },
      agentInfo: {
        type: 'object',
        required: false,
        description: "What the agent's own tool says of the session.",
        nullable: true,
      },
      metadata: {
        type: 'object',
        required: false,
        description: 'Labels, merged key by key; null removes one. At most 50 stay.',
      },
    },
  },
  getContextUtilization: {
    title: 'Get context utilization',
    description: 'See how full the context of a session, or of the live sessions of a program, has become.',
    fields: {
      sessionId: {
        type: 'string',
        required: false,
        description: 'The session. 1 to 100 characters.',
      },
      programId: {
        type: 'string',
        required: false,
        description: 'Its live sessions, up to 50, newest first. At most 50 characters.',
      },
    },
  },
  getSession: {
    title: 'Get session',
    description: 'Read one session, also when it has ended.',
    fields: {
      sessionId: {
        type: 'string',
        required: true,
        description: 'The session. 1 to 100 characters.',
      },
    },
  },
  heartbeat: {
    title: 'Heartbeat',
    description: 'Say that a session is alive, without changing its status. Beats that change nothing are absorbed.',
    fields: {
      sessionId: {
        type: 'string',
        required: false,
        description:
          "The session. Absent: the newest live session of the caller's program, at the price of one read. 1 to 100 characters.",
      },
      contextBytes: {
        type: 'integer',
        required: false,
        description: 'Size of the context now.',
      },
      activity: {
        type: 'string',
        required: false,
        description: 'What the process is doing; "exited" ends the session.',
        values: ['active', 'ready', 'idle', 'waiting_input', 'blocked', 'exited'],
        nullable: true,
      },
      tokens: {
        type: 'object',
        required: false,
        description: 'Tokens used so far.',
      },
      includeInbox: {
        type: 'boolean',
        required: false,
        description:
          'True: answer what waits for the agent as well, at the price of two reads, at times three. Default false.',
      },
    },
  },
  listSessions: {
    title: 'List sessions',
    description: 'See what every agent of the account is doing: live sessions first, newest first.',
    fields: {
      state: {
        type: 'string',
        required: false,
        description: 'Default "all".',
        values: ['working', 'blocked', 'pinned', 'complete', 'all'],
      },
      programId: {
        type: 'string',
        required: false,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 10. 1 to 50.',
      },
      includeArchived: {
        type: 'boolean',
        required: false,
        description: 'Default false.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  restoreSession: {
    title: 'Restore session',
    description:
      'Reopen a session that has ended and is not merged, also when it is archived. A live one stays as it is.',
    fields: {
      sessionId: {
        type: 'string',
        required: true,
        description: 'The session. 1 to 100 characters.',
      },
    },
  },
  updateSession: {
    title: 'Update session',
    description: "Set a session's one-line status, progress or state, and renew its heartbeat.",
    fields: {
      status: {
        type: 'string',
        required: true,
        description: 'What the agent is doing now, one line. At most 200 characters.',
      },
      sessionId: {
        type: 'string',
        required: false,
        description:
          "The session. Absent: the newest live session of the caller's program, at the price of one read. 1 to 100 characters.",
      },
      contextBytes: {
        type: 'integer',
        required: false,
        description: 'Size of the context now.',
      },
      activity: {
        type: 'string',
        required: false,
        description: 'What the process is doing; "exited" ends the session.',
        values: ['active', 'ready', 'idle', 'waiting_input', 'blocked', 'exited'],
        nullable: true,
      },
      tokens: {
        type: 'object',
        required: false,
        description: 'Tokens used so far.',
      },
      includeInbox: {
        type: 'boolean',
        required: false,
        description:
          'True: answer what waits for the agent as well, at the price of two reads, at times three. Default false.',
      },
      state: {
        type: 'string',
        required: false,
        description: '"complete" ends the session; "working" resumes a completed one.',
        values: ['working', 'blocked', 'pinned', 'complete'],
      },
      outcome: {
        type: 'string',
        required: false,
        description:
          'How it ended, with state "complete" only. Absent: completed, and progress becomes 100 unless given.',
        values: ['completed', 'errored', 'killed'],
      },
      progress: {
        type: 'number',
        required: false,
        description: 'Percentage, 0 to 100.',
      },
      projectName: {
        type: 'string',
        required: false,
        description: 'The project this session works on. At most 100 characters.',
      },
      lastHeartbeat: {
        type: 'boolean',
        required: false,
        description: "True renews the heartbeat with the server's time.",
      },
      contextLimitBytes: {
        type: 'integer',
        required: false,
        description: 'Size of the context window; remembered. At least 1.',
      },
      handoffRequired: {
        type: 'boolean',
        required: false,
        description: 'Overrules the share of the context from now on.',
      },
      expectedIntervalSeconds: {
        type: 'integer',
        required: false,
        description:
          "Seconds between this session's beats. Stale after 1.5 of them; absent: after the account's staleAfterMinutes. 30 to 3600.",
      },
      lifecycle: {
        type: 'string',
        required: false,
        description:
          'Moves the state along: a terminal one ends the session, needs_input and stuck mean blocked, the others working.',
        values: [
          'spawning',
          'working',
          'pr_open',
          'ci_failed',
          'review_pending',
          'changes_requested',
          'approved',
          'mergeable',
          'merged',
          'cleanup',
          'needs_input',
          'stuck',
          'errored',
          'killed',
          'done',
          'terminated',
        ],
      },
      branch: {
        type: 'string',
        required: false,
        description: 'At most 250 characters.',
        nullable: true,
      },
      issueId: {
        type: 'string',
        required: false,
        description: 'At most 100 characters.',
        nullable: true,
      },
      pr: {
        type: 'object',
        required: false,
        description: 'Its pull request.',
        nullable: true,
      },
      workspacePath: {
        type: 'string',
        required: false,
        description: 'At most 500 characters.',
        nullable: true,
      },
      runtimeHandle: {
        type: 'object',
        required: false,
        description: "How to reach the agent's environment.",
        nullable: true,
      },
      agentInfo: {
        type: 'object',
        required: false,
        description: "What the agent's own tool says of the session.",
        nullable: true,
      },
      metadata: {
        type: 'object',
        required: false,
        description: 'Labels, merged key by key; null removes one. At most 50 stay.',
      },
    },
  },
  cleanupSessions: {
    title: 'Clean up sessions',
    description: 'Archive the sessions that are over now, of one project or of all. They can be restored.',
    fields: {
      projectId: {
        type: 'string',
        required: false,
        description: 'Only sessions of this projectName. At most 100 characters.',
      },
      dryRun: {
        type: 'boolean',
        required: false,
        description: 'True: say what would be archived, and change nothing. Default false.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  commandSession: {
    title: 'Command session',
    description:
      'Tell a live session of your own to stop, or to drain, or take that back. Its agent obeys by itself; kill_session ends it at once.',
    fields: {
      sessionId: {
        type: 'string',
        required: true,
        description: 'The session. 1 to 100 characters.',
      },
      command: {
        type: 'string',
        required: true,
        description:
          'stop: end what you do, tidy up and complete. drain: finish what you have, take nothing new. Null takes back what waits.',
        values: ['stop', 'drain'],
        nullable: true,
      },
    },
  },
  killSession: {
    title: 'Kill session',
    description: 'Stop a session: it ends as killed, and its runner stops the agent. One that is over stays as it is.',
    fields: {
      sessionId: {
        type: 'string',
        required: true,
        description: 'The session. 1 to 100 characters.',
      },
    },
  },
  spawnSession: {
    title: 'Spawn session',
    description: 'Ask a runner to start an agent on a piece of work. The session is there at once, as spawning.',
    fields: {
      projectId: {
        type: 'string',
        required: true,
        description: "The project; the session's projectName, and the beginning of its id. At most 80 characters.",
      },
      issueId: {
        type: 'string',
        required: false,
        description: 'The issue that the session works on. At most 100 characters.',
      },
      branch: {
        type: 'string',
        required: false,
        description: 'Git branch that the session works on. At most 250 characters.',
      },
      prompt: {
        type: 'string',
        required: false,
        description: 'What the agent is told first. At most 10000 characters.',
      },
      agent: {
        type: 'string',
        required: false,
        description: 'Which agent. Absent: the runner decides. At most 50 characters.',
      },
      programId: {
        type: 'string',
        required: false,
        description: "The program it belongs to. Absent: the caller's own. At most 50 characters.",
      },
      metadata: {
        type: 'object',
        required: false,
        description: 'Labels.',
      },
    },
  },
  getFleetHealth: {
    title: 'Get fleet health',
    description: 'See every program: its heartbeat, state and whether it has gone silent.',
    fields: {
      maxAgeSeconds: {
        type: 'integer',
        required: false,
        description:
          'Recompute when the fleet document is older. Recomputing reads every live session. Default 60. 0 to 3600.',
      },
    },
  },
  getFleetTimeline: {
    title: 'Get fleet timeline',
    description: 'See how many programs worked, waited or were silent over a day, a week or a month.',
    fields: {
      period: {
        type: 'string',
        required: false,
        description: 'Calendar periods in UTC; weeks begin on Monday. Default "today".',
        values: ['today', 'this_week', 'this_month'],
      },
      resolution: {
        type: 'string',
        required: false,
        description:
          'One point per interval: the last that was taken in it. Intervals without a visit of the sweep have none. Default "15m".',
        values: ['5m', '15m', '1h', '1d'],
      },
    },
  },
  getContextHistory: {
    title: 'Get context history',
    description: 'Read earlier context summaries of a program, newest first; the newest 50 are kept.',
    fields: {
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 20. 1 to 50.',
      },
    },
  },
  getProgramState: {
    title: 'Get program state',
    description: 'Read what the previous session of this program left behind. Call it on start.',
    fields: {
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
    },
  },
  updateProgramState: {
    title: 'Update program state',
    description: 'Remember something for the next session. Fields given are merged, fields omitted stay, null clears.',
    fields: {
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
      sessionId: {
        type: 'string',
        required: false,
        description: 'The session that writes. 1 to 100 characters.',
      },
      contextSummary: {
        type: 'object',
        required: false,
        description: '',
      },
      learnedPatterns: {
        type: 'array',
        required: false,
        description: 'Merged by id; sending one again reinforces it. At most 200 elements.',
      },
      removePatternIds: {
        type: 'array',
        required: false,
        description: 'At most 200 elements.',
      },
      config: {
        type: 'object',
        required: false,
        description: '',
      },
      baselines: {
        type: 'object',
        required: false,
        description: '',
      },
      decay: {
        type: 'object',
        required: false,
        description: '',
      },
      ifRevision: {
        type: 'integer',
        required: false,
        description: 'Refuse with aborted when the state has another revision. 0: only when it was never written.',
      },
    },
  },
  boot: {
    title: 'Boot',
    description:
      'Start here: what the previous session of this program left behind, how it ended, and what is still open.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the caller's own. At most 50 characters.",
      },
      maxChars: {
        type: 'integer',
        required: false,
        description: 'Largest size of the brief, in characters. Default 4000. 500 to 40000.',
      },
    },
  },
  activateAgent: {
    title: 'Activate agent',
    description:
      'Open a window in which the program can store and recall memories. Ends the session of a window that is open.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      hours: {
        type: 'number',
        required: false,
        description: 'Hours, fractions allowed; at most 168, a week. Default 6. More than 0.',
      },
      name: {
        type: 'string',
        required: false,
        description: 'Absent: the name of the program. At most 200 characters.',
      },
    },
  },
  currentSession: {
    title: 'Current session',
    description: 'See how long the window of the session token, or of your program, stays open.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
    },
  },
  deactivateAgent: {
    title: 'Deactivate agent',
    description: 'Shut the window and complete its session; memories stay for the next one.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
    },
  },
  extendSession: {
    title: 'Extend session',
    description: 'Keep the window open for longer: adds hours to its end, to at most a week from now.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      hours: {
        type: 'number',
        required: false,
        description: 'Hours, fractions allowed; at most 168, a week. Default 6. More than 0.',
      },
    },
  },
  answer: {
    title: 'Answer',
    description: 'Answer a question from the memories of the program, with citations.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      question: {
        type: 'string',
        required: true,
        description: 'At most 1000 characters.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Memories to answer from. Default 5. 1 to 50.',
      },
      types: {
        type: 'array',
        required: false,
        description: 'Only memories of these types. Not empty.',
        values: [
          'fact',
          'preference',
          'goal',
          'decision',
          'artifact',
          'learning',
          'event',
          'instruction',
          'relationship',
          'context',
          'observation',
          'commitment',
          'error',
        ],
      },
      tags: {
        type: 'array',
        required: false,
        description: 'Only memories that have all of these tags. 1 to 20 elements.',
      },
      minConfidence: {
        type: 'number',
        required: false,
        description: '0 to 1.',
      },
    },
  },
  forget: {
    title: 'Forget',
    description: 'Remove memories for good. Those that are gone already are no error.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      memoryIds: {
        type: 'array',
        required: true,
        description: '1 to 100 elements.',
      },
    },
  },
  listMemories: {
    title: 'List memories',
    description: 'Read the memories of the program, newest first.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      type: {
        type: 'string',
        required: false,
        description: '',
        values: [
          'fact',
          'preference',
          'goal',
          'decision',
          'artifact',
          'learning',
          'event',
          'instruction',
          'relationship',
          'context',
          'observation',
          'commitment',
          'error',
        ],
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 10. 1 to 50.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  recall: {
    title: 'Recall',
    description: 'Find memories of the program that fit a query, best first, whichever session stored them.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      query: {
        type: 'string',
        required: true,
        description: 'At most 1000 characters.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 10. 1 to 50.',
      },
      types: {
        type: 'array',
        required: false,
        description: 'Only memories of these types. Not empty.',
        values: [
          'fact',
          'preference',
          'goal',
          'decision',
          'artifact',
          'learning',
          'event',
          'instruction',
          'relationship',
          'context',
          'observation',
          'commitment',
          'error',
        ],
      },
      tags: {
        type: 'array',
        required: false,
        description: 'Only memories that have all of these tags. 1 to 20 elements.',
      },
      minConfidence: {
        type: 'number',
        required: false,
        description: '0 to 1.',
      },
    },
  },
  remember: {
    title: 'Remember',
    description:
      'Store a memory, or up to 100 at once, for this and later sessions of the program. Needs an open window.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "The program. Absent: the session token's, else the caller's own. At most 50 characters.",
      },
      content: {
        type: 'string',
        required: false,
        description: 'What to remember, in words that a later question may use. At most 10000 characters.',
      },
      type: {
        type: 'string',
        required: false,
        description: 'Absent: fact.',
        values: [
          'fact',
          'preference',
          'goal',
          'decision',
          'artifact',
          'learning',
          'event',
          'instruction',
          'relationship',
          'context',
          'observation',
          'commitment',
          'error',
        ],
      },
      title: {
        type: 'string',
        required: false,
        description: 'Absent: the beginning of the content. At most 100 characters.',
      },
      confidence: {
        type: 'number',
        required: false,
        description: 'How sure the agent is, 0 to 1. Absent: 0.8.',
      },
      tags: {
        type: 'array',
        required: false,
        description: 'At most 20 elements.',
      },
      provenance: {
        type: 'string',
        required: false,
        description: 'Absent: explicit_statement.',
        values: ['explicit_statement', 'inferred', 'corrected', 'validated', 'observed', 'imported'],
      },
      memories: {
        type: 'array',
        required: false,
        description: 'A batch, instead of content and the fields beside it. 1 to 100 elements.',
      },
    },
  },
  getMessages: {
    title: 'Get messages',
    description: 'Read the messages that your program got, newest first: by default those that are not read yet.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "Whose inbox. Absent: the caller's own. At most 50 characters.",
      },
      unreadOnly: {
        type: 'boolean',
        required: false,
        description: 'Default true.',
      },
      threadId: {
        type: 'string',
        required: false,
        description: 'Only of this thread.',
      },
      markAsRead: {
        type: 'boolean',
        required: false,
        description:
          'Mark those that are answered as read. An answer can get lost, so do it once you have them: with the second call. Default false.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 10. 1 to 50.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  getSentMessages: {
    title: 'Get sent messages',
    description: 'See what your program has sent, newest first, and whether it was read.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: "Whose. Absent: the caller's own. At most 50 characters.",
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 10. 1 to 50.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  sendMessage: {
    title: 'Send message',
    description: 'Say something to a program, or to all programs of a group. They find it in get_messages.',
    fields: {
      target: {
        type: 'string',
        required: true,
        description:
          'A program, or "group:" and the name of a group: each of its programs gets the message, but not the sender. At most 56 characters.',
      },
      message: {
        type: 'string',
        required: true,
        description: 'What to say. At most 2000 characters.',
      },
      messageType: {
        type: 'string',
        required: false,
        description: 'Default "STATUS".',
        values: ['PING', 'PONG', 'HANDSHAKE', 'DIRECTIVE', 'STATUS', 'ACK', 'QUERY', 'RESULT'],
      },
      priority: {
        type: 'string',
        required: false,
        description: 'Default "normal".',
        values: ['low', 'normal', 'high'],
      },
      sessionId: {
        type: 'string',
        required: false,
        description:
          'The session of the program that it is meant for. Absent: whichever reads it. 1 to 100 characters.',
      },
      threadId: {
        type: 'string',
        required: false,
        description: 'What belongs together. Absent: that of the message replied to, else a new one.',
      },
      replyTo: {
        type: 'string',
        required: false,
        description: 'A message that you got or sent.',
      },
      ttlSeconds: {
        type: 'integer',
        required: false,
        description: 'After so many seconds nobody gets it any more. Default 86400. 60 to 2592000.',
      },
    },
  },
  sendToSession: {
    title: 'Send to session',
    description: 'Tell the agent of a live session what to do. Its program finds it in get_messages.',
    fields: {
      sessionId: {
        type: 'string',
        required: true,
        description: 'The session. 1 to 100 characters.',
      },
      message: {
        type: 'string',
        required: true,
        description: 'What to say. At most 2000 characters.',
      },
    },
  },
  createProgram: {
    title: 'Create program',
    description: 'Make a program before it has a key, or put a retired one back into service.',
    fields: {
      displayName: {
        type: 'string',
        required: false,
        description: 'At most 200 characters.',
        nullable: true,
      },
      role: {
        type: 'string',
        required: false,
        description: 'What it is for, such as "reviewer". Gives no rights. At most 50 characters.',
        nullable: true,
      },
      color: {
        type: 'string',
        required: false,
        description: '',
        nullable: true,
      },
      groups: {
        type: 'array',
        required: false,
        description: 'At most 20 elements.',
      },
      tags: {
        type: 'array',
        required: false,
        description: 'At most 20 elements.',
      },
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
    },
  },
  getProgram: {
    title: 'Get program',
    description: 'Read the name, role, colour, groups and tags of a program.',
    fields: {
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
    },
  },
  listPrograms: {
    title: 'List programs',
    description: 'See which programs the account has.',
    fields: {
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 100. 1 to 200.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  retireProgram: {
    title: 'Retire program',
    description: 'Take a program out of service: its keys stop working, its window shuts, its data and memories stay.',
    fields: {
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
    },
  },
  updateProgram: {
    title: 'Update program',
    description: 'Change the name, role, colour, groups or tags of a program.',
    fields: {
      displayName: {
        type: 'string',
        required: false,
        description: 'At most 200 characters.',
        nullable: true,
      },
      role: {
        type: 'string',
        required: false,
        description: 'What it is for, such as "reviewer". Gives no rights. At most 50 characters.',
        nullable: true,
      },
      color: {
        type: 'string',
        required: false,
        description: '',
        nullable: true,
      },
      groups: {
        type: 'array',
        required: false,
        description: 'At most 20 elements.',
      },
      tags: {
        type: 'array',
        required: false,
        description: 'At most 20 elements.',
      },
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
    },
  },
  createKey: {
    title: 'Create key',
    description: 'Make an API key for a program; the first key of a program creates it. The key is shown once.',
    fields: {
      programId: {
        type: 'string',
        required: true,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
      label: {
        type: 'string',
        required: true,
        description: 'What the key is for, to recognise it later. At most 200 characters.',
      },
      role: {
        type: 'string',
        required: false,
        description: 'Default "program".',
        values: ['program', 'auditor', 'admin'],
      },
      expiresInDays: {
        type: 'integer',
        required: false,
        description: 'Absent: the key does not expire. 1 to 3650.',
      },
    },
  },
  exchangeKey: {
    title: 'Exchange key',
    description: 'Turn an API key into a Firebase custom token, to sign in and listen to documents in real time.',
    fields: {
      key: {
        type: 'string',
        required: true,
        description: 'The API key, "cb_…". At most 200 characters.',
      },
    },
  },
  listKeys: {
    title: 'List keys',
    description: 'See which keys exist, for which programs, and when each was last used.',
    fields: {
      programId: {
        type: 'string',
        required: false,
        description: 'The program: a stable name for an agent, such as "builder". At most 50 characters.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 100. 1 to 200.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  revokeKey: {
    title: 'Revoke key',
    description: 'Stop a key from working. It cannot be undone.',
    fields: {
      keyHash: {
        type: 'string',
        required: true,
        description: '',
      },
    },
  },
  rotateKey: {
    title: 'Rotate key',
    description: 'Replace a key by a new one. A program rotates the key it calls with; an admin any key.',
    fields: {
      keyHash: {
        type: 'string',
        required: false,
        description: 'The key to replace. Absent: the key of this call.',
      },
      graceMinutes: {
        type: 'integer',
        required: false,
        description: 'How long the old key stays valid beside the new one. Default 0. 0 to 60.',
      },
    },
  },
  createAccount: {
    title: 'Create account',
    description:
      'On first sign-in: make an account, or join the one that invited your e-mail address. Refresh the ID token afterwards.',
    fields: {
      name: {
        type: 'string',
        required: false,
        description: 'Absent: "Account of" the e-mail address or name. At most 200 characters.',
      },
      acceptInvitation: {
        type: 'boolean',
        required: false,
        description: 'False: make an own account although an invitation waits. Default true.',
      },
    },
  },
  getAccount: {
    title: 'Get account',
    description: 'Read the name, tier, session limit and thresholds of the account.',
    fields: {},
  },
  updateAccount: {
    title: 'Update account',
    description: "Change the account's name, or when its sessions count as stale, dead and ready to archive.",
    fields: {
      staleAfterMinutes: {
        type: 'integer',
        required: false,
        description: 'Silence after which a session that announced no interval is stale. 1 to 43200.',
      },
      deadAfterMinutes: {
        type: 'integer',
        required: false,
        description: 'Silence after which a session is dead; not below staleAfterMinutes. 1 to 43200.',
      },
      blockedDeadAfterMinutes: {
        type: 'integer',
        required: false,
        description: 'The same for a blocked session, which waits for a person. 1 to 43200.',
      },
      archiveAfterMinutes: {
        type: 'integer',
        required: false,
        description: 'Time between the end of a session and its archiving. 1 to 43200.',
      },
      name: {
        type: 'string',
        required: false,
        description: 'At most 200 characters.',
      },
      tier: {
        type: 'string',
        required: false,
        description: 'Operator only.',
        values: ['free', 'pro', 'team', 'unlimited'],
      },
      sessionLimit: {
        type: 'integer',
        required: false,
        description: 'Operator only. Null: the tier decides. 1 to 1000.',
        nullable: true,
      },
    },
  },
  inviteMember: {
    title: 'Invite member',
    description:
      'Let the person with this e-mail address join the account at their next first sign-in. No mail is sent.',
    fields: {
      email: {
        type: 'string',
        required: true,
        description: '',
      },
      role: {
        type: 'string',
        required: false,
        description: 'Default "auditor".',
        values: ['admin', 'auditor'],
      },
    },
  },
  listMembers: {
    title: 'List members',
    description: 'See who can sign in to the account, and who is invited.',
    fields: {
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 100. 1 to 200.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  removeMember: {
    title: 'Remove member',
    description: 'Take away the access of a member, or take an invitation back.',
    fields: {
      memberId: {
        type: 'string',
        required: true,
        description: '1 to 128 characters.',
      },
    },
  },
  setMemberRole: {
    title: 'Set member role',
    description: 'Make a member an admin or an auditor.',
    fields: {
      memberId: {
        type: 'string',
        required: true,
        description: '1 to 128 characters.',
      },
      role: {
        type: 'string',
        required: true,
        description: '',
        values: ['admin', 'auditor'],
      },
    },
  },
  claimTask: {
    title: 'Claim task',
    description: 'Take a pending task. Exactly one claimer gets it; claiming what you hold already changes nothing.',
    fields: {
      taskId: {
        type: 'string',
        required: true,
        description: 'The task. 1 to 100 characters.',
      },
      programId: {
        type: 'string',
        required: false,
        description: "The program that gets it. Absent: the caller's own. At most 50 characters.",
      },
      sessionId: {
        type: 'string',
        required: false,
        description:
          "The live session that holds it: with its end the task returns to the queue. Absent: the program's current one, if it has one. 1 to 100 characters.",
      },
    },
  },
  completeTask: {
    title: 'Complete task',
    description: 'Say how a task that you hold ended. Its maker may cancel it while it waits.',
    fields: {
      taskId: {
        type: 'string',
        required: true,
        description: 'The task. 1 to 100 characters.',
      },
      outcome: {
        type: 'string',
        required: true,
        description: '',
        values: ['SUCCESS', 'FAILED', 'SKIPPED', 'CANCELLED'],
      },
      result: {
        type: 'string',
        required: false,
        description: 'What came of it. At most 4000 characters.',
      },
      attempt: {
        type: 'integer',
        required: false,
        description:
          'The attempt that ended, as claim_task answered it: refused when there is a newer one. Absent: any.',
      },
    },
  },
  createTask: {
    title: 'Create task',
    description: 'Give a program, or whoever of a group claims it first, something to do.',
    fields: {
      title: {
        type: 'string',
        required: true,
        description: 'What has to be done, one line. At most 200 characters.',
      },
      target: {
        type: 'string',
        required: true,
        description:
          'A program, such as "builder", or a group of programs, such as "group:reviewers". At most 56 characters.',
      },
      instructions: {
        type: 'string',
        required: false,
        description: 'All that its holder needs to know. At most 4000 characters.',
      },
      priority: {
        type: 'string',
        required: false,
        description: 'Default "normal".',
        values: ['low', 'normal', 'high'],
      },
      ttlSeconds: {
        type: 'integer',
        required: false,
        description:
          'Seconds for which it can be claimed; then it is cancelled. Absent: it waits for ever. 60 to 2592000.',
      },
      taskId: {
        type: 'string',
        required: false,
        description:
          'An id of your own: the same call again makes no second task. Absent: the server makes one. 1 to 100 characters.',
      },
    },
  },
  getTask: {
    title: 'Get task',
    description: 'Read a task with its instructions and result.',
    fields: {
      taskId: {
        type: 'string',
        required: true,
        description: 'The task. 1 to 100 characters.',
      },
    },
  },
  getTasks: {
    title: 'Get tasks',
    description: 'See which tasks wait (most urgent first, then oldest), are claimed or are done (newest first).',
    fields: {
      status: {
        type: 'string',
        required: false,
        description: 'Default "pending".',
        values: ['pending', 'claimed', 'done'],
      },
      target: {
        type: 'string',
        required: false,
        description:
          "Only tasks for this program, its groups' included, or for this group. Absent: your own; admins and auditors: all. At most 56 characters.",
      },
      mine: {
        type: 'boolean',
        required: false,
        description: 'True: only tasks for your own program, as target would say.',
      },
      createdBy: {
        type: 'string',
        required: false,
        description: 'Only tasks that this program made, instead of tasks for a target. At most 50 characters.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 10. 1 to 50.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  unclaimTask: {
    title: 'Unclaim task',
    description: 'Put a task that you hold back into the queue, for another to claim.',
    fields: {
      taskId: {
        type: 'string',
        required: true,
        description: 'The task. 1 to 100 characters.',
      },
    },
  },
  exportAccount: {
    title: 'Export account',
    description:
      'Read the whole account page by page, to keep it or to import it elsewhere; keys, members and webhooks are left out.',
    fields: {
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 100. 1 to 200.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  importAccount: {
    title: 'Import account',
    description:
      'Put records of an export into this account. What exists already is never overwritten; repeating it changes nothing.',
    fields: {
      records: {
        type: 'array',
        required: true,
        description: 'As export_account answered them, in its order. 1 to 100 elements.',
      },
    },
  },
  listEvents: {
    title: 'List events',
    description: 'See what happened in the account: newest first, or from a moment on to catch up.',
    fields: {
      types: {
        type: 'array',
        required: false,
        description: 'Absent: all. 1 to 29 elements.',
        values: [
          'account.created',
          'account.updated',
          'member.invited',
          'member.joined',
          'member.role_changed',
          'member.removed',
          'program.created',
          'program.updated',
          'program.retired',
          'key.created',
          'key.rotated',
          'key.revoked',
          'session.started',
          'session.state_changed',
          'session.lifecycle_changed',
          'session.spawn_requested',
          'session.commanded',
          'session.extended',
          'session.stale',
          'session.recovered',
          'session.ended',
          'message.sent',
          'task.created',
          'task.claimed',
          'task.released',
          'task.completed',
          'webhook.created',
          'webhook.deleted',
          'webhook.disabled',
        ],
      },
      subject: {
        type: 'string',
        required: false,
        description: 'What the events are about, such as "session/payment-refactor". At most 200 characters.',
      },
      after: {
        type: 'string',
        required: false,
        description: 'From this moment on, oldest first. Absent: newest first.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 50. 1 to 100.',
      },
      pageToken: {
        type: 'string',
        required: false,
        description: 'nextPageToken of the page before. Absent: the first page. At most 1000 characters.',
      },
    },
  },
  createWebhook: {
    title: 'Create webhook',
    description: 'Have events sent to an address of yours. The secret that they are signed with is shown once.',
    fields: {
      url: {
        type: 'string',
        required: true,
        description: 'https://…, at a public address, on port 443 or from 1024 on. At most 2000 characters.',
      },
      eventTypes: {
        type: 'array',
        required: false,
        description:
          'What is sent. By default the alerts: a session is stale, recovered, blocked or ended. Default ["session.stale","session.recovered","session.blocked","session.ended"]. 1 to 30 elements.',
        values: [
          'account.created',
          'account.updated',
          'member.invited',
          'member.joined',
          'member.role_changed',
          'member.removed',
          'program.created',
          'program.updated',
          'program.retired',
          'key.created',
          'key.rotated',
          'key.revoked',
          'session.started',
          'session.state_changed',
          'session.lifecycle_changed',
          'session.spawn_requested',
          'session.commanded',
          'session.extended',
          'session.stale',
          'session.recovered',
          'session.ended',
          'message.sent',
          'task.created',
          'task.claimed',
          'task.released',
          'task.completed',
          'webhook.created',
          'webhook.deleted',
          'webhook.disabled',
          'session.blocked',
        ],
      },
      description: {
        type: 'string',
        required: false,
        description: 'At most 200 characters.',
      },
    },
  },
  deleteWebhook: {
    title: 'Delete webhook',
    description: 'Stop sending events to an address. What is not delivered yet is not sent any more.',
    fields: {
      webhookId: {
        type: 'string',
        required: true,
        description: 'The endpoint.',
      },
    },
  },
  listDeliveries: {
    title: 'List deliveries',
    description: 'See which events were sent to an address, and what came of it.',
    fields: {
      webhookId: {
        type: 'string',
        required: true,
        description: 'The endpoint.',
      },
      limit: {
        type: 'integer',
        required: false,
        description: 'Default 20. 1 to 100.',
      },
    },
  },
  listWebhooks: {
    title: 'List webhooks',
    description: 'See where events are sent.',
    fields: {},
  },
  pingWebhook: {
    title: 'Ping webhook',
    description: 'Send a test message to an address now, and see what it answers.',
    fields: {
      webhookId: {
        type: 'string',
        required: true,
        description: 'The endpoint.',
      },
    },
  },
  resendEvent: {
    title: 'Resend event',
    description: 'Send an event to an address once more, as after an outage there. It has the same id again.',
    fields: {
      webhookId: {
        type: 'string',
        required: true,
        description: 'The endpoint.',
      },
      eventId: {
        type: 'string',
        required: true,
        description: 'The event. Who is told of it twice knows it by this.',
      },
    },
  },
  listDevices: {
    title: 'List devices',
    description: 'See which devices of yours are told of alerts.',
    fields: {},
  },
  registerDevice: {
    title: 'Register device',
    description: 'Have alerts sent to a phone or browser of yours. Call it at every start of the app: tokens change.',
    fields: {
      token: {
        type: 'string',
        required: true,
        description:
          "The registration token that Firebase Cloud Messaging gave the app: getToken() on the web, the delegate's or service's token on phones. At most 4096 characters.",
      },
      platform: {
        type: 'string',
        required: true,
        description: '',
        values: ['web', 'ios', 'android'],
      },
      label: {
        type: 'string',
        required: false,
        description: 'What you call the device. Omitted: as it was. At most 100 characters.',
      },
      eventTypes: {
        type: 'array',
        required: false,
        description: 'The alerts that it is told of. Omitted: as it was, and at first all of them. 1 to 4 elements.',
        values: ['session.stale', 'session.recovered', 'session.blocked', 'session.ended'],
      },
    },
  },
  unregisterDevice: {
    title: 'Unregister device',
    description: 'Stop sending alerts to a device of yours.',
    fields: {
      deviceId: {
        type: 'string',
        required: true,
        description: 'The device.',
      },
    },
  },
};
