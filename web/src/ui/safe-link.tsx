import type { ComponentChildren } from 'preact';

/** A link to somewhere else, as somebody said it. What is no web address is shown as text: a page must run no code of an agent's. */
export function SafeLink({
  href,
  class: name,
  children,
}: {
  href: string;
  class?: string;
  children: ComponentChildren;
}) {
  if (!isWebAddress(href))
    return (
      <span class={name} title={href}>
        {children}
      </span>
    );
  return (
    <a class={name} href={href} target="_blank" rel="noreferrer noopener">
      {children}
    </a>
  );
}

export function isWebAddress(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}
