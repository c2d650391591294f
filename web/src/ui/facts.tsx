import type { ComponentChildren } from 'preact';
import { asText, newerEntries } from './newer-fields.js';
import { When } from './time.js';
import './facts.css';

/** Something that is known, under its name. */
export type Fact = readonly [name: string, value: ComponentChildren];

/** What is known of one thing; what nobody has said (null) is left out. */
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

/** Fields of a document that this version of the page has no name for, shown as they are. */
export function newerFacts(document: object, known: ReadonlySet<string>): Fact[] {
  return newerEntries(document, known).map(([name, value]) => [
    name,
    value instanceof Date ? <When key={name} at={value} /> : asText(value),
  ]);
}
