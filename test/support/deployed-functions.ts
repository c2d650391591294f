import { allOperations, callableName } from '@quarterdeck/contract';
import pinned from '../pins/functions.json';

/** A function as the Firebase CLI discovers it, without fields that are left to their default. */
export interface DeployedFunction {
  readonly entryPoint: string;
  readonly timeoutSeconds?: number;
  readonly httpsTrigger?: object;
  readonly callableTrigger?: object;
  readonly scheduleTrigger?: object;
  readonly eventTrigger?: EventTrigger;
}

/** What calls a function in the background. */
export interface EventTrigger {
  readonly retry: boolean;
  readonly eventFilters?: Readonly<Record<string, string>>;
  readonly eventFilterPathPatterns?: { readonly document?: string };
}

const { everyCallable, ...others } = pinned;

/** Every function that is deployed, by name: the pinned ones, and a callable for each operation that has that door. */
export const deployedFunctions: Readonly<Record<string, DeployedFunction>> = {
  ...others,
  ...Object.fromEntries(
    allOperations
      .filter(({ doors }) => doors.includes('callable'))
      .map(({ name }) => [callableName(name), { ...everyCallable, entryPoint: callableName(name) }]),
  ),
};
