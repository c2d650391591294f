import { useState } from 'preact/hooks';
import { type FieldProblems, fieldProblemsOf } from '../ui/field-problems.js';
import { toast } from '../ui/toast.js';

const FIELDS = ['programId', 'displayName', 'role', 'color', 'groups', 'tags'];

/** What a form about a program does: it saves, and what is refused stands beside its field. */
export function useProgramForm(said: string, save: () => Promise<unknown>, onSaved: () => void) {
  const [problems, setProblems] = useState<FieldProblems>({});
  const [isSaving, setSaving] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    if (isSaving) return;
    setSaving(true);
    try {
      await save();
      toast(said);
      onSaved();
    } catch (error) {
      setProblems(fieldProblemsOf(error, FIELDS));
    } finally {
      setSaving(false);
    }
  };
  return { problems, isSaving, submit };
}
