import type { AlertType, Device, EndedSession, EventType, LiveSession, Push, StoredEvent } from '@quarterdeck/contract';
import { alertOf, candidateOf, notificationOf, pushIdOf, sessionOf, silenceOf, stillHolds } from '../domain/alert.js';
import { hasAccess, wantsAlert } from '../domain/device.js';
import { finishPush, isSettled, isUnderWay, newPush, type PushReceipt, startPush } from '../domain/push.js';
import type { FoundPush, Ports, PushMessage } from './ports.js';

/**
 * What came of telling an event to the devices of its account. `nothing`: there was nobody, or nothing more, to tell. `told`: every device has got it, or
 * never will. `again`: come back, for those that have not got it yet. `parked`: given up.
 */
export interface PushReport {
  readonly outcome: 'nothing' | 'told' | 'again' | 'parked';
  /** Devices that got it in this attempt. */
  readonly sent: number;
  /** What went wrong in this attempt; null: nothing. */
  readonly error: string | null;
}

type PushPorts = Pick<Ports, 'devices' | 'pushes' | 'pushSender' | 'events' | 'sessions' | 'principals' | 'clock'>;

const NOTHING: PushReport = { outcome: 'nothing', sent: 0, error: null };

/**
 * Tells an event to the devices that ask for it, each once, however often it is called. Before anything is sent, a document says so, and keeps other attempts
 * out; when this one dies, a later one tells those again of whom nothing is known.
 */
export async function pushAlert(
  account: string,
  eventId: string,
  type: EventType,
  ports: PushPorts,
): Promise<PushReport> {
  const { devices, events, sessions } = ports;
  const candidate = candidateOf(type);
  if (candidate === undefined) return NOTHING;
  const asking = (await devices.list(account)).filter(({ eventTypes }) => eventTypes.includes(candidate));
  if (asking.length === 0) return NOTHING;
  const event = await events.find(account, eventId);
  const alert = event && alertOf(event);
  if (event === undefined || alert === undefined) return NOTHING;

  const wanted = asking.filter((device) => wantsAlert(device, alert, event));
  const audience = alert === 'session.recovered' ? await toldOfSilence(account, event, wanted, ports) : wanted;
  if (audience === 'unknown yet') return { outcome: 'again', sent: 0, error: 'the silence is being told' };
  if (audience.length === 0) return NOTHING;
  const session = await sessions.find(account, sessionOf(event));
  if (session === undefined || !stillHolds(alert, event, session)) return NOTHING;

  const claim = await claimPush(account, event, alert, ports);
  if (claim === 'over') return NOTHING;
  if (claim === 'spent') return { outcome: 'parked', sent: 0, error: 'its last attempt died' };
  if (claim === 'busy') return { outcome: 'again', sent: 0, error: 'another attempt is under way' };
  const reachable = await withAccess(account, audience, ports);
  const targets = reachable.filter(({ deviceId }) => !isSettled(claim.push, deviceId));
  const messages = messagesFor(targets, account, event, alert, session);
  const receipts = await sent(messages, ports);
  const report = await finish(account, pushIdOf(event), claim, receipts, ports);
  // Only now: what was sent is known before anything else can go wrong.
  const isGone = ({ deviceId }: Device) => receipts.get(deviceId)?.outcome === 'gone';
  const unreachable = audience.filter((device) => !reachable.includes(device) || isGone(device));
  if (unreachable.length > 0) await devices.forget(account, unreachable);
  return report;
}

/**
 * The devices whose owner may still read of this. What ends an identity so ends its pushes too, at the latest after CREDENTIAL_CACHE_SECONDS, and at no cost
 * while nothing changes.
 */
async function withAccess(
  account: string,
  devices: readonly Device[],
  { principals, clock }: PushPorts,
): Promise<readonly Device[]> {
  const uids = [...new Set(devices.map(({ uid }) => uid))];
  const found = await Promise.all(uids.map(async (uid) => [uid, await principals.recall(uid)] as const));
  const owners = new Map(found);
  return devices.filter(({ uid }) => hasAccess(owners.get(uid), account, clock.now()));
}

/** Those of the devices that were told of the silence which is over: the others have nothing to take back. */
async function toldOfSilence(
  account: string,
  event: StoredEvent,
  devices: readonly Device[],
  { pushes, clock }: PushPorts,
): Promise<readonly Device[] | 'unknown yet'> {
  if (devices.length === 0) return [];
  const silence = await pushes.find(account, silenceOf(event));
  if (silence === undefined) return [];
  if (isUnderWay(silence.push, clock.now())) return 'unknown yet';
  return devices.filter(({ deviceId }) => silence.push.got.includes(deviceId));
}

function messagesFor(
  devices: readonly Device[],
  account: string,
  event: StoredEvent,
  alert: AlertType,
  session: LiveSession | EndedSession,
): readonly PushMessage[] {
  const { sessionId, programId } = session;
  const link = `/sessions/${encodeURIComponent(sessionId)}`;
  const about = { account, eventId: event.id, alert, time: event.time, sessionId, programId, link };
  const notification = notificationOf(alert, event, session);
  return devices.map(({ deviceId, token, platform }) => ({ deviceId, token, platform, ...about, ...notification }));
}

/** Marks that an attempt is under way. */
async function claimPush(
  account: string,
  event: StoredEvent,
  alert: AlertType,
  { pushes, clock }: PushPorts,
): Promise<FoundPush | 'over' | 'busy' | 'spent'> {
  const pushId = pushIdOf(event);
  const now = clock.now();
  const first = newPush(event.id, alert, sessionOf(event), now);
  const created = await pushes.create(account, pushId, first);
  if (created !== undefined) return { push: first, version: created };
  const found = await pushes.find(account, pushId);
  if (found === undefined) return 'busy';
  const next = startPush(found.push, now);
  if (next === 'over' || next === 'busy') return next;
  const saved = next === 'spent' ? { ...found.push, status: 'parked' as const } : next;
  const version = await pushes.save(account, pushId, saved, found.version);
  if (version === undefined) return 'busy';
  return next === 'spent' ? 'spent' : { push: next, version };
}

/** @returns by deviceId */
async function sent(
  messages: readonly PushMessage[],
  { pushSender }: PushPorts,
): Promise<ReadonlyMap<string, PushReceipt>> {
  if (messages.length === 0) return new Map();
  const receipts = await pushSender.send(messages);
  return new Map(
    messages.map(({ deviceId }, index) => {
      return [deviceId, receipts[index] ?? { outcome: 'later', error: 'the sender said nothing of it' }];
    }),
  );
}

async function finish(
  account: string,
  pushId: string,
  { push, version }: FoundPush,
  receipts: ReadonlyMap<string, PushReceipt>,
  { pushes }: PushPorts,
): Promise<PushReport> {
  const finished = finishPush(push, receipts);
  const report = { sent: finished.got.length - push.got.length, error: finished.lastError };
  // This attempt took longer than its lease, and another has begun: that one knows how it stands.
  if ((await pushes.save(account, pushId, finished, version)) === undefined) return { outcome: 'again', ...report };
  return { outcome: outcomeOf(finished), ...report };
}

function outcomeOf({ status }: Push): PushReport['outcome'] {
  if (status === 'parked') return 'parked';
  return status === 'done' ? 'told' : 'again';
}
