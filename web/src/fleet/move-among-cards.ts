/** Puts the focus on the next card or row of the page, or with -1 on the one before. */
export function moveAmongCards(step: 1 | -1): void {
  const cards = [...document.querySelectorAll<HTMLElement>('[data-card]')];
  const at = cards.indexOf(document.activeElement as HTMLElement);
  const next = cards[at < 0 ? (step === 1 ? 0 : cards.length - 1) : at + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}
