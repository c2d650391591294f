import './meter.css';

/** A share of a whole, as a line. */
export function Meter({
  share,
  label,
  hue = 'accent',
}: {
  share: number;
  label: string;
  hue?: 'accent' | 'stale' | 'needs';
}) {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the parts of a <meter> look different in every browser
    <div
      class={`meter ${hue}-meter`}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <div style={{ width: `${percent}%` }} />
    </div>
  );
}
