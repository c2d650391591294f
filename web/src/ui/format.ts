import { ageText } from '@quarterdeck/contract/views';

/** "2 min", as people read it beside other words; "now" below a second. */
export function spokenAge(since: Date, now: Date): string {
  const text = ageText(since, now) as string;
  return text === '0s' ? 'now' : text;
}

/** The exact moment in the reader's zone, for a tooltip. */
export function exactTime(moment: Date): string {
  return moment.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
}

/** "14:05", "Mon 14:05", "3 Mar 14:05", "3 Mar 2025": what is needed to know which moment is meant. */
export function shortTime(moment: Date, now: Date): string {
  const days = (now.getTime() - moment.getTime()) / 86_400_000;
  const time = moment.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (moment.toDateString() === now.toDateString()) return time;
  if (moment.getFullYear() !== now.getFullYear()) return moment.toLocaleDateString(undefined, { dateStyle: 'medium' });
  if (days >= 0 && days < 6) return `${moment.toLocaleDateString(undefined, { weekday: 'short' })} ${time}`;
  return `${moment.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })} ${time}`;
}

/** "21 Nov 2026": a moment that stands for a whole day in UTC, such as that of a key's last use. */
export function dayOf(moment: Date): string {
  return moment.toLocaleDateString(undefined, { dateStyle: 'medium', timeZone: 'UTC' });
}

/** "1.2 MB": sizes are decimal, as storage and context limits are told. */
export function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${value >= 100 || unit === 0 ? Math.round(value) : Number(value.toFixed(1))} ${units[unit]}`;
}

/** "1 session", "2 sessions". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** "person/abc" as "a person", "program/builder" as "builder": who did something. */
export function actorName(actor: string, people: ReadonlyMap<string, string> = new Map()): string {
  const [kind, id = ''] = actor.split('/', 2);
  if (kind === 'person') return people.get(id) ?? 'a person';
  if (kind === 'program') return id;
  return actor;
}
