import { Empty } from './empty.js';

/** Where nothing matches the filters of a page. @param what one of its things: "session" */
export function NothingFits({ what, all }: { what: string; all: string }) {
  return (
    <Empty title={`No ${what} fits`}>
      <p>
        Nothing matches what you search for. <a href={all}>Show all</a>
      </p>
    </Empty>
  );
}
