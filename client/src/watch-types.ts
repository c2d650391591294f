import type { QuarterdeckError } from './errors.js';
import type { FleetRowView, FleetSummary, LiveState, SessionView } from './operations.js';

/** A web app's configuration, as the Firebase console shows it and Hosting serves it. */
export interface FirebaseConfig {
  readonly projectId: string;
  readonly apiKey: string;
  readonly authDomain?: string;
  /** Where the emulators are, `host:port`, when it is no project in the cloud. */
  readonly emulators?: { readonly auth: string; readonly firestore: string };
}

/** How watches reach Firebase. */
export interface FirebaseAccess {
  /** Default: what the deployment's Hosting answers at `/__/firebase/init.json`. */
  readonly config?: FirebaseConfig;
  /**
   * An app of the `firebase` package on which a person is signed in: used instead of signing in with a key, and left alone by `close()`. It has to be of
   * the same copy of `firebase` that this package finds.
   */
  readonly app?: { readonly name: string; readonly options: object; automaticDataCollectionEnabled: boolean };
}

/** Something that goes on telling until it is closed. */
export interface Watch {
  /** Since when nothing is heard, by the server's clock; null: what was told last is how it is now. */
  readonly staleSince: Date | null;
  /** Ends it; nothing is told afterwards. Closing twice is the same as once. */
  close(): void;
  [Symbol.dispose](): void;
}

/** What every update says of its own age. */
export interface Freshness {
  /** The moment that the update is of, by the server's clock: now, or `staleSince` while nothing is heard. */
  readonly asOf: Date;
  /** Since when nothing is heard; null: it is live. */
  readonly staleSince: Date | null;
}

/** What is different from the update before. Ages go up without being a change. */
export interface SessionChange {
  readonly type: 'added' | 'changed' | 'removed';
  /** As it is now; removed: as it was last seen. */
  readonly session: SessionView;
}

export interface SessionsUpdate extends Freshness {
  /** All live sessions that fit the filter, newest first. */
  readonly sessions: readonly SessionView[];
  readonly changes: readonly SessionChange[];
}

export interface SessionUpdate extends Freshness {
  /** Live or ended; null: there is no such session yet. */
  readonly session: SessionView | null;
}

export interface FleetUpdate extends Freshness {
  /** By programId. */
  readonly programs: readonly FleetRowView[];
  readonly summary: FleetSummary;
  /** The moment that the heartbeats are from. */
  readonly computedAt: string;
}

export interface WatchOptions {
  /**
   * Is told once when the watch has ended for good: the right to read is gone (`permission-denied`). Absent: `staleSince` alone says so, or the watch
   * that is being opened rejects.
   */
  readonly onError?: (error: QuarterdeckError) => void;
}

/** Which sessions to watch; absent fields stand for all. */
export interface SessionsFilter extends WatchOptions {
  readonly programId?: string;
  readonly state?: LiveState;
}

/**
 * What can be followed as it happens. A watch resolves when the first update was told, or at the latest after ten seconds without an answer: then
 * `staleSince` says so, and updates follow once the server is there. It reconnects by itself.
 *
 * @throws QuarterdeckError when signing in fails; `failed-precondition` NOT_CONFIGURED when it is not known with what, or to which project
 */
export interface Watches {
  /** Follows the live sessions of the account. An update comes with every change, also when a session turns stale because nothing is heard of it. */
  watchSessions(onUpdate: (update: SessionsUpdate) => void, filter?: SessionsFilter): Promise<Watch>;
  /** Follows one session over its end, its archiving and its return. */
  watchSession(sessionId: string, onUpdate: (update: SessionUpdate) => void, options?: WatchOptions): Promise<Watch>;
  /** Follows the fleet: one small document instead of every session. It is as fresh as the last visit of the sweep. */
  watchFleet(onUpdate: (update: FleetUpdate) => void, options?: WatchOptions): Promise<Watch>;
}
