import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, type VersionedKind } from '@quarterdeck/contract';

/**
 * One document of every kind, in each of its shapes: `test/fixtures/documents/<kind>/v0.json` is from before versions, the last is the present one. Together they are an
 * account: a program with a live session and one that ended, what it remembers, and what waits for it. Found from the root and not from here, because the mutants of the
 * rules run from a bundle.
 */
const FOLDER = join(process.cwd(), 'test/fixtures/documents');

/** What is another in every account. */
export interface FixtureNames {
  readonly account: string;
  /** The uid of its admin. */
  readonly person: string;
  /** Of the key of its program. */
  readonly keyHash: string;
}

export type Fixture = Record<string, unknown>;

export const NAMES: FixtureNames = { account: 'abcdefghijklmnopqrst', person: 'person-1', keyHash: 'f'.repeat(64) };

/** The fixtures that there are, whatever there should be: names of kinds, with the names of files. */
export function fixtureFiles(): Readonly<Record<string, readonly string[]>> {
  const sorted = (folder: string) => readdirSync(folder).sort();
  return Object.fromEntries(sorted(FOLDER).map((kind) => [kind, sorted(join(FOLDER, kind))]));
}

/** A document of a kind as one schema version stored it. @param moment what the SDK at hand makes of a timestamp */
export function fixture(
  kind: VersionedKind,
  version: number,
  names: FixtureNames = NAMES,
  moment: (date: Date) => unknown = (date) => date,
): Fixture {
  const text = readFileSync(join(FOLDER, kind, `v${version}.json`), 'utf8');
  const named = text.replace(/\$(account|person|keyHash)\b/g, (_, name: keyof FixtureNames) => names[name]);
  return JSON.parse(named, (_key, value) => (isMoment(value) ? moment(new Date(value.$moment)) : value));
}

/** Where the fixtures of an account lie. */
export function fixturePaths({ account, person, keyHash }: FixtureNames): Readonly<Record<VersionedKind, string>> {
  const webhookId = '00000000-0000-4000-8000-000000000004';
  const eventId = '00000000-0000-4000-8000-000000000003';
  const deviceId = '0123456789abcdef0123456789abcdef';
  return {
    account: documents.account(account),
    program: documents.program(account, 'builder'),
    session: documents.session(account, 'live'),
    endedSession: documents.endedSession(account, 'ended'),
    spawnRequest: documents.spawnRequest(account, 'live'),
    spawnCounter: documents.spawnCounter(account, 'auth'),
    programState: documents.programState(account, 'builder'),
    contextSnapshot: documents.contextSnapshot(account, 'builder', 2),
    fleetDay: documents.fleetDay(account, '2026-03-02'),
    window: documents.window(account, 'builder'),
    task: documents.task(account, 'fix-build'),
    memory: documents.memory(account, '00000000-0000-4000-8000-000000000001'),
    message: documents.message(account, '00000000-0000-4000-8000-000000000002'),
    event: documents.event(account, eventId),
    member: documents.member(account, person),
    webhooks: documents.webhooks(account),
    webhookSecret: documents.webhookSecret(account, webhookId),
    delivery: documents.delivery(account, webhookId, eventId),
    devices: documents.devices(account),
    push: documents.push(account, eventId),
    deviceAccount: documents.deviceAccount(`${deviceId}-${person}`),
    apiKey: documents.apiKey(keyHash),
    principal: documents.principal(person),
    invitation: documents.invitation(`invited-${person}`),
  };
}

function isMoment(value: unknown): value is { readonly $moment: string } {
  return typeof value === 'object' && value !== null && '$moment' in value;
}
