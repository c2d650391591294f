import { setTimeout } from 'node:timers/promises';
import type { Rpc } from './firestore-spy.js';

/**
 * Makes writes of several instances meet: each waits until one of every instance is about to be sent, so all of them were decided on the same
 * reading. On one machine a write follows its read at once, and rivals would hardly ever meet between the two.
 */
export function rendezvous(size: number): (rpc: Rpc) => Promise<void> {
  let meeting: { arrived: number; met: Promise<void>; meet: () => void } | undefined;
  return async ({ method }) => {
    if (method !== 'commit') return;
    if (meeting === undefined) {
      let meet: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        meet = resolve;
      });
      meeting = { arrived: 0, met, meet };
      // Whoever has no rival left goes alone.
      void setTimeout(25).then(meet);
    }
    const mine = meeting;
    if (++mine.arrived === size) mine.meet();
    void mine.met.then(() => {
      if (meeting === mine) meeting = undefined;
    });
    await mine.met;
  };
}
