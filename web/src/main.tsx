import './styles/tokens.css';
import './styles/base.css';
import { render } from 'preact';
import { followIdentity } from './account/identity.js';
import { App } from './app.js';
import { followTheme } from './shell/theme.js';
import { offerUpdates } from './shell/updates.js';

followTheme();
render(<App />, document.getElementById('app') as HTMLElement);
void followIdentity();
offerUpdates();
