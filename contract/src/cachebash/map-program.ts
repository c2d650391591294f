import type { CachebashDocument } from './document.js';
import type { CachebashSurvey } from './survey.js';
import { firstMoment, isText, momentOf, orElse, textOf } from './values.js';

const COLOUR = /^#[0-9a-fA-F]{6}$/;

/** A program as it was registered, or as it was last seen. */
export function mapProgram({ id, data }: CachebashDocument, { mentioned }: CachebashSurvey): object {
  const createdAt = firstMoment(data.createdAt, mentioned.get(id), data.lastHeartbeat);
  return {
    ...namedProgram(id, createdAt),
    displayName: textOf(data.displayName),
    role: textOf(data.role),
    // What is no colour that a screen can show is none.
    color: isText(data.color) && COLOUR.test(data.color) ? data.color : null,
    groups: orElse(data.groups, []),
    tags: orElse(data.tags, []),
    // Since when is not known where nothing says so.
    retiredAt: data.active === false ? firstMoment(data.updatedAt, createdAt) : null,
  };
}

/** A program of which nothing is known but its name. */
export function namedProgram(programId: string, since: unknown): object {
  const nothing = { displayName: null, role: null, color: null, groups: [], tags: [], retiredAt: null };
  return { kind: 'program', programId, ...nothing, createdAt: momentOf(since) };
}
