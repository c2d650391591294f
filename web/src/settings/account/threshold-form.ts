import type { Thresholds } from '@quarterdeck/contract';
import { THRESHOLD_MAX_MINUTES } from '@quarterdeck/contract/limits';
import type { FieldProblems } from '../../ui/field-problems.js';

/** What a person types, by threshold; absent: it stays as it is. */
export type ThresholdDraft = Readonly<Partial<Record<keyof Thresholds, string>>>;

/** What is asked for, and what it means. */
export const THRESHOLD_FIELDS: readonly (readonly [field: keyof Thresholds, label: string, hint: string])[] = [
  [
    'staleAfterMinutes',
    'Stale after',
    'A session that was silent for so long shows as stale. One that announced how often it beats is stale after 1.5 times that.',
  ],
  [
    'deadAfterMinutes',
    'Dead after',
    'A session that was silent for so long is ended, with the outcome “timed out”. Not below the first. A pinned one never is.',
  ],
  [
    'blockedDeadAfterMinutes',
    'Dead after, while blocked',
    'The same for a session that waits for a person, who may be asleep.',
  ],
  ['archiveAfterMinutes', 'Archived after', 'For so long after its end a session stays on the fleet’s page.'],
];

/** The thresholds with what was typed, and what is wrong with that. */
export function readDraft(
  stored: Thresholds,
  draft: ThresholdDraft,
): { readonly changed: Partial<Thresholds>; readonly problems: FieldProblems } {
  const typed = Object.entries(draft).map(([field, text]) => [field, minutesIn(text)] as const);
  const next = { ...stored, ...Object.fromEntries(typed.filter(([, minutes]) => minutes !== null)) };
  const outside = typed
    .filter(([, minutes]) => minutes === null)
    .map(([field]) => [field, `A whole number of minutes, from 1 to ${THRESHOLD_MAX_MINUTES} (30 days).`]);
  const problems: Record<string, string> = Object.fromEntries(outside);
  if (problems.deadAfterMinutes === undefined && next.deadAfterMinutes < next.staleAfterMinutes) {
    problems.deadAfterMinutes = `Not below “Stale after” (${next.staleAfterMinutes}): a session is stale before it is dead.`;
  }
  const changed = typed.filter(([field, minutes]) => minutes !== stored[field as keyof Thresholds]);
  return { changed: Object.fromEntries(changed), problems };
}

/** "65 minutes" as people say it: "1 h 5 min". */
export function sayMinutes(minutes: number): string {
  const parts = [
    [Math.floor(minutes / 1440), 'd'],
    [Math.floor((minutes % 1440) / 60), 'h'],
    [minutes % 60, 'min'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count} ${unit}`)
    .join(' ');
}

/** Null: it is no whole number within the limits. */
function minutesIn(text: string): number | null {
  const minutes = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return minutes >= 1 && minutes <= THRESHOLD_MAX_MINUTES ? minutes : null;
}
