import './color-dot.css';

/** The colour that people gave a program; a ring where they gave none. */
export function ColorDot({ color }: { color: string | null }) {
  const isKnown = color !== null && /^#[0-9a-f]{6}$/i.test(color);
  return <span class="color-dot" style={isKnown ? { background: color } : undefined} aria-hidden="true" />;
}
