import { createHmac, hkdfSync } from 'node:crypto';
import { CompactEncrypt, compactDecrypt } from 'jose';
import type { RandomPort } from '../operations/ports.js';
import type { SessionTokenKeys } from '../settings.js';
import { randomFrom } from './random.js';

/**
 * What only this deployment can read or repeat: answers sealed as JWE (RFC 7516), and randomness that is the same for the same call. Both keys derive
 * (HKDF, RFC 5869) from those of the session tokens, and rotate with them.
 */
export class Seal {
  readonly currentKid: string;
  private readonly keys: ReadonlyMap<string, { readonly sealing: Uint8Array; readonly random: Uint8Array }>;

  constructor({ keys }: SessionTokenKeys) {
    this.currentKid = keys[0]?.kid ?? '';
    this.keys = new Map(
      keys.map(({ kid, k }) => {
        const secret = Buffer.from(k, 'base64url');
        const derive = (purpose: string) => new Uint8Array(hkdfSync('sha256', secret, '', purpose, 32));
        return [kid, { sealing: derive('quarterdeck answers'), random: derive('quarterdeck repetition') }];
      }),
    );
  }

  close(text: string): Promise<string> {
    return new CompactEncrypt(new TextEncoder().encode(text))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: this.currentKid })
      .encrypt(this.keyOf(this.currentKid).sealing);
  }

  async open(sealed: string): Promise<string> {
    const { plaintext } = await compactDecrypt(sealed, ({ kid }) => this.keyOf(kid).sealing);
    return new TextDecoder().decode(plaintext);
  }

  randomFor(nonce: string, kid: string): RandomPort {
    const { random } = this.keyOf(kid);
    let asked = 0;
    return randomFrom((bytes) => {
      const block = createHmac('sha256', random).update(`${nonce}:${asked++}`).digest();
      return block.subarray(0, bytes);
    });
  }

  /** @throws Error when the key was dropped: it has to stay for as long as answers are kept, see docs/deploy.md */
  private keyOf(kid: string | undefined): { sealing: Uint8Array; random: Uint8Array } {
    const key = this.keys.get(kid ?? '');
    if (key === undefined)
      throw new Error(`SESSION_TOKEN_KEYS has no key ${kid}, which a call of the last day was made with`);
    return key;
  }
}
