/** One way to break what must hold under contention, and the tests that notice. */
export interface CodeMutant {
  /** What no longer holds. */
  readonly name: string;
  /** From the root of the repository. */
  readonly file: string;
  /** Stands in the file once. */
  readonly find: string;
  readonly replace: string;
  /** Test files, from the root. One of them fails at the least. */
  readonly caughtBy: readonly string[];
  /** Only the tests whose titles it matches are run. Absent: all of these files. */
  readonly title?: string;
}

const LIMIT = 'test/integration/session-limit.test.ts';
const TASKS = 'test/integration/tasks.test.ts';
const CONVERGES = 'test/faults/sweep-converges.test.ts';
const BEAT = 'test/faults/sweep-and-beat.test.ts';
const START = 'test/faults/sweep-and-start.test.ts';
const WINDOWS = 'test/integration/windows.test.ts';
const FENCE = 'test/integration/fence.test.ts';
const PROGRAM_STATE = 'test/integration/program-state.test.ts';
const IDEMPOTENCY = 'test/integration/idempotency.test.ts';
const TRUST = 'test/integration/trusted-memory.test.ts';
const CLOSED = 'test/faults/failing-closed.test.ts';
const WEBHOOKS = 'test/integration/webhooks.test.ts';
const DEVICES = 'test/integration/devices.test.ts';

const SLOTS = 'functions/src/domain/session-slots.ts';
const SESSIONS = 'functions/src/store/sessions.ts';
const SESSION_WRITES = 'functions/src/store/session-writes.ts';
const SESSION_CHANGES = 'functions/src/store/session-changes.ts';
const SWEEPS = 'functions/src/store/sweeps.ts';
const TASK_STORE = 'functions/src/store/tasks.ts';
const IDENTIFY = 'functions/src/operations/identify-caller.ts';

/** What `npm run mutants` tries, beside the mutants of the security rules: see docs/decisions/033-mutants-of-the-code.md. */
export const codeMutants: readonly CodeMutant[] = [
  {
    name: 'a limit lets one session more',
    file: SLOTS,
    find: 'Object.keys(slots).length < limit',
    replace: 'Object.keys(slots).length <= limit',
    caughtBy: ['functions/src/domain/session-slots.test.ts'],
  },
  {
    name: 'a pinned session gives way',
    file: SLOTS,
    find: " && h.state !== 'pinned'",
    replace: '',
    caughtBy: ['functions/src/domain/session-slots.test.ts'],
  },
  {
    name: 'a slot is taken whatever rivals took since it was counted',
    file: SESSION_WRITES,
    find: '...freed, { lastUpdateTime });',
    replace: '...freed);',
    caughtBy: [LIMIT],
    title: 'parallel starts at a limit of 16',
  },
  {
    name: 'the first slot of an account is taken over those of rivals',
    file: SESSION_WRITES,
    find: 'batch.create(ref, { sessions:',
    replace: 'batch.set(ref, { sessions:',
    caughtBy: [LIMIT],
    title: 'forty first starts',
  },
  {
    name: 'a session that ends keeps its slot',
    file: SESSION_WRITES,
    find: "if (slot === 'released') releaseSlot(",
    replace: "if (slot !== 'released') releaseSlot(",
    caughtBy: [LIMIT],
    title: 'at the limit',
  },
  {
    name: 'a session that ends stays among the live',
    file: SESSION_WRITES,
    find: 'if (before !== undefined && isEnded(before) !== isEnded(next)) tx.delete(refOf(db, account, before));',
    replace: '',
    caughtBy: ['test/integration/sessions.test.ts'],
  },
  {
    name: 'a session that is resumed stays among the ended',
    file: SESSION_WRITES,
    find: 'if (before !== undefined) batch.delete(refOf(db, account, before), unmoved(refOf(db, account, before)));',
    replace: '',
    caughtBy: ['test/integration/restore-session.test.ts'],
  },
  {
    name: 'a start counts its slots after it has seen when the account is visited',
    file: SESSION_CHANGES,
    find: `    const [document] = isLimited ? await reader.getAll(slotsRef) : [];
    const settings = await readAccount(context, account, reader);
`,
    replace: `    const settings = await readAccount(context, account, reader);
    const [document] = isLimited ? await reader.getAll(slotsRef) : [];
`,
    caughtBy: [START],
    title: 'with a limit that falls idle',
  },
  {
    name: 'a start that learns of a limit only now counts its slots after it has seen when the account is visited',
    file: SESSION_CHANGES,
    find: '    isLimited = true;',
    replace: `    const late = (await reader.getAll(slotsRef))[0];
    return { settings, slots: (late && read<{ sessions?: Slots }>('slots', late)?.sessions) ?? {} };`,
    caughtBy: [START],
    title: 'with a limit that the start has not heard of',
  },
  {
    name: 'a start in an idle account asks for no visit',
    file: SESSION_CHANGES,
    find: 'return nextSweepAt === null || nextSweepAt > moment ? moment : undefined;',
    replace: 'return nextSweepAt !== null && nextSweepAt > moment ? moment : undefined;',
    caughtBy: [START],
    title: 'without a limit',
  },
  {
    name: 'a report that rests on what was known is written over what has moved',
    file: SESSIONS,
    find: 'unmovedSince ? { lastUpdateTime: unmovedSince } : { exists: true },',
    replace: '{ exists: true },',
    caughtBy: ['test/integration/commands.test.ts', 'test/integration/inbox.test.ts', BEAT],
  },
  {
    name: 'a beat brings a session back that has ended',
    file: SESSIONS,
    find: 'await this.doc(path).update(',
    replace: 'await this.doc(path).set(',
    caughtBy: [BEAT],
    title: 'interleavings',
  },
  {
    name: 'the sweep ends a session that has spoken since it looked',
    file: SWEEPS,
    find: 'batch.delete(db.doc(documents.session(account, session.sessionId)), { lastUpdateTime: version as Timestamp });',
    replace: 'batch.delete(db.doc(documents.session(account, session.sessionId)));',
    caughtBy: [BEAT],
    title: 'interleavings',
  },
  {
    name: 'the sweep keeps the slot of a session that it ends',
    file: SWEEPS,
    find: 'releaseSlot(batch, db.doc(documents.slots(account)), session.sessionId);',
    replace: '',
    caughtBy: ['test/integration/sweep.test.ts'],
  },
  {
    name: 'the sweep marks a session that has spoken since it looked',
    file: SWEEPS,
    find: 'batch.update(ref, { staleSince }, { lastUpdateTime: version as Timestamp });',
    replace: 'batch.update(ref, { staleSince });',
    caughtBy: ['test/integration/sweep.test.ts'],
    title: 'marked as silent',
  },
  {
    name: 'an account falls idle without a trace that a start would notice',
    file: SWEEPS,
    find: 'tx.set(db.doc(documents.slots(account)), { idleAt: now }, { merge: true });',
    replace: '',
    caughtBy: [START],
    title: 'with a limit that falls idle',
  },
  {
    name: 'an account falls idle without a look at what lives',
    file: SWEEPS,
    find: 'const secondLook = live.empty ? null : new Date(now.getTime() + SECOND_LOOK_MS);',
    replace: 'const secondLook = null;',
    caughtBy: [START],
    title: 'without a limit',
  },
  {
    name: 'an account falls idle without a look at what waits',
    file: SWEEPS,
    find: 'earliest([nextSweepAt, secondLook, nextExpiryAt])',
    replace: 'earliest([nextSweepAt, secondLook])',
    caughtBy: [TASKS],
    title: 'the time to live',
  },
  {
    name: 'the sweep archives a session that was restored and ended again since it looked',
    file: SWEEPS,
    find: '.update(doc.ref, { archivedAt: now }, { lastUpdateTime: doc.updateTime })',
    replace: '.update(doc.ref, { archivedAt: now })',
    caughtBy: ['test/integration/sweep-archive.test.ts'],
    title: 'resumes while its page',
  },
  {
    name: 'a visit that comes hours late ends what could not speak',
    file: 'functions/src/domain/sweep-plan.ts',
    find: 'now.getTime() - dueAt.getTime() > limits.SWEEP_OUTAGE_MINUTES * 60_000',
    replace: 'now.getTime() - dueAt.getTime() > limits.SWEEP_OUTAGE_MINUTES * 60_000_000',
    caughtBy: ['test/integration/sweep-outage.test.ts'],
    title: 'the first visit after an outage',
  },
  {
    name: 'a visit that goes on after an outage forgets that it was one',
    file: 'functions/src/domain/sweep-plan.ts',
    find: 'return account.endsHeldUntil !== null && account.endsHeldUntil > now ? account.endsHeldUntil : null;',
    replace: 'return null;',
    caughtBy: ['test/integration/sweep-outage.test.ts'],
  },
  {
    name: 'what the sweep tells has another id each time',
    file: 'functions/src/domain/sweep-plan.ts',
    find: 'once: stale ? silence :',
    replace: 'once: stale ? String(Math.random()) :',
    caughtBy: [CONVERGES],
    title: 'four visits at once|two visits|held at any RPC|dies at any RPC',
  },
  {
    name: 'two programs claim one task',
    file: TASK_STORE,
    find: 'batch.update(ref, { ...change.patch }, { lastUpdateTime: snapshot.updateTime as Timestamp });',
    replace: 'batch.update(ref, { ...change.patch });',
    caughtBy: [TASKS],
    title: '100 programs claim one task',
  },
  {
    name: 'whoever comes second gets a task from its holder',
    file: 'functions/src/domain/task.ts',
    find: 'if (claimedBy !== null) {',
    replace: 'if (claimedBy === taskId) {',
    caughtBy: ['functions/src/domain/task.test.ts'],
  },
  {
    name: 'the sweep takes a task that has moved since it looked',
    file: TASK_STORE,
    find: 'batch.update(this.ref(account, task.taskId), { ...patch }, { lastUpdateTime: version as Timestamp });',
    replace: 'batch.update(this.ref(account, task.taskId), { ...patch });',
    caughtBy: [TASKS],
    title: 'since the visit looked',
  },
  {
    name: 'the sweep looks at the tasks after it looked at the sessions',
    file: 'functions/src/operations/sweep-account.ts',
    find: 'const pending = await settleTasks(accountId, open, live, now, ports);',
    replace: 'const pending = await settleTasks(accountId, await tasks.open(accountId), live, now, ports);',
    caughtBy: [TASKS],
    title: 'since the visit looked',
  },
  {
    name: 'a task that can expire asks for no visit',
    file: TASK_STORE,
    find: 'if (nextSweepAt !== null && nextSweepAt <= expiresAt) return () => undefined;',
    replace: 'return () => undefined;',
    caughtBy: [TASKS],
    title: 'the time to live',
  },
  {
    name: 'a task that is put back, and can expire, asks for no visit',
    file: TASK_STORE,
    find: "return patch.status === 'pending' && expiresAt !== null;",
    replace: 'return false;',
    caughtBy: [TASKS],
    title: 'that is put back after its account',
  },
  {
    name: 'a token of an older epoch writes',
    file: 'functions/src/store/fence.ts',
    find: 'const claims = epoch === null ? null : { epoch };',
    replace: 'const claims = null;',
    caughtBy: [WINDOWS, 'test/integration/memories.test.ts'],
  },
  {
    name: 'the fence is looked at outside of the transaction that writes',
    file: 'functions/src/store/fence.ts',
    find: 'const live = await tx.get(db.doc(documents.session(account, sessionId)));',
    replace: 'const live = await db.doc(documents.session(account, sessionId)).get();',
    caughtBy: [FENCE],
  },
  {
    name: 'a program state is written without a look at the fence',
    file: 'functions/src/store/program-states.ts',
    find: 'await requireFence(db, tx, account, fence);',
    replace: '',
    caughtBy: [FENCE],
  },
  {
    name: 'memories are forgotten without a look at the fence',
    file: 'functions/src/store/memories.ts',
    find: 'if (fence !== undefined) await requireFence(db, tx, account, fence);',
    replace: '',
    caughtBy: [FENCE],
  },
  {
    name: 'a window is open past its end',
    file: 'functions/src/domain/session-window.ts',
    find: 'if (isWindowExpired(found, now)) throw expired(found.window.expiresAt);',
    replace: '',
    caughtBy: ['functions/src/domain/session-window.test.ts'],
  },
  {
    name: 'two activations at once both think that they are the newest',
    file: 'functions/src/store/windows.ts',
    find: 'else batch.update(pointerRef, { ...next }, { lastUpdateTime: version });',
    replace: 'else batch.update(pointerRef, { ...next });',
    caughtBy: [WINDOWS],
    title: 'twenty activations',
  },
  {
    name: 'a merge of program state is written over that of a rival',
    file: 'functions/src/store/program-states.ts',
    find: 'batch.update(ref, { ...written }, { lastUpdateTime: snapshot.updateTime });',
    replace: 'batch.update(ref, { ...written });',
    caughtBy: [PROGRAM_STATE],
    title: 'parallel writers',
  },
  {
    name: 'the first program state is written over that of a rival',
    file: 'functions/src/store/program-states.ts',
    find: 'else batch.create(ref, written);',
    replace: 'else batch.set(ref, written);',
    caughtBy: [PROGRAM_STATE],
    title: 'parallel writers',
  },
  {
    name: 'omitted fields are emptied by a merge',
    file: 'functions/src/domain/program-state.ts',
    find: 'const next = { ...old };',
    replace: 'const next = { ...empty };',
    caughtBy: ['functions/src/domain/program-state.test.ts', 'functions/src/domain/program-state-maps.test.ts'],
  },
  {
    name: 'merging custom settings forgets what was not sent',
    file: 'functions/src/domain/program-state.ts',
    find: 'isJsonObject(old) ? { ...old } : {};',
    replace: '{};',
    caughtBy: ['functions/src/domain/program-state.test.ts', 'functions/src/domain/program-state-maps.test.ts'],
  },
  {
    name: 'a repeated call takes the claim of the first',
    file: 'functions/src/store/idempotent-calls.ts',
    find: 'this.ref(callId).create(claim)',
    replace: 'this.ref(callId).set(claim)',
    caughtBy: [IDEMPOTENCY],
    title: 'createSession repeated fifty times',
  },
  {
    name: 'an idempotency key answers another input',
    file: 'functions/src/operations/once.ts',
    find: 'if (claim.fingerprint !== fingerprint) throw reused();',
    replace: '',
    caughtBy: [IDEMPOTENCY],
    title: 'with another input',
  },
  {
    name: 'a refused call keeps its idempotency key',
    file: 'functions/src/operations/once.ts',
    find: 'await idempotentCalls.release(callId, claim, isWithoutEffect(error));',
    replace: '',
    caughtBy: [IDEMPOTENCY],
    title: 'a refused call is forgotten',
  },
  {
    name: 'a revoked key is trusted from memory for ever',
    file: 'functions/src/store/trusted-memory.ts',
    find: 'if (age >= 0 && age < limits.CREDENTIAL_CACHE_SECONDS * 1000) return;',
    replace: 'if (age >= 0 && age < limits.CREDENTIAL_CACHE_SECONDS * 1000 * 1000) return;',
    caughtBy: [TRUST],
  },
  {
    name: 'a clock that was set back trusts without asking',
    file: 'functions/src/store/trusted-memory.ts',
    find: 'if (age >= 0 && age <',
    replace: 'if (age <',
    caughtBy: [TRUST],
  },
  {
    name: 'what was loaded before a revocation is remembered after it',
    file: 'functions/src/store/trusted-memory.ts',
    find: 'if (value !== undefined && unchanged)',
    replace: 'if (value !== undefined)',
    caughtBy: [TRUST],
  },
  {
    name: 'an instance that missed revocations trusts what it knows',
    file: 'functions/src/store/trusted-memory.ts',
    find: 'if (this.seen.count + added.length !== now.count) this.entries.clear();',
    replace: 'if (this.seen.count > now.count) this.entries.clear();',
    caughtBy: [TRUST],
  },
  {
    name: 'a revocation is told to no other instance',
    file: 'functions/src/store/keys.ts',
    find: 'memory.invalidate(tx, memoryKeys.apiKey(keyHash), memoryKeys.principal(uidOfKey(keyHash)));',
    replace: '',
    caughtBy: [TRUST],
  },
  {
    name: 'the record of another key opens the door',
    file: IDENTIFY,
    find: 'key?.keyHash !== keyHash || ',
    replace: 'key === undefined || ',
    caughtBy: [CLOSED],
    title: 'recall of keys answers',
  },
  {
    name: 'an expired or revoked key opens the door',
    file: IDENTIFY,
    find: ' || !isValidAt(key, now))',
    replace: ')',
    caughtBy: [CLOSED],
    title: 'recall of keys answers',
  },
  {
    name: 'the principal of somebody else opens the door',
    file: IDENTIFY,
    find: 'uid === idToken.uid &&',
    replace: '',
    caughtBy: [CLOSED],
    title: 'recall of principals answers',
  },
  {
    name: 'a token from before a revocation opens the door',
    file: IDENTIFY,
    find: 'idToken.authTimeSeconds * 1000 >= validSince.getTime() &&',
    replace: '',
    caughtBy: [CLOSED],
    title: 'recall of principals answers',
  },
  {
    name: 'a session token of another account opens the window',
    file: IDENTIFY,
    find: 'if (claims === undefined || claims.account !== identity.account) {',
    replace: 'if (claims === undefined) {',
    caughtBy: [CLOSED],
    title: 'verify of sessionTokens answers a window',
  },
  {
    name: 'any role may call any operation',
    file: 'functions/src/operations/dispatch.ts',
    find: 'requireAccess(operation, caller);',
    replace: '',
    caughtBy: ['test/integration/doors-agree.test.ts'],
    title: 'every door gives a program the verdict',
  },
  {
    name: 'two attempts deliver one event to one endpoint at once',
    file: 'functions/src/store/webhook-deliveries.ts',
    find: '{ lastUpdateTime: version as Timestamp },',
    replace: '',
    caughtBy: [WEBHOOKS],
    title: 'at least once',
  },
  {
    name: 'a delivery that is on its way is made anew',
    file: 'functions/src/store/webhook-deliveries.ts',
    find: "await this.ref(account, delivery.webhookId, delivery.eventId).create(stored('delivery', delivery));",
    replace: "await this.ref(account, delivery.webhookId, delivery.eventId).set(stored('delivery', delivery));",
    caughtBy: [WEBHOOKS],
    title: 'at least once',
  },
  {
    name: 'two attempts push one alert at once',
    file: 'functions/src/store/pushes.ts',
    find: "return (await this.ref(account, pushId).create(stored('push', push))).writeTime;",
    replace: "return (await this.ref(account, pushId).set(stored('push', push))).writeTime;",
    caughtBy: [DEVICES],
    title: 'at least once',
  },
];
