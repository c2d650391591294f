import { byStanding, nameOf, type Person, readPerson } from './people.js';

const SINCE = new Date('2026-03-01T12:00:00.000Z');

function aPerson(fields: Partial<Person> = {}): Person {
  return {
    memberId: 'uid',
    role: 'auditor',
    status: 'active',
    email: 'ada@example.com',
    displayName: null,
    since: SINCE,
    ...fields,
  };
}

test('a member document is read as it is stored', () => {
  const stored = {
    memberId: 'uid',
    status: 'active',
    role: 'auditor',
    email: 'ada@example.com',
    displayName: null,
    since: { toDate: () => SINCE },
  };
  expect(readPerson(stored, 'uid')).toEqual(aPerson());
});

test('a document of an older or newer version breaks nothing, and a word that is not known stays', () => {
  expect(readPerson({ role: 'owner', displayName: '' }, 'uid')).toEqual({
    memberId: 'uid',
    role: 'owner',
    status: '?',
    email: null,
    displayName: null,
    since: null,
  });
});

test.each([
  [{ displayName: 'Ada' }, 'Ada'],
  [{}, 'ada@example.com'],
  [{ email: null }, 'uid'],
])('a person with %j is called %s', (fields, name) => {
  expect(nameOf(aPerson(fields))).toBe(name);
});

test('whoever looks at the page is called as they are called there, when nothing else is known', () => {
  const self = { uid: 'uid', name: 'ada@local' };
  expect(nameOf(aPerson({ email: null }), self)).toBe('ada@local');
  expect(nameOf(aPerson({ email: null }), { uid: 'uid', name: null })).toBe('uid');
  expect(nameOf(aPerson({ email: null, memberId: 'other' }), self)).toBe('other');
  expect(nameOf(aPerson(), self)).toBe('ada@example.com');
});

test('admins come first, then names in their order, and whoever is invited stands apart', () => {
  const people = [
    aPerson({ displayName: 'Zoe' }),
    aPerson({ displayName: 'Bob', status: 'invited' }),
    aPerson({ displayName: 'Mia', role: 'admin' }),
    aPerson({ displayName: 'Ada' }),
    aPerson({ displayName: 'Kim', status: 'suspended' }),
  ];
  const { joined, invited } = byStanding(people);
  expect(joined.map((one) => nameOf(one))).toEqual(['Mia', 'Ada', 'Kim', 'Zoe']);
  expect(invited.map((one) => nameOf(one))).toEqual(['Bob']);
});
