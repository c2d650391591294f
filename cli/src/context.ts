import { type Client, createClient } from '@quarterdeck/client';
import type { Command } from 'commander';
import { createOutput, type Output } from './output.js';
import { type ChosenProfile, chooseProfile } from './profiles.js';

/** Options of every command, before or after its name. */
interface CommonOptions {
  readonly profile?: string;
  readonly json?: boolean;
  readonly color?: boolean;
}

/** What a command works with. */
export interface Context {
  readonly output: Output;
  readonly profile: ChosenProfile;
  /** Calls as who looks after the fleet. */
  readonly overseer: Client;
  /** Calls as a program. */
  readonly asProgram: Client;
  /** The key that `asProgram` calls with. */
  readonly programKey: string;
}

/** @throws Failure when no profile is found */
export function contextOf(command: Command): Context {
  const named = given(command).find(({ profile }) => profile !== undefined)?.profile;
  const profile = chooseProfile(named ?? process.env.QUARTERDECK_PROFILE);
  const { origin } = profile;
  const key = profile.key ?? profile.programKey ?? '';
  const programKey = profile.programKey ?? key;
  const overseer = createClient({ origin, apiKey: key });
  const asProgram = programKey === key ? overseer : createClient({ origin, apiKey: programKey });
  return { output: outputOf(command), profile, overseer, asProgram, programKey };
}

export function outputOf(command: Command): Output {
  const options = given(command);
  return createOutput({ json: options.some(({ json }) => json), color: options.every(({ color }) => color !== false) });
}

/** What was given with the command, then what was given before it. */
function given(command: Command): CommonOptions[] {
  return [command.opts<CommonOptions>(), ...(command.parent ? given(command.parent) : [])];
}
