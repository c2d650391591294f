import { effect, signal } from '@preact/signals';

const KEY = 'quarterdeck.theme';

export type Theme = 'system' | 'light' | 'dark';

/** What there is to choose from, and how it is called. */
export const THEMES: readonly (readonly [theme: Theme, name: string])[] = [
  ['system', 'As the device'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** What the person chose; `system`: as the device has it. */
export const theme = signal<Theme>(stored());

/** Keeps the page in the chosen theme. */
export function followTheme(): void {
  effect(() => {
    const { dataset } = document.documentElement;
    if (theme.value === 'system') {
      delete dataset.theme;
      localStorage.removeItem(KEY);
    } else {
      dataset.theme = theme.value;
      localStorage.setItem(KEY, theme.value);
    }
  });
}

function stored(): Theme {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
