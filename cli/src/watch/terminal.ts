import { emitKeypressEvents, type Key } from 'node:readline';
import type { Size } from './frame.js';

const ENTER = '\x1b[?1049h\x1b[?25l';
const LEAVE = '\x1b[?25h\x1b[?1049l';
const HOME = '\x1b[H';
const CLEAR_LINE_END = '\x1b[K';

/** The whole terminal, until it is given back. What was on it before comes back then. */
export interface Terminal {
  size(): Size;
  /** Over what was there, without a flicker. */
  paint(lines: readonly string[]): void;
  /** Gives the terminal back; more than once does no harm. */
  leave(): void;
}

/**
 * Takes the terminal for a live view.
 * @param onKey is called with the name of each key: "q", "up", "return", "ctrl-c"
 * @param onResize is called when there is more or less room
 */
export function takeTerminal(onKey: (name: string) => void, onResize: () => void): Terminal {
  const { stdin, stdout } = process;
  const onKeypress = (_text: string | undefined, key: Key) =>
    onKey(key.ctrl ? `ctrl-${key.name}` : (key.name ?? key.sequence ?? ''));
  let taken = true;
  emitKeypressEvents(stdin);
  stdin.setRawMode(true);
  stdin.on('keypress', onKeypress);
  stdin.resume();
  stdout.on('resize', onResize);
  stdout.write(ENTER);
  const leave = () => {
    if (!taken) return;
    taken = false;
    stdin.off('keypress', onKeypress);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.off('resize', onResize);
    stdout.write(LEAVE);
  };
  // However this ends, the terminal must not stay raw.
  process.once('exit', leave);
  return {
    size: () => ({ columns: stdout.columns, rows: stdout.rows }),
    paint: (lines) => void stdout.write(HOME + lines.map((line) => line + CLEAR_LINE_END).join('\r\n')),
    leave,
  };
}
