import { useEffect, useRef, useState } from 'preact/hooks';
import { ErrorBoundary, lazy, Route, Router, useLocation } from 'preact-iso';
import { useMember } from '../account/member.js';
import { SessionsContext, useSessionsSource } from '../fleet/sessions.js';
import { Toasts } from '../ui/toast.js';
import { Banner } from './banner.js';
import { Help } from './help.js';
import { useKeys } from './keys.js';
import { Navigation } from './navigation.js';
import { NotFound } from './not-found.js';
import { followArrivals } from './notifications.js';
import { useTitle } from './title.js';
import './shell.css';

const Fleet = lazy(() => import('../fleet/fleet.js').then(({ Fleet }) => Fleet));
const Charts = lazy(() => import('../charts/charts.js').then(({ Charts }) => Charts));
const Program = lazy(() => import('../program/program.js').then(({ Program }) => Program));
const Programs = lazy(() => import('../programs/programs.js').then(({ Programs }) => Programs));
const Session = lazy(() => import('../session/session.js').then(({ Session }) => Session));
const Tasks = lazy(() => import('../tasks/tasks.js').then(({ Tasks }) => Tasks));
const Task = lazy(() => import('../tasks/task.js').then(({ Task }) => Task));
const Messages = lazy(() => import('../messages/messages.js').then(({ Messages }) => Messages));
const Thread = lazy(() => import('../messages/thread.js').then(({ Thread }) => Thread));
const Keys = lazy(() => import('../settings/keys/keys.js').then(({ Keys }) => Keys));
const Members = lazy(() => import('../settings/members/members.js').then(({ Members }) => Members));
const Webhooks = lazy(() => import('../settings/webhooks/webhooks.js').then(({ Webhooks }) => Webhooks));
const Webhook = lazy(() => import('../settings/webhooks/webhook.js').then(({ Webhook }) => Webhook));
const Account = lazy(() => import('../settings/account/account.js').then(({ Account }) => Account));

/** What is around every page: where to go, whether it is live, and what the keys do. */
export function Shell() {
  const member = useMember();
  const sessions = useSessionsSource(member);
  const [isHelping, setHelping] = useState(false);
  const main = useRef<HTMLElement>(null);
  const { path, route } = useLocation();
  useKeys({ '?': () => setHelping(true) });
  useTitle(sessions);
  useEffect(() => followArrivals(sessions, (id) => route(`/sessions/${id}`)), [sessions, route]);
  // A screen reader is told that another page is there.
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [path]);
  return (
    <SessionsContext.Provider value={sessions}>
      <a class="skip" href="#main">
        Skip to the page
      </a>
      <div class="shell">
        <Navigation />
        <div class="page">
          <Banner />
          <main id="main" ref={main} tabIndex={-1}>
            <ErrorBoundary>
              <Router>
                <Route path="/" component={Fleet} />
                <Route path="/sessions/:sessionId" component={Session} />
                <Route path="/charts" component={Charts} />
                <Route path="/programs" component={Programs} />
                <Route path="/programs/:programId" component={Program} />
                <Route path="/tasks" component={Tasks} />
                <Route path="/tasks/:taskId" component={Task} />
                <Route path="/messages" component={Messages} />
                <Route path="/messages/:threadId" component={Thread} />
                <Route path="/settings/keys" component={Keys} />
                <Route path="/settings/members" component={Members} />
                <Route path="/settings/webhooks" component={Webhooks} />
                <Route path="/settings/webhooks/:webhookId" component={Webhook} />
                <Route path="/settings/account" component={Account} />
                <Route default component={NotFound} />
              </Router>
            </ErrorBoundary>
          </main>
        </div>
      </div>
      {isHelping && <Help onClose={() => setHelping(false)} />}
      <Toasts />
    </SessionsContext.Provider>
  );
}
