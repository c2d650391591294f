import { targetName, targetsOf } from './targets.js';

const program = (programId: string, groups: string[] = [], retiredAt: Date | null = null) => ({
  programId,
  groups,
  retiredAt,
});

test('whom something can be for: programs in service, and groups that have one', () => {
  const programs = [
    program('reviewer', ['council', 'council']),
    program('builder', ['council', 'crew']),
    program('gone', ['veterans', 'crew'], new Date()),
  ];
  expect(targetsOf(programs)).toEqual([
    { target: 'builder', programs: 1 },
    { target: 'reviewer', programs: 1 },
    { target: 'group:council', programs: 2 },
    { target: 'group:crew', programs: 1 },
  ]);
});

test('a group is told from a program', () => {
  expect(targetName('builder')).toBe('builder');
  expect(targetName('group:council')).toBe('group council');
});
