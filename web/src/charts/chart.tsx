import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { theme } from '../shell/theme.js';
import { When } from '../ui/time.js';
import './chart.css';

const HEIGHT = 200;

/** A line of a chart. */
export interface Line {
  readonly name: string;
  /** A colour of the tokens: `--working`. */
  readonly colour: string;
  /** Told apart without its colour too. */
  readonly dash?: readonly number[];
}

interface ChartProps {
  readonly title: string;
  /** What it shows now, for whoever doesn't see it. */
  readonly summary: string;
  /** The moment that the summary is of. Default: now. */
  readonly at?: Date;
  readonly lines: readonly Line[];
  /** Seconds, then one column for each line; null breaks it. */
  readonly columns: [number[], ...(number | null)[][]];
  /** Lines go on over moments without a value of theirs. Default: they are broken. */
  readonly spansGaps?: boolean;
  /** How a value is written. Default: as a number. */
  readonly format?: (value: number) => string;
}

/** Lines over time, in the reader's zone. */
export function Chart({ title, summary, at, lines, columns, spansGaps = false, format = String }: ChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | null>(null);
  const chosen = theme.value;
  const names = lines.map(({ name }) => name).join('\n');
  // The lines are the same as long as their names are; new data are set below.
  useEffect(() => {
    const into = box.current;
    if (into === null) return;
    const draw = () => {
      chart.current?.destroy();
      chart.current = new UPlot(optionsOf(into, { lines, format, spansGaps }), columns, into);
    };
    draw();
    const dark = matchMedia('(prefers-color-scheme: dark)');
    dark.addEventListener('change', draw);
    const resized = new ResizeObserver(() => chart.current?.setSize({ width: into.clientWidth, height: HEIGHT }));
    resized.observe(into);
    return () => {
      dark.removeEventListener('change', draw);
      resized.disconnect();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [names, chosen]);
  useEffect(() => {
    chart.current?.setData(columns);
  }, [columns]);
  return (
    <figure class="chart panel" aria-label={title}>
      <figcaption>
        <h2>{title}</h2>
        <p class="faint">
          {summary}
          {at && (
            <>
              {', as of '}
              <When at={at} />
            </>
          )}
        </p>
      </figcaption>
      <div ref={box} aria-hidden="true" />
    </figure>
  );
}

function optionsOf(
  box: HTMLElement,
  { lines, format, spansGaps }: Required<Pick<ChartProps, 'lines' | 'format' | 'spansGaps'>>,
): UPlot.Options {
  const ink = colourOf(box, '--ink-faint');
  const grid = colourOf(box, '--line');
  const axis = {
    stroke: ink,
    grid: { stroke: grid, width: 1 },
    ticks: { stroke: grid, width: 1 },
    font: '12px system-ui',
  };
  return {
    width: box.clientWidth,
    height: HEIGHT,
    legend: { live: true },
    cursor: { points: { size: 6 } },
    scales: { y: { range: (_chart, _min, max) => [0, Math.max(1, max * 1.1)] } },
    axes: [
      { ...axis, space: 64, values: (_chart, seconds) => timesOf(seconds) },
      {
        ...axis,
        size: 48,
        values: (_chart, values) => values.map((value) => (Number.isInteger(value) || value < 1 ? format(value) : '')),
      },
    ],
    series: [
      {
        value: (_chart, seconds) =>
          seconds === null
            ? '–'
            : new Date(seconds * 1000).toLocaleString(undefined, { dateStyle: 'short', timeStyle: 'short' }),
      },
      ...lines.map(({ name, colour, dash }) => ({
        label: name,
        stroke: colourOf(box, colour),
        width: 1.75,
        ...(dash === undefined ? {} : { dash: [...dash] }),
        points: { show: spansGaps, size: 5 },
        spanGaps: spansGaps,
        value: (_chart: UPlot, value: number | null) => (value === null ? '–' : format(value)),
      })),
    ],
  };
}

const DAY_SECONDS = 86_400;

/** Below the axis: times of a day, or days where there are many. */
function timesOf(seconds: readonly number[]): string[] {
  const isDays = (seconds.at(-1) ?? 0) - (seconds[0] ?? 0) > 2 * DAY_SECONDS;
  return seconds.map((at) => {
    const moment = new Date(at * 1000);
    return isDays
      ? moment.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })
      : moment.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  });
}

/** A colour of the tokens as it is now: a canvas knows neither variables nor themes. */
function colourOf(box: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  box.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
