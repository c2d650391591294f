import type { PushReceipt } from '../domain/push.js';
import type { PushMessage, PushSenderPort } from '../operations/ports.js';

/** Where there is no Firebase Cloud Messaging: one line for each device says what it would have shown. */
export class LogPushSender implements PushSenderPort {
  /** @param write takes one line */
  constructor(private readonly write: (line: string) => void) {}

  async send(messages: readonly PushMessage[]): Promise<readonly PushReceipt[]> {
    for (const { title, body, link, platform, deviceId } of messages) {
      this.write(`push: ${title} | ${body} | ${link} | ${platform} ${deviceId}`);
    }
    return messages.map(() => ({ outcome: 'sent', error: null }));
  }
}
