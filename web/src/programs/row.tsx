import type { Program } from '@quarterdeck/contract';
import { Tag } from '../ui/tag.js';
import { When } from '../ui/time.js';
import { ColorDot } from './color-dot.js';
import { HealthLine } from './health.js';
import { nameOf } from './read-program.js';
import type { Standing } from './standing.js';
import { Waiting } from './waiting.js';

/** One program among many: who, how it stands, what waits for it, and where it belongs. */
export function Row({ program, standing }: { program: Program; standing: Standing | undefined }) {
  const { programId, displayName, role, color, groups, tags, retiredAt } = program;
  const who = [displayName === null ? null : programId, role].filter((part) => part !== null).join(' · ');
  return (
    <li class="program-row">
      <div class="program-who">
        <h3 class="cut">
          <ColorDot color={color} />
          <a href={`/programs/${programId}`} data-card title={nameOf(program)}>
            {nameOf(program)}
          </a>
        </h3>
        {who !== '' && (
          <p class="faint cut" title={who}>
            {who}
          </p>
        )}
      </div>
      {retiredAt === null ? (
        standing && <HealthLine standing={standing} />
      ) : (
        <p class="faint">
          Retired <When at={retiredAt} />
        </p>
      )}
      <div class="program-tags">
        {standing && <Waiting standing={standing} />}
        <Labels groups={groups} tags={tags} />
      </div>
    </li>
  );
}

/** Labels that a row shows; the others are named when one points at how many they are. */
const LABELS_SHOWN = 5;

function Labels({ groups, tags }: Pick<Program, 'groups' | 'tags'>) {
  const labels = [...groups.map((group) => `@${group}`), ...tags.map((tag) => `#${tag}`)];
  const shown = labels.slice(0, labels.length > LABELS_SHOWN ? LABELS_SHOWN - 1 : LABELS_SHOWN);
  const rest = labels.slice(shown.length);
  return (
    <>
      {shown.map((label) => (
        <Tag key={label}>{label}</Tag>
      ))}
      {rest.length > 0 && <Tag title={rest.join(', ')}>{`+${rest.length}`}</Tag>}
    </>
  );
}
