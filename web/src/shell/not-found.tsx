/** Where no page is. */
export function NotFound() {
  return (
    <>
      <div class="page-head">
        <h1>There is no such page</h1>
      </div>
      <p>
        The address may have a typing error. <a href="/">The fleet</a> is a good place to start from.
      </p>
    </>
  );
}
