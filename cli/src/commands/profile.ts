import { createClient } from '@quarterdeck/client';
import type { Command } from 'commander';
import { outputOf } from '../context.js';
import { Failure } from '../failure.js';
import { chooseProfile, LOCAL, profilesFile, readProfiles, writeProfiles } from '../profiles.js';
import { readStandardInput } from '../standard-input.js';

export function addProfile(program: Command): void {
  const profile = program.command('profile').description('Deployments that you use, and the keys for them');

  profile
    .command('add')
    .description('Add a deployment, or change its key; the key is asked for, or read from standard input')
    .argument('<name>', 'such as "production"')
    .requiredOption('--origin <url>', 'base address: https://<project>.web.app')
    .option('--as-program', "the key is a program's, for running sessions; beside an admin's")
    .action(async (name: string, { origin, asProgram }: { origin: string; asProgram?: true }, command: Command) => {
      const output = outputOf(command);
      const key = await askForKey(name);
      const { role, programId } = await createClient({ origin, apiKey: key }).exchangeKey({ key });
      const stored = readProfiles();
      const before = stored.profiles[name];
      // A key for another deployment is of no use at this one.
      const kept = before?.origin === origin ? before : { origin };
      const next = { ...kept, ...(asProgram ? { programKey: key } : { key }) };
      writeProfiles({ ...stored, current: stored.current ?? name, profiles: { ...stored.profiles, [name]: next } });
      if (output.json) output.value({ name, origin, role, programId });
      else
        output.line(
          `Added ${name}: ${origin} as ${role} (program ${programId}). Kept in ${profilesFile()}, for your eyes only.`,
        );
    });

  profile
    .command('list')
    .description('List the profiles, without their keys')
    .action((_options: object, command: Command) => {
      const output = outputOf(command);
      const { current, profiles } = readProfiles();
      const names = [...new Set([...Object.keys(profiles), ...(isThere(LOCAL) ? [LOCAL] : [])])];
      const rows = names.map((name) => {
        const { origin, key, programKey } = chooseProfile(name);
        const keys = [key === undefined ? '' : 'key', programKey === undefined ? '' : 'program key']
          .filter(Boolean)
          .join(', ');
        return { name, origin, keys, current: name === (current ?? LOCAL) };
      });
      if (output.json) return output.value(rows);
      if (rows.length === 0)
        return output.line(
          'No profiles. "npm start" in the clone makes "local"; "quarterdeck profile add" adds others.',
        );
      output.table(
        [{ title: '' }, { title: 'NAME' }, { title: 'ORIGIN', shrinks: 2 }, { title: 'KEYS' }],
        rows.map(({ name, origin, keys, current: isCurrent }) => [
          { text: isCurrent ? '*' : '' },
          { text: name },
          { text: origin },
          { text: keys },
        ]),
      );
    });

  profile
    .command('use')
    .description('Use a profile from now on')
    .argument('<name>')
    .action((name: string, _options: object, command: Command) => {
      const { origin } = chooseProfile(name);
      writeProfiles({ ...readProfiles(), current: name });
      const output = outputOf(command);
      if (output.json) output.value({ current: name, origin });
      else output.line(`Now using ${name}: ${origin}`);
    });

  profile
    .command('remove')
    .description('Forget a profile and its keys; they stay valid until they are revoked')
    .argument('<name>')
    .action((name: string, _options: object, command: Command) => {
      const { current, profiles } = readProfiles();
      if (!(name in profiles)) throw new Failure(`There is no profile "${name}" to remove.`);
      const { [name]: _removed, ...kept } = profiles;
      writeProfiles({ ...(current === undefined || current === name ? {} : { current }), profiles: kept });
      const output = outputOf(command);
      if (output.json) output.value({ removed: name });
      else output.line(`Forgot ${name}.`);
    });
}

function isThere(name: string): boolean {
  try {
    chooseProfile(name);
    return true;
  } catch {
    return false;
  }
}

/** Never from an argument: those are in the shell's history and in everybody's list of processes. */
async function askForKey(name: string): Promise<string> {
  const key = (
    process.stdin.isTTY ? await askSecretly(`API key for ${name} (cb_…)`) : await readStandardInput()
  ).trim();
  if (!key.startsWith('cb_')) throw new Failure('An API key begins with "cb_". Nothing was changed.', 2);
  return key;
}

async function askSecretly(message: string): Promise<string> {
  const { isCancel, password } = await import('@clack/prompts');
  const answer = await password({ message, output: process.stderr });
  if (isCancel(answer)) throw new Failure('Nothing was changed.');
  return answer;
}
