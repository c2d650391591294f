import { toast } from '../ui/toast.js';
import { sentenceOf } from './identity.js';

/**
 * Does something and says what came of it in a corner.
 * @returns true when it was done; what went wrong was told
 */
export async function act(said: string, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    toast(said);
    return true;
  } catch (error) {
    toast(sentenceOf(error), { isProblem: true });
    return false;
  }
}
