import type { PingWebhookOutput } from '@quarterdeck/client';

/** What came of a ping, in words. */
export function sayPing({
  delivered,
  status,
  error,
  durationMs,
}: Pick<PingWebhookOutput, 'delivered' | 'status' | 'error' | 'durationMs'>): string {
  const took = `after ${durationMs.toLocaleString()} ms`;
  if (delivered) return `It answered ${status} ${took}: it works.`;
  if (status !== null) return `It answered ${status} ${took}. An endpoint has to answer with 2xx.`;
  return `It did not answer: ${error ?? 'nobody knows why'} (${took}).`;
}
