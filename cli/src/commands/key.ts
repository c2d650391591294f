import type { Client } from '@quarterdeck/client';
import { ageText } from '@quarterdeck/contract/views';
import { type Command, Option } from 'commander';
import { wholeNumber } from '../arguments.js';
import { contextOf } from '../context.js';
import { Failure } from '../failure.js';

/** Digits of a hash that tell keys apart for a person. */
const SHORT_HASH = 12;

interface CreateOptions {
  readonly label: string;
  readonly role: 'program' | 'auditor' | 'admin';
  readonly expiresInDays?: number;
}

export function addKey(program: Command): void {
  const key = program.command('key').description('API keys of the account');

  key
    .command('create')
    .description('Make a key; it is shown this once')
    .argument('<program>', 'the program that it speaks for; its first key creates it')
    .requiredOption('--label <text>', 'what the key is for, to recognise it later')
    .addOption(
      new Option('--role <role>', 'what it may do').choices(['program', 'auditor', 'admin']).default('program'),
    )
    .option('--expires-in-days <count>', 'default: it does not expire', wholeNumber)
    .action(async (programId: string, { label, role, expiresInDays }: CreateOptions, command: Command) => {
      const { overseer, output } = contextOf(command);
      const { success: _success, ...made } = await overseer.createKey({ programId, label, role, expiresInDays });
      if (output.json) return output.value(made);
      output.line(made.key);
      output.note('Keep it now: it is not shown again.');
    });

  key
    .command('list')
    .description('List the keys, without the keys themselves')
    .option('--program <id>', 'only those of one program')
    .action(async ({ program: programId }: { program?: string }, command: Command) => {
      const { overseer, output } = contextOf(command);
      const keys = await allKeys(overseer, programId);
      if (output.json) return output.value(keys);
      if (keys.length === 0) return output.line('No keys.');
      const now = overseer.serverNow();
      output.table(
        [
          { title: 'HASH' },
          { title: 'PROGRAM' },
          { title: 'ROLE' },
          { title: 'LABEL', shrinks: 2 },
          { title: 'MADE' },
          { title: 'USED' },
          { title: '' },
        ],
        keys.map((one) => [
          { text: one.keyHash.slice(0, SHORT_HASH) },
          { text: one.programId },
          { text: one.role },
          { text: one.label },
          { text: `${ageText(new Date(one.createdAt), now)} ago` },
          { text: one.lastUsedAt?.slice(0, 10) ?? 'never' },
          { text: one.revokedAt === null ? expiry(one.expiresAt, now) : 'revoked', paint: output.colours.dim },
        ]),
      );
    });

  key
    .command('revoke')
    .description('Stop a key from working; it cannot be undone')
    .argument('<hash>', 'the hash that "key list" shows, or its beginning')
    .action(async (hash: string, _options: object, command: Command) => {
      const { overseer, output } = contextOf(command);
      const { success: _success, ...revoked } = await overseer.revokeKey({ keyHash: await wholeHash(overseer, hash) });
      if (output.json) output.value(revoked);
      else output.line(`Revoked ${revoked.keyHash.slice(0, SHORT_HASH)}; it is refused everywhere within 30 seconds.`);
    });

  key
    .command('rotate')
    .description('Replace a key by a new one, which is shown this once')
    .argument('[hash]', 'default: the key of this profile')
    .option('--grace-minutes <count>', 'how long the old one stays valid beside it', wholeNumber)
    .action(async (hash: string | undefined, { graceMinutes }: { graceMinutes?: number }, command: Command) => {
      const { overseer, output, profile } = contextOf(command);
      const keyHash = hash === undefined ? undefined : await wholeHash(overseer, hash);
      const { success: _success, ...made } = await overseer.rotateKey({ keyHash, graceMinutes });
      if (output.json) output.value(made);
      else output.line(made.key);
      if (hash === undefined)
        output.note(`Put it into the profile: quarterdeck profile add ${profile.name} --origin ${profile.origin}`);
    });
}

async function allKeys(client: Client, programId: string | undefined) {
  const keys = [];
  let pageToken: string | undefined;
  do {
    const page = await client.listKeys({ programId, pageToken });
    keys.push(...page.keys);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return keys;
}

/** @throws Failure when no key, or more than one, begins so */
async function wholeHash(client: Client, start: string): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(start)) return start;
  if (start.startsWith('cb_'))
    throw new Failure(
      'Give the hash that "quarterdeck key list" shows, not the key: a key on a command line stays in the shell\'s history.',
      2,
    );
  const found = (await allKeys(client, undefined)).filter(({ keyHash }) => keyHash.startsWith(start));
  if (found.length === 1 && found[0] !== undefined) return found[0].keyHash;
  throw new Failure(
    found.length === 0
      ? `No key's hash begins with "${start}".`
      : `${found.length} keys begin with "${start}": give more of it.`,
  );
}

function expiry(expiresAt: string | null, now: Date): string {
  if (expiresAt === null) return '';
  return Date.parse(expiresAt) <= now.getTime() ? 'expired' : `until ${expiresAt.slice(0, 10)}`;
}
