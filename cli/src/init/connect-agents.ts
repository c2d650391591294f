import { existsSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { confirm, isCancel, multiselect, text } from '@clack/prompts';
import { createClient } from '@quarterdeck/client';
import type { Command } from 'commander';
import { type Context, contextOf } from '../context.js';
import { Failure } from '../failure.js';
import type { Output } from '../output.js';
import { AGENT_CLIENTS, type AgentClient, type Scope } from './agent-clients.js';
import { findWrittenKey } from './find-written-key.js';
import { changedLines, type PlannedFile, planFiles, writePlanned } from './plan.js';
import { proveFile } from './prove.js';

const PROGRAM_ID_MAX = 50;
/** Stands in for the key until it is made. */
const KEY_TO_MAKE = 'cb_theKeyThatWillBeMade';

/** What `init` was asked for. */
export interface InitOptions {
  readonly client: AgentClient['id'][];
  readonly program?: string;
  readonly user?: true;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly folder: string;
}

/** What was decided before anything is changed. */
interface Setup {
  readonly clients: readonly AgentClient[];
  readonly scope: Scope;
  readonly folder: string;
  readonly key: FoundKey;
}

/** Asks before it changes a file, keeps what is there, and proves that it works. */
export async function connectAgents(options: InitOptions, command: Command): Promise<void> {
  const context = contextOf(command);
  const isAsking = !options.yes && !options.dryRun;
  if (isAsking && !process.stdin.isTTY) {
    throw new Failure('There is no terminal to ask at: say --yes, or --dry-run to see what would change.', 2);
  }
  const setup = await chooseSetup(context, options, isAsking);
  const programId = setup.key.programId;
  const changes = plan(setup, context, setup.key.value ?? KEY_TO_MAKE).filter(({ before, after }) => before !== after);
  // Who is not asked reads which files, not every line of them; --dry-run is for looking.
  const wantsLines = isAsking || options.dryRun === true;
  if (!context.output.json) for (const file of changes) show(context, file, wantsLines);
  if (options.dryRun)
    return tell(context, { programId, changed: [], proved: [], planned: changes.map(({ file }) => file) });
  const agreed = new Set((isAsking ? await agreedOn(changes, setup.folder) : changes).map(({ file }) => file));
  const key = setup.key.value ?? (agreed.size > 0 ? await makeKey(context, setup) : undefined);
  if (key === undefined) return tell(context, { programId, changed: [], proved: [], planned: [] });
  // With the key in its place, the texts are made again from what was agreed on.
  const files = plan(setup, context, key);
  const written = files.filter(({ file }) => agreed.has(file));
  for (const file of written) writePlanned(file);
  const inPlace = files.filter(({ file, before, after }) => agreed.has(file) || before === after);
  const proved = [];
  for (const file of inPlace)
    proved.push({ file: file.file, seen: await proveFile(file, key, context.profile.origin) });
  tell(context, { programId, changed: written.map(({ file }) => file), proved, planned: [] });
  if (inPlace.some(({ holdsKey }) => !holdsKey)) tellKey(context, key);
}

async function chooseSetup(context: Context, options: InitOptions, isAsking: boolean): Promise<Setup> {
  const folder = resolve(options.folder);
  const scope = options.user ? 'user' : 'project';
  const clients = await chosenClients(options, scope, folder, isAsking);
  const key = await keyFor(context, clients, scope, folder, options, isAsking);
  return { clients, scope, folder, key };
}

function plan({ clients, scope, folder }: Setup, { profile: { origin } }: Context, key: string): PlannedFile[] {
  return planFiles(clients, scope, folder, { origin, key });
}

async function chosenClients(
  options: InitOptions,
  scope: Scope,
  folder: string,
  isAsking: boolean,
): Promise<AgentClient[]> {
  if (options.client.length > 0) return AGENT_CLIENTS.filter(({ id }) => options.client.includes(id));
  const base = scope === 'project' ? folder : homedir();
  const used = AGENT_CLIENTS.filter(({ traces }) => traces.some((trace) => existsSync(join(base, trace))));
  const likely = used.length > 0 ? used : AGENT_CLIENTS.filter(({ id }) => id === 'claude-code');
  if (!isAsking) return likely;
  const chosen = await multiselect({
    message: 'Which agents shall be connected?',
    options: AGENT_CLIENTS.map(({ id, title }) => ({ value: id, label: title })),
    initialValues: likely.map(({ id }) => id),
  });
  if (isCancel(chosen)) throw new Failure('Nothing was changed.');
  return AGENT_CLIENTS.filter(({ id }) => chosen.includes(id));
}

interface FoundKey {
  readonly programId: string;
  /** Absent: it is still to be made. */
  readonly value?: string;
}

/** A key that is in the files already and works; else the profile's, when it is a program's; else a new one, for the program of this folder. */
async function keyFor(
  { profile, overseer }: Context,
  clients: readonly AgentClient[],
  scope: Scope,
  folder: string,
  options: InitOptions,
  isAsking: boolean,
): Promise<FoundKey> {
  const anonymous = createClient({ origin: profile.origin });
  const written = findWrittenKey(clients, scope, folder, profile.origin);
  const known =
    written === undefined ? undefined : await anonymous.exchangeKey({ key: written }).catch(() => undefined);
  const wanted = options.program;
  if (known !== undefined && written !== undefined && (wanted ?? known.programId) === known.programId)
    return { programId: known.programId, value: written };
  const key = profile.key ?? profile.programKey ?? '';
  const { role, programId } = await anonymous.exchangeKey({ key });
  if (role === 'program') {
    if (wanted !== undefined && wanted !== programId)
      throw new Failure(`The profile's key is "${programId}"'s. An admin's key can make one for "${wanted}".`);
    return { programId, value: key };
  }
  if (role === 'auditor')
    throw new Failure("The profile's key is an auditor's: it can neither run sessions nor make a key for one.");
  await overseer.getAccount();
  const proposed = wanted ?? programOf(folder);
  if (!isAsking || wanted !== undefined) return { programId: proposed };
  const named = await text({
    message: 'Which program is the agent? Its sessions and its memory go by this name.',
    initialValue: proposed,
  });
  if (isCancel(named)) throw new Failure('Nothing was changed.');
  return { programId: named.trim() };
}

/** A folder's name as a program's: what a program may not be called is left out. */
function programOf(folder: string): string {
  const name = basename(folder)
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, PROGRAM_ID_MAX);
  return name || 'agent';
}

async function makeKey({ overseer }: Context, { clients, key: { programId } }: Setup): Promise<string> {
  const label = `${clients.map(({ title }) => title).join(', ')} on ${hostname()}`.slice(0, 200);
  return (await overseer.createKey({ programId, label })).key;
}

function show({ output }: Context, planned: PlannedFile, wantsLines: boolean): void {
  const { client, file, what, before, exclude } = planned;
  output.line(`${client.title}: ${what}`);
  output.line(
    `  ${before === null ? 'new file' : 'changes'} ${file}${exclude ? ', which git is told to leave alone, since it holds the key' : ''}`,
  );
  const { green, red } = output.colours;
  for (const line of wantsLines ? changedLines(planned) : [])
    output.line(`    ${line.startsWith('+') ? green(line) : red(line)}`);
  output.line();
}

async function agreedOn(changes: readonly PlannedFile[], folder: string): Promise<PlannedFile[]> {
  const agreed = [];
  for (const change of changes) {
    const answer = await confirm({ message: `Write ${relative(folder, change.file) || change.file}?` });
    if (isCancel(answer)) throw new Failure('Nothing was changed.');
    if (answer) agreed.push(change);
  }
  return agreed;
}

interface Result {
  readonly programId: string;
  readonly changed: readonly string[];
  readonly proved: readonly { file: string; seen: string }[];
  /** What would change. */
  readonly planned: readonly string[];
}

function tell({ output }: Context, result: Result): void {
  if (output.json) output.value(result);
  else tellInWords(output, result);
}

function tellInWords(output: Output, result: Result): void {
  const { green } = output.colours;
  for (const { file, seen } of result.proved) output.line(`${green('✓')} ${file}: ${seen}`);
  if (result.planned.length > 0) output.line('Nothing was changed: this was a dry run.');
  else if (result.proved.length === 0) output.line('Nothing was changed.');
  else if (result.changed.length === 0) output.line('Everything was in place already.');
  else output.line(`The agent is the program "${result.programId}". Start it anew, and "quarterdeck watch" shows it.`);
}

function tellKey({ output }: Context, key: string): void {
  const why = 'A file is in version control, so it names the key and does not hold it. Set it for the agent:';
  output.note(`${why}\n  export QUARTERDECK_KEY=${key}`);
}
