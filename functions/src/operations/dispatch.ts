import { type Access, type Operation, type OperationName, operations } from '@quarterdeck/contract';
import { actorOf, type Caller, type Person } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import type { AnyOperation } from './handler.js';
import { type Credentials, identifyCaller, identifyPerson } from './identify-caller.js';
import { handlers } from './index.js';
import { once, type RunningCalls } from './once.js';
import type { Ports } from './ports.js';
import { validateInput } from './validate-input.js';

/** What every door calls: identify, authorize, validate, run. */
export type Dispatch = (
  name: OperationName,
  input: unknown,
  credentials: Credentials,
  options?: CallOptions,
) => Promise<Record<string, unknown>>;

/** What a call may carry beside input and credentials. */
export interface CallOptions {
  /** Repeating a call with the same key has one effect and the same answer; absent: every call counts by itself. */
  readonly idempotencyKey?: string;
}

export function createDispatch(ports: Ports): Dispatch {
  const running: RunningCalls = new Map();
  return async (name, given, credentials, { idempotencyKey: key } = {}) => {
    // Input and output are tied to the operation by its schemas; types cannot follow a name that is known at run time only.
    const { operation, handler } = { operation: operations[name], handler: handlers[name] } as unknown as AnyOperation;
    const run = handler.run as (...args: unknown[]) => Promise<Record<string, unknown>>;
    if (handler.for === 'anyone') return run(validateInput(operation, given), ports);
    const [who, scope] = await identified(operation, handler.for, credentials, ports);
    const input = validateInput(operation, given);
    if (key === undefined || operation.effect === 'read') return run(input, who, ports);
    return once({ operation, input, key, scope }, ports, running, (portsOfCall) => run(input, who, portsOfCall));
  };
}

/** Who calls, with the right to, and the name under which its idempotency keys are its own. */
async function identified(
  operation: Operation,
  whom: 'member' | 'person',
  credentials: Credentials,
  ports: Ports,
): Promise<[who: Caller | Person, scope: string]> {
  if (whom === 'person') {
    const person = identifyPerson(credentials);
    return [person, `person/${person.uid}`];
  }
  const caller = await identifyCaller(credentials, ports);
  requireAccess(operation, caller);
  return [caller, `${caller.account}/${actorOf(caller)}`];
}

/** @throws DomainError `ROLE_NOT_ALLOWED` */
function requireAccess(operation: Operation, caller: Caller): void {
  if ((operation.access as readonly Access[]).includes(caller.role)) return;
  throw new DomainError(
    'ROLE_NOT_ALLOWED',
    `${operation.name} is for ${operation.access.join(' and ')}; your role is ${caller.role}. Ask an admin of the account.`,
    { role: caller.role, allowed: operation.access },
  );
}
