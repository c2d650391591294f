import { chmodSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import { sync as writeFileAtomic } from 'write-file-atomic';
import { Failure } from './failure.js';
import { findLocalCopy } from './local-copy.js';

/** A deployment, and who one is there. */
export interface Profile {
  /** Base address: `https://<project>.web.app`. */
  readonly origin: string;
  /** The key for looking after the fleet: an admin's or auditor's. Absent: `programKey` serves for all. */
  readonly key?: string;
  /** The key for running sessions: a program's. Absent: `key` serves for all. */
  readonly programKey?: string;
}

/** The profiles of a person. */
interface Stored {
  /** Which one is used unless another is named. */
  readonly current?: string;
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** A profile with where it comes from. */
export interface ChosenProfile extends Profile {
  readonly name: string;
}

/** The copy that `npm start` runs from the same clone: there without being added. */
export const LOCAL = 'local';

/** In the system's folder for configuration; `QUARTERDECK_CONFIG` gives another file. */
export function profilesFile(env: NodeJS.ProcessEnv = process.env): string {
  return env.QUARTERDECK_CONFIG ?? join(envPaths('quarterdeck', { suffix: '' }).config, 'profiles.json');
}

/** @throws Failure when the file is there and can't be understood: it is never overwritten then */
export function readProfiles(file = profilesFile()): Stored {
  if (!existsSync(file)) return { profiles: {} };
  try {
    const stored: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isStored(stored)) return stored;
  } catch {
    // Told below.
  }
  throw new Failure(`${file} is not as it was written: mend it, or delete it and add the profiles again.`);
}

function isStored(value: unknown): value is Stored {
  const profiles = (value as Stored | null)?.profiles;
  return (
    typeof profiles === 'object' &&
    profiles !== null &&
    Object.values(profiles).every((one) => typeof one?.origin === 'string')
  );
}

/** Writes the whole file or nothing, for its owner's eyes only. */
export function writeProfiles(stored: Stored, file = profilesFile()): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  writeFileAtomic(file, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

/**
 * The profile that counts: the environment's (`QUARTERDECK_ORIGIN` with `QUARTERDECK_KEY`), else the one named, else the current one, else the local copy.
 * @param named with `--profile` or `QUARTERDECK_PROFILE`
 * @throws Failure when there is none; says how to add one
 */
export function chooseProfile(named: string | undefined, env: NodeJS.ProcessEnv = process.env): ChosenProfile {
  const { QUARTERDECK_ORIGIN: origin, QUARTERDECK_KEY: key } = env;
  if (named === undefined && key !== undefined) {
    if (origin === undefined) throw new Failure('QUARTERDECK_KEY is set and QUARTERDECK_ORIGIN is not: set both.', 2);
    return { name: 'environment', origin, key };
  }
  const { current, profiles } = readProfiles();
  const name = named ?? current ?? LOCAL;
  const stored = profiles[name];
  if (stored !== undefined) return { name, ...stored };
  const local = name === LOCAL ? findLocalCopy(env) : undefined;
  if (local !== undefined) return { name, ...local };
  if (name === LOCAL) {
    throw new Failure(
      'There is no profile yet, and no local copy runs: "npm start" in the clone, or "quarterdeck profile add".',
    );
  }
  const known = Object.keys(profiles);
  const which = known.length === 0 ? 'there is none yet' : `there are ${known.join(', ')}`;
  throw new Failure(`There is no profile "${name}"; ${which}. "quarterdeck profile add ${name}" adds it.`, 2);
}
