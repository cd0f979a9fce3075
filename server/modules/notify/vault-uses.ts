/** What the mail server's password is sealed for. */
export const mailServerUse = 'notify.mail_server';

/** What a channel's secrets are sealed for: they open for their own channel only. */
export function channelUse(channelId: string): string {
  return `notify.channel ${channelId}`;
}
