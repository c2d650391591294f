/** The ship's wheel, as on the icon. */
export function Mark({ size = 28 }: { size?: number }) {
  return (
    <svg
      class="mark"
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <circle cx="16" cy="16" r="8.5" stroke-width="2.4" />
      <circle cx="16" cy="16" r="2.2" fill="currentColor" stroke="none" />
      {[0, 60, 120].map((turn) => (
        <path key={turn} d="M16 2.6v26.8" stroke-width="2" stroke-linecap="round" transform={`rotate(${turn} 16 16)`} />
      ))}
    </svg>
  );
}
