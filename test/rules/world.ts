import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { initializeTestEnvironment } from '@firebase/rules-unit-testing';
import { documents } from '@quarterdeck/contract';
import { deleteApp, initializeApp } from 'firebase/app';
import {
  connectFirestoreEmulator,
  doc,
  type Firestore,
  getFirestore,
  setLogLevel,
  writeBatch,
} from 'firebase/firestore';
import { type CallerName, callers, SIGNED_IN } from './callers.js';
import type { Coverage } from './coverage.js';

/** The repository's rules. Tests run from its root. */
export const RULES = readFileSync(join(process.cwd(), 'firestore.rules'), 'utf8');

/** A project of its own on the emulator, with rules, documents and callers. */
export interface World {
  /** The caller's client, always the same. */
  as(caller: CallerName): Firestore;
  /** Another client of the caller, signed in at another time, in seconds. */
  signedIn(caller: CallerName, authTime: number): Firestore;
  /** Writes documents past the rules. */
  put(given: Readonly<Record<string, object>>): Promise<void>;
  /** The emulator's account of which expressions of the rules were evaluated to what. */
  coverage(): Promise<Coverage>;
  /** Nothing is there but the callers' principals and what is given. */
  reset(given: Readonly<Record<string, object>>): Promise<void>;
  /** Other rules from now on. */
  use(rules: string): Promise<void>;
  close(): Promise<void>;
}

/** `name` has to be unique among the files that run at the same time. */
export async function openWorld(name: string, rules = RULES): Promise<World> {
  const { host, port } = emulator();
  const projectId = `demo-rules-${name}`;
  const api = `http://${host}:${port}/emulator/v1/projects/${projectId}`;
  // A denial is what these tests are after; the SDK would print a stack for each.
  setLogLevel('silent');
  const env = await initializeTestEnvironment({ projectId, firestore: { host, port, rules } });
  // One client past the rules for all: withSecurityRulesDisabled would make, and connect, another one each time.
  const app = initializeApp({ projectId }, projectId);
  const admin = getFirestore(app);
  connectFirestoreEmulator(admin, host, port, { mockUserToken: 'owner' });
  const clients = new Map<CallerName, Firestore>();

  const world: World = {
    as(caller) {
      const client = clients.get(caller) ?? world.signedIn(caller, SIGNED_IN);
      clients.set(caller, client);
      return client;
    },

    signedIn(caller, authTime) {
      const { uid, claims } = callers[caller];
      const context =
        claims === null
          ? env.unauthenticatedContext()
          : env.authenticatedContext(uid, { ...claims, auth_time: authTime });
      // rules-unit-testing is typed for the SDK's older interface; its Firestore serves the modular one too.
      return context.firestore() as unknown as Firestore;
    },

    async put(given) {
      const batch = writeBatch(admin);
      for (const [path, data] of Object.entries(given)) batch.set(doc(admin, path), data);
      await batch.commit();
    },

    async coverage() {
      return (await (await fetch(`${api}:ruleCoverage`)).json()) as Coverage;
    },

    async use(nextRules) {
      const answer = await fetch(`${api}:securityRules`, {
        method: 'PUT',
        body: JSON.stringify({ rules: { files: [{ name: 'firestore.rules', content: nextRules }] } }),
      });
      if (!answer.ok) throw new Error(`The emulator refused the rules: ${await answer.text()}`);
    },

    async reset(given) {
      await env.clearFirestore();
      await world.put({ ...principals, ...given });
    },

    async close() {
      await env.cleanup();
      await deleteApp(app);
    },
  };
  await world.reset({});
  return world;
}

const principals = Object.fromEntries(
  Object.values(callers).flatMap(({ uid, principal }) =>
    principal === null ? [] : [[documents.principal(uid), principal]],
  ),
);

function emulator(): { host: string; port: number } {
  const [host, port] = (process.env.FIRESTORE_EMULATOR_HOST ?? '').split(':');
  if (!host || !port)
    throw new Error('The rules tests need the Firestore emulator: FIRESTORE_EMULATOR_HOST is not set.');
  return { host, port: Number(port) };
}
