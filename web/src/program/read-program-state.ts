import type { ContextSnapshot, Json, ProgramState, TaskSummary } from '@quarterdeck/contract';
import { type DocumentData, readDocument } from '@quarterdeck/contract/views';

/** A program state as it is stored: custom settings are text there. Null: there is none. */
export function readProgramState(data: DocumentData): ProgramState | null {
  const stored = readDocument<Stored>('programState', data);
  if (stored === null) return null;
  const { customSettingsJson, ...settings } = stored.config;
  return { ...stored, config: { ...settings, customSettings: parsedSettings(customSettingsJson) } };
}

type Stored = Omit<ProgramState, 'config'> & {
  readonly config: Omit<ProgramState['config'], 'customSettings'> & { readonly customSettingsJson: string };
};

/** A kept version of the summary as it is stored. */
export function readSnapshot(data: DocumentData): ContextSnapshot {
  return readDocument<ContextSnapshot>('contextSnapshot', data) as ContextSnapshot;
}

function parsedSettings(json: string): Record<string, Json> {
  try {
    return JSON.parse(json) as Record<string, Json>;
  } catch {
    // Text that is no JSON is shown as it is.
    return { customSettingsJson: json };
  }
}

/** The last task as one text; empty: none is known. */
export function taskText(task: string | TaskSummary | null): string {
  if (task === null || typeof task === 'string') return task ?? '';
  const { title, outcome, notes } = task;
  return [outcome === undefined ? title : `${title} (${outcome.replaceAll('_', ' ')})`, notes]
    .filter(Boolean)
    .join('\n');
}
