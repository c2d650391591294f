import { THEMES, type Theme, theme } from './theme.js';

/** What is in a select of themes. */
export function ThemeOptions() {
  return (
    <>
      {THEMES.map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </>
  );
}

/** Takes over what was chosen in it. */
export function chooseTheme({ currentTarget }: { currentTarget: HTMLSelectElement }): void {
  theme.value = currentTarget.value as Theme;
}
