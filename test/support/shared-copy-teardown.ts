export default function endSharedCopy(): void {
  const end = globalThis.endSharedCopy;
  globalThis.endSharedCopy = undefined;
  end?.();
}
