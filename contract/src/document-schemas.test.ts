import {
  documents,
  isOfNewerSchema,
  lifecycleOfOutcome,
  lifecycleOfState,
  Outcome,
  SCHEMA_VERSION,
  SCHEMAS,
  schemaVersionOf,
  upgrade,
  VERSIONED_KINDS,
} from '@quarterdeck/contract';
import { type Fixture, fixture, fixtureFiles } from '../../test/support/document-fixtures.js';

/** Every earlier shape of every kind. */
const EARLIER = VERSIONED_KINDS.flatMap((kind) =>
  Array.from({ length: schemaVersionOf(kind) }, (_, version) => [kind, version] as const),
);

test('every kind of document has steps, or says why it needs none', () => {
  expect(Object.keys(SCHEMAS).sort()).toEqual(Object.keys(documents).sort());
  for (const schema of Object.values(SCHEMAS)) expect(schema.length).toBeGreaterThan(0);
});

test('every shape that a kind ever had has a fixture, and no other file is there', () => {
  const wanted = VERSIONED_KINDS.map((kind) => {
    const versions = Array.from({ length: schemaVersionOf(kind) + 1 }, (_, version) => `v${version}.json`);
    return [kind, versions.sort()] as const;
  });
  expect(fixtureFiles()).toEqual(Object.fromEntries(wanted));
});

test('a live session and one that ended have the same shapes, because one becomes the other', () => {
  expect(SCHEMAS.endedSession).toBe(SCHEMAS.session);
});

test.each(VERSIONED_KINDS)(
  'the present fixture of %s is present: it says its version, and is left as it is',
  (kind) => {
    const present = fixture(kind, schemaVersionOf(kind));
    expect(present[SCHEMA_VERSION]).toBe(schemaVersionOf(kind));
    expect(upgrade(kind, present)).toBe(present);
  },
);

describe.each(EARLIER)(
  '%s of version %i, whose steps do not change when the noun does (docs/upgrades.md)',
  (kind, version) => {
    const present = fixture(kind, schemaVersionOf(kind));
    const earlier = () => frozen(fixture(kind, version));

    test('says its version, which from before versions is none', () => {
      expect(earlier()[SCHEMA_VERSION]).toBe(version === 0 ? undefined : version);
    });

    test('becomes the present one, and is not changed itself', () => {
      expect(upgrade(kind, earlier())).toEqual(present);
      expect(fixture(kind, version)).toEqual(earlier());
    });

    test('keeps what was updated since in a later shape', () => {
      for (const field of Object.keys(present).filter((one) => one !== SCHEMA_VERSION)) {
        const updated = { ...earlier(), [field]: present[field] };
        expect(upgrade(kind, updated)).toEqual(present);
      }
      // Also where it is another than what the step would put there.
      for (const field of Object.keys(present).filter((one) => !(one in earlier()) && one !== SCHEMA_VERSION)) {
        expect(upgrade(kind, { ...earlier(), [field]: 'updated' })).toEqual({ ...present, [field]: 'updated' });
      }
    });

    test('is read in parts as well', () => {
      for (const [field, value] of Object.entries(earlier())) {
        if (field === SCHEMA_VERSION) continue;
        const part = upgrade(kind, { ...versionIn(earlier()), [field]: value });
        expect(part).toMatchObject({ [field]: present[field], [SCHEMA_VERSION]: schemaVersionOf(kind) });
      }
    });
  },
);

test.each(VERSIONED_KINDS)('%s of a newer version is read as it is, and known for one', (kind) => {
  const present = fixture(kind, schemaVersionOf(kind));
  const newer = { ...present, [SCHEMA_VERSION]: schemaVersionOf(kind) + 1, surprise: [1] };
  expect(upgrade(kind, newer)).toBe(newer);
  expect([isOfNewerSchema(kind, newer), isOfNewerSchema(kind, present)]).toEqual([true, false]);
});

test('a kind without versions is read as it is', () => {
  const slots = { sessions: {} };
  expect(upgrade('slots', slots)).toBe(slots);
  expect(isOfNewerSchema('slots', { [SCHEMA_VERSION]: 9 })).toBe(false);
});

describe('a session from before there were lifecycles', () => {
  test.each(Outcome.options)('that ended as %s has the nearest one', (outcome) => {
    const old = { ...fixture('endedSession', 0), outcome };
    expect(upgrade('endedSession', old)).toMatchObject({ outcome, lifecycle: lifecycleOfOutcome(outcome) });
  });

  test.each(['working', 'blocked', 'pinned'] as const)('that is %s has the nearest one', (state) => {
    const old = { ...fixture('session', 0), state };
    expect(upgrade('session', old)).toMatchObject({ state, lifecycle: lifecycleOfState(state) });
  });

  test('has none of what an orchestrator says, unless it is there', () => {
    const old = { ...fixture('session', 0), lifecycle: 'pr_open', branch: 'main' };
    expect(upgrade('session', old)).toMatchObject({ lifecycle: 'pr_open', branch: 'main', issueId: null });
  });
});

function versionIn(data: Fixture): Fixture {
  return SCHEMA_VERSION in data ? { [SCHEMA_VERSION]: data[SCHEMA_VERSION] } : {};
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}
