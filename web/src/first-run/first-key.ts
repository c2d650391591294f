import { signal } from '@preact/signals';

/** The key that was made on the fleet's page, until the person says that it is kept. */
export interface FirstKey {
  readonly accountId: string;
  readonly programId: string;
  readonly key: string;
}

/** In memory alone, and here rather than in the page: going to another place and back must not lose what can't be shown again. */
export const firstKey = signal<FirstKey | null>(null);
