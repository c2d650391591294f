import type { FirebaseConfig } from '@quarterdeck/client';

/** What the deployment says of itself at `/__/firebase/init.json`, in the cloud as Firebase Hosting does. */
export interface DeploymentConfig extends FirebaseConfig {
  /** On a developer's machine only: the admin that the first start made, for signing in with one click. */
  readonly localAdmin?: { readonly email: string; readonly password: string };
}

/** Where the configuration is kept for the next time, when the page may open without a network. */
const KEY = 'quarterdeck.config';

/** @throws Error with what to do, when the page is served by something else */
export async function fetchConfig(): Promise<DeploymentConfig> {
  const response = await fetch('/__/firebase/init.json').catch(() => undefined);
  const config = response?.ok ? await response.json().catch(() => undefined) : undefined;
  if (isConfig(config)) {
    const { localAdmin: _, ...kept } = config;
    localStorage.setItem(KEY, JSON.stringify(kept));
    return config;
  }
  const kept = response === undefined ? JSON.parse(localStorage.getItem(KEY) ?? 'null') : null;
  if (isConfig(kept)) return kept;
  throw new Error(
    response === undefined
      ? 'The deployment does not answer. Check the connection, and try again.'
      : 'This address does not say which Firebase project it belongs to. In the Firebase console, add a web app to the project and link it to Hosting.',
  );
}

function isConfig(config: Partial<DeploymentConfig> | null | undefined): config is DeploymentConfig {
  return typeof config?.projectId === 'string' && typeof config.apiKey === 'string';
}
