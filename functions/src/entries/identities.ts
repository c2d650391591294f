/** What functions need of the project, apart from each other: see docs/deploy.md for the roles of each. */
export type Group = 'doors' | 'sweep' | 'webhooks' | 'push';

/**
 * The service account that functions of a group run as. With `QUARTERDECK_SERVICE_ACCOUNTS=separate` each group has its own, which has to be there when it is
 * deployed; unset, all run as the project's default one.
 * @throws Error that names the setting when it is anything else
 */
export function runsAs(group: Group, env = process.env): { readonly serviceAccount?: string } {
  const setting = env.QUARTERDECK_SERVICE_ACCOUNTS || undefined;
  if (setting === undefined) return {};
  if (setting !== 'separate') throw new Error(`QUARTERDECK_SERVICE_ACCOUNTS is "${setting}"; allowed is separate`);
  // Whole: the Firebase CLI completes a short one for the function, and not where it gives access to secrets.
  return { serviceAccount: `quarterdeck-${group}@${env.GCLOUD_PROJECT}.iam.gserviceaccount.com` };
}
