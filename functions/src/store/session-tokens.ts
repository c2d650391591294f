import { AccountId, ProgramId, SessionId, type WindowClaims } from '@quarterdeck/contract';
import { type CryptoKey, errors, importJWK, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { SessionTokenPort } from '../operations/ports.js';
import type { SessionTokenKeys } from '../settings.js';

/** The one algorithm: a token that names another, or none, is refused before its signature is looked at. */
const ALGORITHM = 'HS256';
/** Says what kind of token it is (RFC 8725, 3.11), so that no other token of ours could be taken for one. */
const TYPE = 'quarterdeck-session+jwt';
const AUDIENCE = 'quarterdeck-session';

/** Claims beside the registered ones; `sub` is the program. */
const Claims = z.object({
  sub: ProgramId,
  sid: SessionId,
  account: AccountId,
  epoch: z.int().min(1),
});

/** Session tokens as signed JWTs (RFC 7519), with the practices of RFC 8725. */
export class JwtSessionTokens implements SessionTokenPort {
  private readonly issuer: string;
  private readonly keys: Promise<ReadonlyMap<string, CryptoKey | Uint8Array>>;
  private readonly signingKid: string;

  /** @param project so that a token of one deployment is none of another, should they share a key */
  constructor({ keys }: SessionTokenKeys, project: string) {
    this.issuer = `quarterdeck:${project}`;
    this.signingKid = keys[0]?.kid ?? '';
    this.keys = Promise.all(
      keys.map(async (key) => [key.kid, await importJWK({ ...key, alg: ALGORITHM })] as const),
    ).then((entries) => new Map(entries));
  }

  async issue({ account, programId, sessionId, epoch }: WindowClaims, now: Date, endsAt: Date): Promise<string> {
    const key = await this.keyFor(this.signingKid);
    return new SignJWT({ account, sid: sessionId, epoch })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid: this.signingKid })
      .setIssuer(this.issuer)
      .setAudience(AUDIENCE)
      .setSubject(programId)
      .setIssuedAt(seconds(now))
      .setExpirationTime(seconds(endsAt))
      .sign(key);
  }

  async verify(token: string, now: Date): Promise<WindowClaims | undefined> {
    try {
      const { payload } = await jwtVerify(token, ({ kid }) => this.keyFor(kid), {
        algorithms: [ALGORITHM],
        typ: TYPE,
        issuer: this.issuer,
        audience: AUDIENCE,
        requiredClaims: ['iat', 'exp', 'sub'],
        currentDate: now,
        maxTokenAge: '31 days',
      });
      const claims = Claims.safeParse(payload);
      if (!claims.success) return undefined;
      const { sub: programId, sid: sessionId, account, epoch } = claims.data;
      return { account, programId, sessionId, epoch };
    } catch (error) {
      // Every way in which a token can be wrong; anything else is a fault of ours and must not look like one.
      if (error instanceof errors.JOSEError) return undefined;
      throw error;
    }
  }

  private async keyFor(kid: string | undefined): Promise<CryptoKey | Uint8Array> {
    const key = kid === undefined ? undefined : (await this.keys).get(kid);
    if (key === undefined) throw new errors.JWSInvalid('no key of that id');
    return key;
  }
}

function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}
