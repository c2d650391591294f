// @ts-check

/** How long a step may take before it says what it is waiting for; again after each further span. */
const REMINDER_SECONDS = 15;

/**
 * Runs one step of a longer job and prints one line about it, with the seconds it took. A step that takes long says so meanwhile.
 *
 * @template T
 * @param {string} title what is done, as "build functions"
 * @param {(note: (text: string) => void) => Promise<T>} work may call `note` to add a word to the line, or to say what it waits for
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  let note = '';
  const reminder = setInterval(
    () => console.log(`  … ${title}: ${seconds()} s so far${note && `, ${note}`}`),
    REMINDER_SECONDS * 1000,
  );
  try {
    const result = await work((text) => {
      note = text;
    });
    console.log(`  ✓ ${title} (${seconds()} s)${note && `: ${note}`}`);
    return result;
  } catch (error) {
    console.log(`  ✗ ${title} (${seconds()} s)`);
    throw error;
  } finally {
    clearInterval(reminder);
  }
}

/** What a person can mend: its message is shown without a stack. */
export class Problem extends Error {}
