import type { Memory } from '@quarterdeck/contract';
import {
  ANSWER_INSTRUCTIONS,
  answerByModel,
  answerByQuotes,
  answerPrompt,
  type ComposedAnswer,
} from '../domain/compose-answer.js';
import type { Handler } from './handler.js';
import { attempt } from './model-attempts.js';
import type { Ports } from './ports.js';
import { findMemories } from './recall.js';
import { requireWindow, subjectProgram } from './require-window.js';

/** Answers from what recall finds: by a model where one is configured, else, and where it fails, by quoting. */
export const handleAnswer: Handler<'answer'> = {
  for: 'member',
  run: async ({ programId: given, question, limit, ...filter }, caller, ports) => {
    const programId = subjectProgram(caller, given);
    await requireWindow(caller, programId, ports);
    const { found, ranking } = await findMemories(caller.account, programId, question, filter, limit, ports);
    const memories = found.map(({ memory }) => memory);
    const written = await askModel(ports, question, memories);
    const { answer, citations } = written ?? answerByQuotes(question, memories);
    const composedBy = written === undefined ? ('quotes' as const) : ('model' as const);
    return { success: true, answer, citations: [...citations], composedBy, ranking };
  },
};

/** Undefined: no model, no memories, no answer, or one that rests on none of the memories. */
async function askModel(
  { generation, log }: Pick<Ports, 'generation' | 'log'>,
  question: string,
  memories: readonly Memory[],
): Promise<ComposedAnswer | undefined> {
  if (memories.length === 0) return undefined;
  const written = await attempt(log, generation, (model) =>
    model.generate(ANSWER_INSTRUCTIONS, answerPrompt(question, memories)),
  );
  return written === undefined ? undefined : answerByModel(written, question, memories);
}
