import { ErrorBoundary, LocationProvider, lazy } from 'preact-iso';
import { identity } from './account/identity.js';
import { MemberContext } from './account/member.js';
import { Ended, Failed, Waiting } from './shell/full-page.js';
import { Shell } from './shell/shell.js';

const SignIn = lazy(() => import('./sign-in/sign-in.js').then(({ SignIn }) => SignIn));

/** The page, by who looks at it. */
export function App() {
  const { value } = identity;
  switch (value.kind) {
    case 'starting':
      return <Waiting />;
    case 'joining':
      return <Waiting>Opening your account</Waiting>;
    case 'failed':
      return <Failed message={value.message} />;
    case 'ended':
      return <Ended services={value.services} />;
    case 'signed-out':
      return (
        <ErrorBoundary>
          <SignIn {...value} />
        </ErrorBoundary>
      );
    case 'member':
      return (
        <MemberContext.Provider value={value}>
          <LocationProvider>
            {/* Another role shows other things: everything begins anew with it. */}
            <Shell key={`${value.accountId} ${value.role}`} />
          </LocationProvider>
        </MemberContext.Provider>
      );
  }
}
