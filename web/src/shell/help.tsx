import { Dialog } from '../ui/dialog.js';
import { PLACES } from './places.js';
import './help.css';

const KEYS: readonly (readonly [keys: string, what: string])[] = [
  ['/', 'Search'],
  ['j', 'Next card or row'],
  ['k', 'The one before'],
  ['Enter', 'Open it'],
  ['Esc', 'Close, or leave the search'],
  ['?', 'This list'],
];

/** What the keys do. */
export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="Keys" onClose={onClose}>
      <dl class="keys">
        {[...KEYS, ...PLACES.map(({ key, name }) => [`g ${key}`, name] as const)].map(([keys, what]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
