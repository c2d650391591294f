declare module 'firebase-tools/lib/deploy/functions/prepareFunctionsUpload' {
  /** Packs what is uploaded into a file of the system's temporary folder, and leaves out what the configuration ignores. */
  export function prepareFunctionsUpload(
    projectDir: string,
    sourceDir: string,
    config: { readonly source: string; readonly ignore?: readonly string[] },
    additionalSources: readonly string[],
    runtimeConfig: undefined,
    options: { readonly exportType: 'zip' | 'tar.gz' },
  ): Promise<{ readonly pathToSource: string; readonly hash: string }>;
}
