import { isEnded, isRestorable } from '@quarterdeck/contract/views';
import { useState } from 'preact/hooks';
import { act, done } from '../account/act.js';
import { useMember } from '../account/member.js';
import type { AnySession } from '../fleet/zones.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { SendMessage } from './send-message.js';
import { StopSession } from './stop-session.js';

/** What a person can do about a session; auditors only look. */
export function Actions({ session }: { session: AnySession }) {
  const { role, client } = useMember();
  const [open, setOpen] = useState<'message' | 'stop' | 'complete'>();
  if (role !== 'admin') return <p class="faint">You are an auditor: you see everything, and change nothing.</p>;
  const { sessionId, programId, name } = session;
  const close = () => setOpen(undefined);
  if (isEnded(session)) {
    return (
      <div class="session-actions">
        {isRestorable(session) && (
          <Button onClick={() => act('Session restored', () => client.restoreSession({ sessionId }))}>Restore</Button>
        )}
      </div>
    );
  }
  const report = (said: string, state: 'working' | 'pinned' | 'complete') =>
    client.updateSession({ sessionId, status: session.status ?? said, state });
  return (
    <div class="session-actions">
      {programId !== null && <Button onClick={() => setOpen('message')}>Message the agent</Button>}
      {session.state === 'pinned' ? (
        <Button onClick={() => act('Unpinned', () => report('Unpinned', 'working'))}>Unpin</Button>
      ) : (
        <Button
          onClick={() => act('Pinned', () => report('Pinned', 'pinned'))}
          title="It then never ends by itself, however long it is silent"
        >
          Pin
        </Button>
      )}
      <Button onClick={() => setOpen('complete')}>Complete</Button>
      <Button look="danger" onClick={() => setOpen('stop')}>
        Stop…
      </Button>
      {session.command !== null && (
        <Button onClick={() => act('Taken back', () => client.commandSession({ sessionId, command: null }))}>
          Take “{session.command.name}” back
        </Button>
      )}
      {open === 'message' && programId !== null && (
        <SendMessage sessionId={sessionId} programId={programId} onClose={close} />
      )}
      {open === 'complete' && (
        <Confirm
          title={`Complete “${name}”?`}
          action="Complete"
          onClose={close}
          onConfirm={() => done('Session completed', () => report('Session completed', 'complete'))}
        >
          It ends with the outcome “completed”, and its slot is free. It can be restored.
        </Confirm>
      )}
      {open === 'stop' && <StopSession session={session} onClose={close} />}
    </div>
  );
}
