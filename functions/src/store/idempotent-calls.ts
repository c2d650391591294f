import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { documents } from '@quarterdeck/contract';
import type { Precondition, Timestamp } from 'firebase-admin/firestore';
import type { ClaimedCall, IdempotentCallStore } from '../operations/ports.js';
import { read } from './documents.js';
import { ALREADY_EXISTS, FAILED_PRECONDITION, grpcCode, isTransient, NOT_FOUND } from './firestore-errors.js';
import type { Seal } from './seal.js';
import type { StoreContext } from './store-context.js';

/** Between two looks at a call that runs on another instance. */
const LOOK_EVERY_MS = 100;

/** An idempotent call as stored. The answer is sealed, because it may show a key or a token, which no document may. */
interface StoredCall {
  readonly fingerprint: string;
  readonly isRunning: boolean;
  /** Its randomness derives from the key of this id and this nonce: the same idempotency key makes other things once a day has passed. */
  readonly kid: string;
  readonly nonce: string;
  readonly sealedAnswer: string | null;
  /** A TTL policy removes it some time after this. */
  readonly expiresAt: Date;
}

export class FirestoreIdempotentCallStore implements IdempotentCallStore {
  /** @param seal is asked for with the first call that has an idempotency key */
  constructor(
    private readonly context: StoreContext,
    private readonly seal: () => Promise<Seal>,
  ) {}

  async claim(
    callId: string,
    fingerprint: string,
    now: Date,
    expiresAt: Date,
    patienceMs: number,
  ): Promise<ClaimedCall> {
    const giveUpAt = performance.now() + patienceMs;
    for (;;) {
      const found = await this.look(callId, fingerprint, now, expiresAt);
      const isAwaited = !found.isMine && found.isRunning && found.fingerprint === fingerprint;
      if (!isAwaited || performance.now() > giveUpAt) return found;
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  private async look(callId: string, fingerprint: string, now: Date, expiresAt: Date): Promise<ClaimedCall> {
    const seal = await this.seal();
    const kid = seal.currentKid;
    const nonce = randomUUID();
    const claim: StoredCall = { fingerprint, isRunning: true, kid, nonce, sealedAnswer: null, expiresAt };
    const version = await unlessOutpaced(() => this.ref(callId).create(claim));
    if (version !== undefined)
      return { fingerprint, isMine: true, isRunning: true, random: seal.randomFor(nonce, kid), version };
    const snapshot = await this.ref(callId).get();
    const call = read<StoredCall>('idempotentCall', snapshot);
    if (call === undefined) return this.look(callId, fingerprint, now, expiresAt);
    const known = {
      fingerprint: call.fingerprint,
      isMine: false,
      isRunning: call.isRunning,
      random: seal.randomFor(call.nonce, call.kid),
      version: snapshot.updateTime,
    };
    if (call.expiresAt <= now) {
      await this.release(callId, known, true);
      return this.look(callId, fingerprint, now, expiresAt);
    }
    return call.sealedAnswer === null ? known : { ...known, answer: JSON.parse(await seal.open(call.sealedAnswer)) };
  }

  async record(
    callId: string,
    { version }: ClaimedCall,
    answer: Record<string, unknown>,
  ): Promise<Record<string, unknown>> {
    const seal = await this.seal();
    try {
      const sealedAnswer = await seal.close(JSON.stringify(answer));
      const written = { sealedAnswer, isRunning: false };
      if (await unlessOutpaced(() => this.ref(callId).update(written, { lastUpdateTime: version as Timestamp })))
        return answer;
      // Another instance ran the call too, and its answer was recorded first: that one is the answer.
      const earlier = read<StoredCall>('idempotentCall', await this.ref(callId).get())?.sealedAnswer;
      return earlier ? JSON.parse(await seal.open(earlier)) : answer;
    } catch (error) {
      // The effect is there and its answer is known. Should it be asked for again, the call runs again and finds its effect.
      if (isTransient(error)) return answer;
      throw error;
    }
  }

  async release(callId: string, { version }: Pick<ClaimedCall, 'version'>, forget: boolean): Promise<void> {
    const unmoved: Precondition = { lastUpdateTime: version as Timestamp };
    const ref = this.ref(callId);
    try {
      await unlessOutpaced(() => (forget ? ref.delete(unmoved) : ref.update({ isRunning: false }, unmoved)));
    } catch (error) {
      // Then a repetition waits for a while in vain before it runs the call; why it was refused is what the caller has to hear.
      if (!isTransient(error)) throw error;
    }
  }

  private ref(callId: string) {
    return this.context.db.doc(documents.idempotentCall(callId));
  }
}

/** @returns when it was written; undefined: somebody else was faster */
async function unlessOutpaced(write: () => Promise<{ readonly writeTime: Timestamp }>): Promise<Timestamp | undefined> {
  try {
    return (await write()).writeTime;
  } catch (error) {
    if ([ALREADY_EXISTS, NOT_FOUND, FAILED_PRECONDITION].includes(grpcCode(error) ?? -1)) return undefined;
    throw error;
  }
}
