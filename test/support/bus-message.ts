/** A message of Pub/Sub as the SDK hands it over; a body that is no JSON throws as it is read. */
export function aBusMessage(json: unknown, attributes: Readonly<Record<string, string>> = {}): never {
  const message = {
    messageId: 'message-1',
    attributes,
    get json() {
      if (json === undefined) throw new SyntaxError('no JSON');
      return json;
    },
  };
  return { data: { message } } as never;
}
