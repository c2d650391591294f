/** Where one can go, in the order of the navigation. */
export interface Place {
  readonly path: string;
  readonly name: string;
  /** After `g`: goes there. */
  readonly key: string;
  /** On a phone, in the bar at the bottom; the others are under "More". */
  readonly isMain: boolean;
}

export const PLACES: readonly Place[] = [
  { path: '/', name: 'Fleet', key: 'f', isMain: true },
  { path: '/tasks', name: 'Tasks', key: 't', isMain: true },
  { path: '/messages', name: 'Messages', key: 'm', isMain: true },
  { path: '/programs', name: 'Programs', key: 'p', isMain: true },
  { path: '/charts', name: 'Charts', key: 'c', isMain: false },
  { path: '/settings/keys', name: 'Keys', key: 'k', isMain: false },
  { path: '/settings/members', name: 'Members', key: 'e', isMain: false },
  { path: '/settings/webhooks', name: 'Webhooks', key: 'w', isMain: false },
  { path: '/settings/account', name: 'Account', key: 'a', isMain: false },
];

/** True for the place that a path belongs to: sessions are of the fleet. */
export function isAt(place: Place, path: string): boolean {
  if (place.path === '/') return path === '/' || path.startsWith('/sessions/');
  return path === place.path || path.startsWith(`${place.path}/`);
}
