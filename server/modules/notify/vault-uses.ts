/** What the mail server's password is sealed for. */
export const mailServerUse = 'notify.mail_server';

/** What a webhook's URL is sealed for: it opens for its own channel only. */
export function urlUse(channelId: string): string {
  return `notify.channel ${channelId}`;
}
