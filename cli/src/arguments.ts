import { InvalidArgumentError } from 'commander';

/** @throws InvalidArgumentError as commander wants it */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('It has to be a whole number above 0.');
  return value;
}

/** @throws InvalidArgumentError */
export function seconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < 0)
    throw new InvalidArgumentError('It has to be a number of seconds.');
  return value;
}

/** @throws InvalidArgumentError */
export function percentage(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('It has to be from 0 to 100.');
  return value;
}

/** For an option that may be given again. */
export function collect(value: string, before: string[]): string[] {
  return [...before, value];
}
