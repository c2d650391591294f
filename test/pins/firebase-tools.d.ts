declare module 'firebase-tools/lib/firebaseConfigValidate' {
  /** Of firebase.json, by the CLI's schema. */
  export function getValidator(): { (config: unknown): boolean; readonly errors: readonly object[] | null };
}

declare module 'firebase-tools/lib/firestore/api' {
  export class FirestoreApi {
    /** Throws when the indexes could not be deployed, before anything is asked of a project. */
    validateSpec(spec: object): void;
  }
}
