import { writeSync } from 'node:fs';
import type { Firestore } from 'firebase-admin/firestore';
import { claimsOf, serveEveryDoor } from './every-door.js';
import { sendToThisMachine } from './webhooks.js';
import { anInstance, recordedAuth } from './world.js';

/**
 * An application at all its doors, as a process of its own: see served-process.ts. It says which transactions it has open, so that whoever ends it can end
 * those as well: a database holds the locks of a dead client for a minute.
 */
async function serveApplication(): Promise<void> {
  const keys = JSON.parse(process.env.SESSION_TOKEN_KEYS ?? '');
  const instance = anInstance({ auth: recordedAuth(async (token) => claimsOf(token)), sessionTokenKeys: () => keys });
  sendToThisMachine(instance);
  sayTransactions(instance.db);
  const { addresses } = await serveEveryDoor(instance.app);
  say('ready', JSON.stringify(addresses));
}

/** At once, so that it is said before the process can die. */
function say(what: string, value: string): void {
  writeSync(1, `${what} ${value}\n`);
}

type Body = { readonly transaction?: Uint8Array };
interface Transport {
  request(method: string, body: Body, ...rest: unknown[]): Promise<Body>;
  requestStream(method: string, bidirectional: boolean, ...rest: unknown[]): Promise<NodeJS.ReadableStream>;
}

function sayTransactions(db: Firestore): void {
  const transport = db as unknown as Transport;
  const request = transport.request.bind(db);
  const requestStream = transport.requestStream.bind(db);
  transport.request = async (method, body, ...rest) => {
    const answer = await request(method, body, ...rest);
    if (method === 'beginTransaction') sayOf('begun', answer);
    else if (method === 'commit' || method === 'rollback') sayOf('ended', body);
    return answer;
  };
  transport.requestStream = async (...call) => {
    const stream = await requestStream(...call);
    const emit = stream.emit.bind(stream);
    // A transaction begins with its first read, and the first answer names it.
    stream.emit = (event: string | symbol, ...args: unknown[]) => {
      if (event === 'data') sayOf('begun', args[0] as Body);
      return emit(event, ...args);
    };
    return stream;
  };
}

function sayOf(what: 'begun' | 'ended', { transaction }: Body): void {
  if (transaction?.length) say(what, Buffer.from(transaction).toString('base64'));
}

void serveApplication();
