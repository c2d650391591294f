import { type Client, QuarterdeckError, type SessionsUpdate } from '@quarterdeck/client';
import type { Command } from 'commander';
import { type Context, contextOf } from '../context.js';
import { frame, logLine, moveSelection, shownSessions, type View } from '../watch/frame.js';
import { takeTerminal } from '../watch/terminal.js';

/** Ages count up by themselves. */
const REPAINT_MS = 1000;

export function addWatch(program: Command): void {
  program
    .command('watch')
    .description('Watch the fleet live, those that need you first; in a pipe, one line for each change')
    .option('--program <id>', 'only the sessions of one program')
    .action(async ({ program: programId }: { program?: string }, command: Command) => {
      const context = contextOf(command);
      try {
        const isForEyes = process.stdout.isTTY && process.stdin.isTTY && !context.output.json;
        await (isForEyes ? watchOnScreen(context, programId) : watchAsLines(context, programId));
      } finally {
        await context.overseer.close();
      }
    });
}

/** Until Ctrl-C, or until the watch ends for good. */
async function watchAsLines({ overseer, output }: Context, programId: string | undefined): Promise<void> {
  let staleSince: Date | null = null;
  await untilEnd(overseer, programId, (update) => {
    for (const { type, session } of update.changes) {
      if (output.json) output.value({ type, session, asOf: update.asOf, staleSince: update.staleSince });
      else output.line(logLine(type, session, update.asOf));
    }
    if (update.staleSince?.getTime() !== staleSince?.getTime()) {
      staleSince = update.staleSince;
      if (output.json) output.value({ type: 'stream', staleSince, asOf: update.asOf });
      else
        output.note(
          staleSince === null
            ? 'The stream is live.'
            : `The stream broke at ${staleSince.toISOString()}; it is tried again.`,
        );
    }
  });
}

/** Rejects when the watch ends for good; fulfilled by a signal that ends the process's work. */
function untilEnd(
  client: Client,
  programId: string | undefined,
  onUpdate: (update: SessionsUpdate) => void,
): Promise<void> {
  return new Promise((done, failed) => {
    process.once('SIGINT', () => done());
    process.once('SIGTERM', () => done());
    client
      .watchSessions(onUpdate, { onError: failed, ...(programId === undefined ? {} : { programId }) })
      .catch(failed);
  });
}

async function watchOnScreen({ overseer, output, profile }: Context, programId: string | undefined): Promise<void> {
  let view: View = {
    sessions: [],
    staleSince: null,
    selectedId: undefined,
    attentionOnly: false,
    detailed: false,
    place: `${profile.name} (${profile.origin})`,
    message: 'Connecting …',
  };
  /** The session that a "y" completes. */
  let asked: string | undefined;
  let quit = () => {};
  const hasQuit = new Promise<void>((done) => {
    quit = done;
  });
  const paint = () => terminal.paint(frame(view, terminal.size(), overseer.serverNow(), output.colours));
  const show = (change: Partial<View>) => {
    view = { ...view, ...change };
    paint();
  };
  const complete = async (sessionId: string) => {
    show({ message: `Completing ${sessionId} …` });
    try {
      await overseer.updateSession({ sessionId, status: 'Completed from the terminal', state: 'complete' });
      show({ message: '' });
    } catch (error) {
      show({ message: error instanceof QuarterdeckError ? error.message : String(error) });
    }
  };
  const onKey = (key: string) => {
    const sessionId = asked;
    asked = undefined;
    if (sessionId !== undefined) {
      if (key === 'y') void complete(sessionId);
      else show({ message: '' });
      return;
    }
    const shown = shownSessions(view);
    switch (key) {
      case 'q':
      case 'ctrl-c':
        return quit();
      case 'up':
      case 'k':
        return show({ selectedId: moveSelection(shown, view.selectedId, -1) });
      case 'down':
      case 'j':
        return show({ selectedId: moveSelection(shown, view.selectedId, 1) });
      case 'return':
        return show({ detailed: !view.detailed, selectedId: view.selectedId ?? shown[0]?.sessionId });
      case 'a':
        return show({ attentionOnly: !view.attentionOnly });
      case 'c': {
        const selected = shown.find((one) => one.sessionId === view.selectedId);
        if (selected === undefined) return show({ message: 'Select a session first, with ↑ and ↓.' });
        asked = selected.sessionId;
        return show({ message: `Complete "${selected.name}"? y completes it, any other key does not.` });
      }
    }
  };
  const terminal = takeTerminal(onKey, paint);
  const clock = setInterval(paint, REPAINT_MS);
  process.once('SIGTERM', quit);
  try {
    paint();
    const watching = untilEnd(overseer, programId, ({ sessions, staleSince }) => {
      show({ sessions, staleSince, ...(view.message === 'Connecting …' ? { message: '' } : {}) });
    });
    await Promise.race([hasQuit, watching]);
  } finally {
    clearInterval(clock);
    terminal.leave();
  }
}
