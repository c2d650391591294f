/** What a person at a terminal can mend: shown as one sentence, without a stack. */
export class Failure extends Error {
  constructor(
    message: string,
    /** 1: it did not work out. 2: it was asked in a wrong way. */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
