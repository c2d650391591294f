import { Empty } from '../ui/empty.js';

export function NotFound() {
  return (
    <Empty title="There is no such page">
      <p>
        The address may have a typing error. <a href="/">The fleet</a> is a good place to start from.
      </p>
    </Empty>
  );
}
