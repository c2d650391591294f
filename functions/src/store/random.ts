import type { RandomPort } from '../operations/ports.js';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz012345';

/** Ids and keys out of random bytes. @param bytesOf at most 32 at once */
export function randomFrom(bytesOf: (count: number) => Uint8Array): RandomPort {
  const uuid = () => uuidOf(bytesOf(16));
  return {
    accountId: () => Array.from(bytesOf(20), (byte) => LETTERS[byte % LETTERS.length]).join(''),
    sessionId: uuid,
    memoryId: uuid,
    keyBytes: () => bytesOf(32),
  };
}

/** Version 4 of RFC 9562, section 5.4. */
function uuidOf(random: Uint8Array): string {
  const bytes = Uint8Array.from(random);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Buffer.from(bytes).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
