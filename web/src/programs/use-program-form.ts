import { type Submit, useSubmit } from '../account/use-submit.js';
import { toast } from '../ui/toast.js';

const FIELDS = ['programId', 'displayName', 'role', 'color', 'groups', 'tags'];

/** What a form about a program does: it saves, and what is refused stands beside its field. */
export function useProgramForm(said: string, save: () => Promise<unknown>, onSaved: () => void): Submit {
  return useSubmit(FIELDS, async () => {
    await save();
    toast(said);
    onSaved();
  });
}
