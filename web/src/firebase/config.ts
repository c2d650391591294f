import type { FirebaseConfig } from '@quarterdeck/client';

/** What the deployment says of itself at `/__/firebase/init.json`, in the cloud as Firebase Hosting does. */
export interface DeploymentConfig extends FirebaseConfig {
  /** On a developer's machine only: the admin that the first start made, for signing in with one click. */
  readonly localAdmin?: { readonly email: string; readonly password: string };
}

/** @throws Error with what to do, when the page is served by something else */
export async function fetchConfig(): Promise<DeploymentConfig> {
  const response = await fetch('/__/firebase/init.json').catch(() => undefined);
  const config = response?.ok ? await response.json().catch(() => undefined) : undefined;
  if (typeof config?.projectId === 'string' && typeof config.apiKey === 'string') return config;
  throw new Error(
    response === undefined
      ? 'The deployment does not answer. Check the connection, and try again.'
      : 'This address does not say which Firebase project it belongs to. In the Firebase console, add a web app to the project and link it to Hosting.',
  );
}
