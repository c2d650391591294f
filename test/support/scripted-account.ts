import { idTokenOf } from '../../functions/src/entries/request.js';
import type { Credentials } from '../../functions/src/operations/identify-caller.js';
import { comparable } from './comparable.js';
import { type Asker, anIdToken, claimsOf } from './every-door.js';
import { invariants } from './invariants.js';
import { type Attempt, aScriptedClient, type ScriptedClient } from './scripted-calls.js';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.js';
import type { World } from './world.js';

/** Clients that work on one account, each as a program of its own. */
export interface ScriptedAccount {
  readonly clients: readonly ScriptedClient[];
  /** All that is stored of it, and of the accounts that newcomers made, to compare with another run of the same seed. @param names of ids that were made beside it */
  text(names?: Iterable<readonly [string, string]>): Promise<string[]>;
  /** What does not hold of it; empty: all is well. */
  broken(): Promise<string[]>;
}

interface Settings {
  readonly clients: number;
  readonly seed: number;
  readonly attempt: Attempt;
  readonly undisturbed?: boolean;
  /** Moments are compared too; without it, only whether they are there: where deliveries are late, so is what they do. Default: true. */
  readonly comparesMoments?: boolean;
}

let receiver: Promise<WebhookReceiver> | undefined;

/** An endpoint for all webhooks of this process; it ends with `closeReceiver`. */
async function webhookUrl(): Promise<string> {
  receiver ??= startWebhookReceiver();
  return (await receiver).url;
}

export async function closeReceiver(): Promise<void> {
  await (await receiver)?.close();
  receiver = undefined;
}

/** @param world nothing of it may fail yet: keys are made with it */
export async function aScriptedAccount(world: World, settings: Settings): Promise<ScriptedAccount> {
  const { db, account, clock } = world;
  const { comparesMoments = true } = settings;
  const since = comparesMoments ? clock.now() : undefined;
  const { apiKey: adminKey } = await world.aKey('overseer', 'admin');
  const url = await webhookUrl();
  const clients: ScriptedClient[] = [];
  for (let n = 1; n <= settings.clients; n++) {
    const programId = `builder-${n}`;
    const { apiKey } = await world.aKey(programId);
    const client = aScriptedClient({
      ...settings,
      name: `client-${n}`,
      programId,
      webhookUrl: url,
      seed: settings.seed * 1000 + n,
      askerOf: (actor, fresh) =>
        actor === 'newcomer'
          ? { idToken: newcomerToken(`${account}-${fresh('person')}`) }
          : { key: actor === 'admin' ? adminKey : apiKey },
    });
    clients.push(client);
  }
  const accounts = () => [account, ...clients.flatMap((client) => client.accounts)];
  return {
    clients,
    text: async (others = []) => {
      const names = new Map([...others, ...clients.flatMap((client) => [...client.names])]);
      const texts = await Promise.all(
        accounts().map((one) => comparable(db, one, { names, without: isDerived, since })),
      );
      const own = new RegExp(account, 'g');
      const person = new RegExp(personOf(world), 'g');
      return texts
        .flat()
        .map((line) => line.replace(own, '‹account›').replace(person, '‹person›'))
        .sort();
    },
    broken: async () => (await Promise.all(accounts().map((one) => invariants(db, one)))).flat(),
  };
}

/** What a door would make of them. */
export function credentialsOf({ key, idToken, token }: Asker): Credentials {
  const claims = idToken === undefined ? undefined : claimsOf(idToken);
  return {
    ...(key === undefined ? {} : { apiKey: key }),
    ...(claims === undefined ? {} : { idToken: idTokenOf(claims) }),
    ...(token === undefined ? {} : { sessionToken: token }),
  };
}

/** The fleet is computed from the rest whenever somebody asks, and holds what it was then. */
function isDerived(path: string): boolean {
  return path.startsWith('fleet/');
}

function personOf({ admin }: World): string {
  return String(admin.idToken?.uid);
}

/** Signed in at the beginning of all time of a test's clock, and of this machine's. */
function newcomerToken(uid: string): string {
  const at = 1_700_000_000;
  const project = process.env.GCLOUD_PROJECT ?? 'demo-quarterdeck';
  return anIdToken(uid, {
    iss: `https://securetoken.google.com/${project}`,
    aud: project,
    email: `${uid}@example.com`,
    email_verified: true,
    auth_time: at,
    iat: at,
    exp: 4e9,
  });
}
