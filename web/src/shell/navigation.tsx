import { useContext, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { signOut } from '../account/identity.js';
import { useMember } from '../account/member.js';
import { SessionsContext } from '../fleet/sessions.js';
import { isLive } from '../live/connection.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { PlaceIcon } from './icons.js';
import { useKeys } from './keys.js';
import { Mark } from './mark.js';
import { notifying, setNotifying } from './notifications.js';
import { isAt, PLACES, type Place } from './places.js';
import { theme } from './theme.js';
import { chooseTheme, ThemeOptions } from './theme-options.js';
import './navigation.css';

/** A rail on a screen, a bar at the bottom on a phone. */
export function Navigation() {
  const { path, route } = useLocation();
  const [isMore, setMore] = useState(false);
  useKeys(Object.fromEntries(PLACES.map(({ key, path: to }) => [`g ${key}`, () => route(to)])));
  const rest = PLACES.filter(({ isMain }) => !isMain);
  return (
    <nav class="navigation" aria-label="Main">
      <a class="brand" href="/" aria-label="Quarterdeck, the fleet">
        <Mark size={24} />
        <span>Quarterdeck</span>
      </a>
      <ul>
        {PLACES.map((place) => (
          <li key={place.path} class={place.isMain ? '' : 'wide-only'}>
            <PlaceLink place={place} isHere={isAt(place, path)} />
          </li>
        ))}
        <li class="narrow-only">
          <button type="button" class="place" aria-expanded={isMore} onClick={() => setMore(true)}>
            <PlaceIcon path="more" />
            <span>More</span>
          </button>
        </li>
      </ul>
      <div class="wide-only foot">
        <Person />
      </div>
      {isMore && (
        <Dialog title="More" onClose={() => setMore(false)}>
          <ul class="more">
            {rest.map((place) => (
              <li key={place.path}>
                <a class="place" href={place.path} onClick={() => setMore(false)}>
                  <PlaceIcon path={place.path} />
                  <span>{place.name}</span>
                </a>
              </li>
            ))}
          </ul>
          <Person />
        </Dialog>
      )}
    </nav>
  );
}

function PlaceLink({ place, isHere }: { place: Place; isHere: boolean }) {
  const sessions = useContext(SessionsContext);
  const waiting = place.path === '/' ? (sessions?.needing.value ?? 0) : 0;
  return (
    <a class="place" href={place.path} aria-current={isHere ? 'page' : undefined}>
      <PlaceIcon path={place.path} />
      <span>{place.name}</span>
      {waiting > 0 && (
        <span class="count needs number">
          {waiting}
          <span class="unseen"> need you</span>
        </span>
      )}
    </a>
  );
}

/** Who is signed in, as what, and how the page looks. */
function Person() {
  const { name, role, services } = useMember();
  return (
    <div class="person">
      <p class="live-line">
        <span class={isLive.value ? 'dot on' : 'dot'} aria-hidden="true" />
        {isLive.value ? 'Live' : 'Not live'}
      </p>
      <p class="cut" title={name ?? ''}>
        {name ?? 'Signed in'} <span class="faint">{role}</span>
      </p>
      <Notify />
      <div class="person-row">
        <label class="unseen" for="theme">
          Theme
        </label>
        <select id="theme" value={theme.value} onChange={chooseTheme}>
          <ThemeOptions />
        </select>
        <Button look="quiet" onClick={() => signOut(services)}>
          Sign out
        </Button>
      </div>
    </div>
  );
}

/** Whether the person is told by the browser while the page is open. */
function Notify() {
  const { value } = notifying;
  if (value === 'unsupported') return null;
  if (value === 'denied')
    return <p class="faint">Notifications are blocked in the browser’s settings for this page.</p>;
  return (
    <label class="notify">
      <input
        type="checkbox"
        checked={value === 'on'}
        onChange={(event) => void setNotifying(event.currentTarget.checked)}
      />
      Notify me
    </label>
  );
}
