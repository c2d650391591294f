import type { Program } from '@quarterdeck/contract';
import { useMemo, useState } from 'preact/hooks';
import { act } from '../account/act.js';
import { useMember } from '../account/member.js';
import { useSessions } from '../fleet/sessions.js';
import { ColorDot } from '../programs/color-dot.js';
import { HealthLine } from '../programs/health.js';
import { nameOf } from '../programs/read-program.js';
import { useStandings } from '../programs/use-standings.js';
import { Waiting } from '../programs/waiting.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/confirm.js';
import { Tag } from '../ui/tag.js';
import { AsOf, When } from '../ui/time.js';
import { EditProgram } from './edit-program.js';

/** Who the program is, how it stands, and what an admin can do about it. */
export function Head({ program }: { program: Program }) {
  const { role } = useMember();
  const { computedAt } = useSessions();
  const { programId, displayName, color, groups, tags, createdAt, retiredAt } = program;
  const standing = useStandings(useMemo(() => [{ programId }], [programId])).value.get(programId);
  const isCounted = (standing?.pendingTasks ?? 0) + (standing?.pendingMessages ?? 0) > 0;
  return (
    <header class="program-head">
      <p class="crumbs">
        <a href="/programs">Programs</a>
      </p>
      <h1 class="wraps">
        <ColorDot color={color} /> {nameOf(program)}
      </h1>
      <p class="program-about soft">
        {displayName !== null && <code>{programId}</code>}
        {program.role !== null && <span>{program.role}</span>}
        {createdAt instanceof Date && (
          <span>
            since <When at={createdAt} />
          </span>
        )}
        {groups.map((group) => (
          <a key={`group ${group}`} class="program-group" href={`/programs?${new URLSearchParams({ group })}`}>
            <Tag title={`Group ${group}`}>@{group}</Tag>
          </a>
        ))}
        {tags.map((tag) => (
          <Tag key={`tag ${tag}`} title={`Tag ${tag}`}>
            #{tag}
          </Tag>
        ))}
      </p>
      <div class="program-standing">
        {retiredAt !== null && (
          <p>
            <Tag hue="stale">Retired</Tag> <When at={retiredAt} class="faint" />
          </p>
        )}
        {standing && <HealthLine standing={standing} />}
        {standing && <Waiting standing={standing} />}
        {isCounted && computedAt.value && (
          <span class="faint">
            counted <When at={computedAt.value} />
          </span>
        )}
        <AsOf />
      </div>
      {role === 'admin' ? (
        <Actions program={program} />
      ) : (
        <p class="faint">You are an auditor: you see everything, and change nothing.</p>
      )}
    </header>
  );
}

function Actions({ program }: { program: Program }) {
  const { client } = useMember();
  const [open, setOpen] = useState<'edit' | 'retire'>();
  const { programId } = program;
  const close = () => setOpen(undefined);
  return (
    <div class="program-actions">
      <Button onClick={() => setOpen('edit')}>Edit</Button>
      {program.retiredAt === null ? (
        <Button look="danger" onClick={() => setOpen('retire')}>
          Retire
        </Button>
      ) : (
        <Button
          title="Its keys stay revoked: make it a new one"
          onClick={() => act('Program is back in service', () => client.createProgram({ programId }))}
        >
          Put back into service
        </Button>
      )}
      {open === 'edit' && <EditProgram program={program} onClose={close} />}
      {open === 'retire' && (
        <Confirm
          title={`Retire “${nameOf(program)}”?`}
          action="Retire"
          isDanger
          onClose={close}
          onConfirm={() => act('Program retired', () => client.retireProgram({ programId }))}
        >
          Its keys stop working and its window shuts. Sessions that still run can't report any more, and time out. What
          it remembers stays. It can be put back into service, and needs a new key then.
        </Confirm>
      )}
    </div>
  );
}
