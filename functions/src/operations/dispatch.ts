import { type Access, type Operation, type OperationName, operations } from '@quarterdeck/contract';
import type { Caller } from '../domain/caller.js';
import { DomainError } from '../domain/domain-error.js';
import type { AnyOperation } from './handler.js';
import { type Credentials, identifyCaller, identifyPerson } from './identify-caller.js';
import { handlers } from './index.js';
import type { Ports } from './ports.js';
import { validateInput } from './validate-input.js';

/** What every door calls: identify, authorize, validate, run. */
export type Dispatch = (
  name: OperationName,
  input: unknown,
  credentials: Credentials,
) => Promise<Record<string, unknown>>;

export function createDispatch(ports: Ports): Dispatch {
  return async (name, input, credentials) => {
    // Input and output are tied to the operation by its schemas; types cannot follow a name that is known at run time only.
    const { operation, handler } = { operation: operations[name], handler: handlers[name] } as unknown as AnyOperation;
    const run = handler.run as (...args: unknown[]) => Promise<Record<string, unknown>>;
    if (handler.for === 'anyone') return run(validateInput(operation, input), ports);
    if (handler.for === 'person') {
      const person = identifyPerson(credentials);
      return run(validateInput(operation, input), person, ports);
    }
    const caller = await identifyCaller(credentials, ports);
    requireAccess(operation, caller);
    return run(validateInput(operation, input), caller, ports);
  };
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
