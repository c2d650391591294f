import type { ContextSnapshot, ContextSummary, Json, ProgramState, TaskSummary } from '@quarterdeck/contract';
import { type DocumentData, UNWRITTEN, withDates } from '@quarterdeck/contract/views';

/** A program state as it is stored: custom settings are text there. Fields that it lacks are those of one that was never written. Null: there is none. */
export function readProgramState(data: DocumentData): ProgramState | null {
  if (data === undefined) return null;
  const { config, contextSummary, baselines, decay, ...state } = withDates(data) as unknown as Stored;
  const { customSettingsJson, ...settings } = config ?? {};
  return {
    ...UNWRITTEN,
    ...(state as ProgramState),
    contextSummary: readSummary(contextSummary),
    config: { ...UNWRITTEN.config, ...settings, customSettings: parsedSettings(customSettingsJson) },
    baselines: { ...UNWRITTEN.baselines, ...baselines },
    decay: { ...UNWRITTEN.decay, ...decay },
  };
}

type Stored = {
  readonly [Part in 'contextSummary' | 'baselines' | 'decay']?: Partial<ProgramState[Part]>;
} & { readonly config?: Partial<ProgramState['config']> & { readonly customSettingsJson?: string } };

/** A kept version of the summary as it is stored. */
export function readSnapshot(data: DocumentData): ContextSnapshot {
  const { contextSummary, ...snapshot } = withDates(data) as unknown as ContextSnapshot;
  return { ...snapshot, contextSummary: readSummary(contextSummary) };
}

function readSummary(stored: Partial<ContextSummary> | undefined): ContextSummary {
  return { ...UNWRITTEN.contextSummary, ...stored };
}

function parsedSettings(json: string | undefined): Record<string, Json> {
  if (json === undefined) return {};
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
