import type { ComponentChildren } from 'preact';
import './facts.css';

export type Fact = readonly [name: string, value: ComponentChildren];

/** What is known of something, name by name; what is null or undefined is left out. */
export function FactList({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts">
      {facts
        .filter(([, value]) => value !== null && value !== undefined)
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="wraps">{value}</dd>
          </div>
        ))}
    </dl>
  );
}
