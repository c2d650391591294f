import { ALERT_TYPES, WEBHOOK_EVENT_TYPES } from '@quarterdeck/contract';
import { eventGroups, sayTypes } from './event-groups.js';

test('every type of event can be asked for, once, and the alerts come first', () => {
  const groups = eventGroups();
  expect(groups[0]).toEqual({ title: 'Alerts', types: ALERT_TYPES });
  expect(groups.flatMap(({ types }) => types).sort()).toEqual([...WEBHOOK_EVENT_TYPES].sort());
  expect(groups.find(({ title }) => title === 'Task')?.types).toEqual(
    WEBHOOK_EVENT_TYPES.filter((type) => type.startsWith('task.')),
  );
});

test.each<[types: string[], said: string]>([
  [[...ALERT_TYPES].reverse(), 'alerts: a session is stale, recovered, blocked or ended'],
  [['task.created'], 'task.created'],
  [['a.b', 'c.d', 'e.f'], 'a.b, c.d, e.f'],
  [['a.b', 'c.d', 'e.f', 'g.h'], 'a.b, c.d and 2 more'],
])('%j is said as "%s"', (types, said) => {
  expect(sayTypes(types)).toBe(said);
});
