import { CodeBlock } from '../ui/code-block.js';
import { Tabs } from '../ui/tabs.js';
import { snippetsOf } from './snippets.js';

/** How an agent, or whoever calls with the key, is told of this deployment. */
export function Connect({ apiKey, keyRole }: { apiKey: string; keyRole: string }) {
  const tabs = snippetsOf(location.origin, apiKey, keyRole).map(({ id, title, where, text }) => ({
    id,
    title,
    content: (
      <>
        <p class="faint">{where}</p>
        <CodeBlock text={text} label={`For ${title}`} copy={`Copy for ${title}`} />
      </>
    ),
  }));
  return <Tabs label="How to use the key" tabs={tabs} />;
}
