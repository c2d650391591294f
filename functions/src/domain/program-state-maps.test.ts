import {
  type ConfigPatch,
  type Operations,
  operations,
  type ParsedInputOf,
  type ProgramState,
} from '@quarterdeck/contract';
import { after, aProgramState } from '../../../test/support/builders.js';
import { DomainError } from './domain-error.js';
import { emptyProgramState, mergeProgramState } from './program-state.js';

type Patch = ParsedInputOf<Operations['updateProgramState']>;
const now = after({ hours: 1 });
const EMPTY = emptyProgramState('builder');

function merge(state: ProgramState, patch: Omit<Patch, 'programId'>): ProgramState {
  return mergeProgramState(state, operations.updateProgramState.input.parse({ programId: 'builder', ...patch }), now);
}

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const FULL = aProgramState({ config: { ...EMPTY.config, toolPreferences: { lint: 'biome', test: 'jest' } } });

describe('maps merge key by key', () => {
  test.each<[title: string, given: ConfigPatch['toolPreferences'], expected: Record<string, string>]>([
    ['a new key', { format: 'biome' }, { lint: 'biome', test: 'jest', format: 'biome' }],
    ['a known key', { lint: 'eslint' }, { lint: 'eslint', test: 'jest' }],
    ['null removes', { lint: null }, { test: 'jest' }],
    ['null of an unknown key', { nobody: null }, { lint: 'biome', test: 'jest' }],
    ['no key', {}, { lint: 'biome', test: 'jest' }],
    [
      'keys that objects have by birth',
      { constructor: 'x', toString: 'y' } as never,
      { lint: 'biome', test: 'jest', constructor: 'x', toString: 'y' } as never,
    ],
  ])('toolPreferences: %s', (_title, toolPreferences, expected) => {
    expect(merge(FULL, { config: { toolPreferences } }).config.toolPreferences).toEqual(expected);
  });

  test('toolPreferences may have 50 keys after merging', () => {
    const keys = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${from + i}`, 'v']));
    const fifty = merge(EMPTY, { config: { toolPreferences: keys(0, 50) } });
    expect(
      merge(fifty, { config: { toolPreferences: { k0: null, more: 'v' } } }).config.toolPreferences,
    ).toHaveProperty('more');
    const refusal = refusalOf(() => merge(fifty, { config: { toolPreferences: { more: 'v' } } }));
    expect(refusal).toMatchObject({
      reason: 'INVALID_FIELD',
      details: { fields: [{ field: 'config.toolPreferences' }] },
    });
    expect(refusal.message).toContain('Nothing was changed');
  });

  // The examples of RFC 7396, appendix A, whose document and patch are objects.
  test.each<[state: object, patch: object, expected: object]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: 'b', b: 'c' }, { a: null }, { b: 'c' }],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: 'c' }, { a: ['b'] }, { a: ['b'] }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{ a: 'foo' }, { a: { b: 1 } }, { a: { b: 1 } }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ a: 1 }, { a: [null, { b: null }] }, { a: [null, { b: null }] }],
    [
      {},
      { constructor: { prototype: { x: 1 } }, toString: { y: null } },
      { constructor: { prototype: { x: 1 } }, toString: {} },
    ],
  ])('customSettings: %j with %j is %j', (given, patch, expected) => {
    const state = aProgramState({ config: { ...EMPTY.config, customSettings: given as never } });
    expect(merge(state, { config: { customSettings: patch as never } }).config.customSettings).toEqual(expected);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test.each([
    ['ASCII', 'a', 1],
    ['a character of two bytes', 'é', 2],
    ['a character of four bytes', '🚀', 4],
  ])('customSettings may have 8 kB of JSON after merging, in bytes: %s', (_title, letter, size) => {
    // {"a":"…"} is 8 bytes around the text.
    const fits = letter.repeat((8192 - 8) / size);
    const state = merge(EMPTY, { config: { customSettings: { a: fits } } });
    expect(merge(state, { config: { customSettings: { a: null, b: fits } } }).config.customSettings).toEqual({
      b: fits,
    });
    expect(refusalOf(() => merge(EMPTY, { config: { customSettings: { a: `${fits}b` } } })).reason).toBe(
      'INVALID_FIELD',
    );
    const refusal = refusalOf(() => merge(state, { config: { customSettings: { b: 1 } } }));
    expect(refusal.message).toMatch(/^config\.customSettings: would be 8198 bytes .* Nothing was changed\.$/);
  });
});
