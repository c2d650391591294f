import type { LiveSession } from '@quarterdeck/contract';
import { useState } from 'preact/hooks';
import { done } from '../account/act.js';
import { sentenceOf } from '../account/identity.js';
import { useMember } from '../account/member.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Problem } from '../ui/problem.js';
import './stop-session.css';

/** Three ways to end what an agent does, the gentlest first. */
export function StopSession({ session, onClose }: { session: LiveSession; onClose: () => void }) {
  const { client } = useMember();
  const [problem, setProblem] = useState<string>();
  const { sessionId, name } = session;
  const choose = (said: string, work: () => Promise<unknown>) => async () => {
    try {
      await done(said, work);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
    }
  };
  const told = (command: 'stop' | 'drain') =>
    choose('The agent is told with its next beat', () => client.commandSession({ sessionId, command }));
  return (
    <Dialog title={`Stop “${name}”?`} onClose={onClose}>
      <ul class="ways">
        <li>
          <Button onClick={told('drain')}>Let it finish</Button>
          <p class="soft">It finishes what it has, and takes nothing new.</p>
        </li>
        <li>
          <Button onClick={told('stop')}>Ask it to stop</Button>
          <p class="soft">It tidies up and completes.</p>
        </li>
        <li>
          <Button look="danger" onClick={choose('Session stopped', () => client.killSession({ sessionId }))}>
            End it now
          </Button>
          <p class="soft">It ends with the outcome “killed”, and a runner ends its process. It can be restored.</p>
        </li>
      </ul>
      {problem && <Problem>{problem}</Problem>}
      <div class="actions">
        <Button onClick={onClose}>Cancel</Button>
      </div>
    </Dialog>
  );
}
