import { toast } from '../ui/toast.js';
import { sentenceOf } from './identity.js';

/**
 * Does something and says so in a corner. What goes wrong is for a dialog that is open to tell: a corner lies behind it.
 * @throws what `work` throws
 */
export async function done(said: string, work: () => Promise<unknown>): Promise<true> {
  await work();
  toast(said);
  return true;
}

/**
 * Does something and says what came of it in a corner.
 * @returns true when it was done; what went wrong was told
 */
export async function act(said: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    return await done(said, work);
  } catch (error) {
    toast(sentenceOf(error), { isProblem: true });
    return false;
  }
}
