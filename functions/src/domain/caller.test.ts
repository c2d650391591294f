import type { Role } from '@quarterdeck/contract';
import { actorOf, type Caller, requireReader, speaksFor, uidOfKey } from './caller.js';
import { DomainError } from './domain-error.js';

function aCaller(fields: Partial<Caller> = {}): Caller {
  return {
    account: 'abcdefghijklmnopqrst',
    role: 'program',
    programId: 'builder',
    uid: 'key:1',
    keyHash: '1',
    operator: false,
    token: null,
    ...fields,
  };
}

test('events name a program by its id and a person by their uid', () => {
  expect(actorOf(aCaller())).toBe('program/builder');
  expect(actorOf(aCaller({ role: 'admin' }))).toBe('program/builder');
  expect(actorOf(aCaller({ programId: null, uid: 'ada' }))).toBe('person/ada');
});

test('the Auth user of a key is named after its hash', () => {
  expect(uidOfKey('abc')).toBe('key:abc');
});

test.each<[caller: string | null, owner: string | null, expected: boolean]>([
  ['builder', 'builder', true],
  ['builder', 'reviewer', false],
  ['builder', 'Builder', false],
  ['builder', null, false],
  [null, 'builder', false],
  [null, null, false],
])('a caller of program %p speaks for %p: %p', (programId, owner, expected) => {
  expect(speaksFor(aCaller({ programId }), owner)).toBe(expected);
});

test.each<[role: Role, programId: string | null, allowed: boolean]>([
  ['program', 'builder', true],
  ['program', 'reviewer', false],
  ['auditor', 'reviewer', true],
  ['auditor', null, true],
  ['admin', 'reviewer', true],
  ['admin', null, true],
])('a %s of %p may read what belongs to "builder": %p', (role, programId, allowed) => {
  const read = () => requireReader(aCaller({ role, programId }), 'builder', 'the state');
  if (allowed) expect(read).not.toThrow();
  else {
    expect(read).toThrow(
      new DomainError(
        'NOT_OWNER',
        'programId: the state of "builder" can be read by that program, admins and auditors only; you are "reviewer".',
      ),
    );
  }
});
