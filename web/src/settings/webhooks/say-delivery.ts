import type { ListDeliveriesOutput } from '@quarterdeck/client';

/** A delivery, as list_deliveries answers it. */
export type Delivery = ListDeliveriesOutput['deliveries'][number];

/** The hue of a delivery's status; a status that this version does not know asks for no attention. */
export function hueOfDelivery({ status, attempts }: Pick<Delivery, 'attempts'> & { status: string }) {
  if (status === 'failed') return 'needs';
  if (status === 'delivered') return 'working';
  // The first attempt is under way at once; a later one means that something went wrong.
  return (status === 'waiting' || status === 'sending') && attempts > 0 ? 'stale' : 'quiet';
}

/** What the last attempt came to, in the server's words; null: there was none. */
export function sayLastAttempt({ lastStatus, lastError }: Delivery): string | null {
  return lastError ?? (lastStatus === null ? null : `answered ${lastStatus}`);
}
