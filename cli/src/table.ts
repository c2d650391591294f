import stringWidth from 'string-width';

/** How a text is shown, when colours are on. */
export type Paint = (text: string) => string;

export interface Cell {
  readonly text: string;
  readonly paint?: Paint | undefined;
}

export interface Column {
  readonly title: string;
  readonly align?: 'right';
  /** Gives up width when the line is too long, those with 1 before those with 2; the others keep theirs. */
  readonly shrinks?: 1 | 2;
  /** Is left out where the line has less room than this. */
  readonly from?: number;
}

const GAP = '  ';
const SHORTEST = 8;

/**
 * Lines of a table, the titles first. Columns are as wide as what is in them; when that is wider than `width`, the ones that shrink are cut.
 * @param width in columns of the terminal; Infinity: nothing is cut
 */
export function tableLines(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
  paintTitle: Paint = (text) => text,
): string[] {
  const shown = columns.flatMap(({ from = 0 }, i) => (width >= from ? [i] : []));
  if (shown.length < columns.length) {
    const pick = <T>(all: readonly T[]) => all.filter((_, i) => shown.includes(i));
    return tableLines(
      pick(columns).map(({ from: _from, ...column }) => column),
      rows.map(pick),
      width,
      paintTitle,
    );
  }
  const widths = fitted(columns, rows, width);
  const line = (cells: readonly Cell[]) =>
    cells
      .map(({ text, paint }, i) => {
        const laid = laidOut(text, widths[i] ?? 0, columns[i]?.align, i === cells.length - 1);
        return paint ? paint(laid) : laid;
      })
      .join(GAP)
      .trimEnd();
  const titles = columns.map(({ title }) => ({ text: title, paint: paintTitle }));
  return [line(titles), ...rows.map(line)];
}

function fitted(columns: readonly Column[], rows: readonly (readonly Cell[])[], width: number): number[] {
  const natural = columns.map(({ title }, i) =>
    Math.max(stringWidth(title), ...rows.map((row) => stringWidth(row[i]?.text ?? ''))),
  );
  const total = natural.reduce((sum, one) => sum + one, 0) + GAP.length * (columns.length - 1);
  let over = total - width;
  const widths = [...natural];
  for (const turn of [1, 2]) {
    const shrinking = columns.flatMap(({ shrinks }, i) => (shrinks === turn ? [i] : []));
    while (over > 0) {
      // The widest gives first, so that two long columns end up alike.
      const widest = shrinking.reduce(
        (best, i) => ((widths[i] ?? 0) > (widths[best] ?? 0) ? i : best),
        shrinking[0] ?? -1,
      );
      if ((widths[widest] ?? 0) <= SHORTEST) break;
      widths[widest] = (widths[widest] ?? 0) - 1;
      over--;
    }
  }
  return widths;
}

function laidOut(text: string, width: number, align: 'right' | undefined, isLast: boolean): string {
  const shown = cut(text, width);
  const padding = ' '.repeat(Math.max(0, width - stringWidth(shown)));
  if (align === 'right') return padding + shown;
  return isLast ? shown : shown + padding;
}

const graphemes = new Intl.Segmenter();

/** As much of a text as fits, with an ellipsis where something is missing. Line breaks and control characters don't reach the terminal. */
export function cut(text: string, width: number): string {
  const line = withoutControls(text);
  if (stringWidth(line) <= width) return line;
  let kept = '';
  let used = 0;
  for (const { segment } of graphemes.segment(line)) {
    used += stringWidth(segment);
    if (used > width - 1) break;
    kept += segment;
  }
  return width < 1 ? '' : `${kept}…`;
}

/** What agents say is shown, never obeyed: an escape sequence could recolour or overwrite the screen. */
export function withoutControls(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(/[\p{Cc}\p{Bidi_Control}]/gu, '');
}
