export default async function endSharedCopy(): Promise<void> {
  const end = globalThis.endSharedCopy;
  globalThis.endSharedCopy = undefined;
  await end?.();
}
