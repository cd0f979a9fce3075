import type { ChannelKindName } from '#contract/notify.ts';
import type { AnyChannelKind } from './channel-kind.ts';
import { appriseChannel } from './channels/apprise.ts';
import { discordChannel } from './channels/discord.ts';
import { gotifyChannel } from './channels/gotify.ts';
import { mailChannel } from './channels/mail.ts';
import { mattermostChannel } from './channels/mattermost.ts';
import { ntfyChannel } from './channels/ntfy.ts';
import { opsgenieChannel } from './channels/opsgenie.ts';
import { pagerdutyChannel } from './channels/pagerduty.ts';
import { pushoverChannel } from './channels/pushover.ts';
import { slackChannel } from './channels/slack.ts';
import { smsChannel } from './channels/sms.ts';
import { teamsChannel } from './channels/teams.ts';
import { telegramChannel } from './channels/telegram.ts';
import { webhookChannel } from './channels/webhook.ts';

/** Every kind of channel, in the order in which they are offered. */
export const channelKinds: Readonly<Record<ChannelKindName, AnyChannelKind>> = {
  mail: mailChannel,
  slack: slackChannel,
  teams: teamsChannel,
  mattermost: mattermostChannel,
  discord: discordChannel,
  telegram: telegramChannel,
  ntfy: ntfyChannel,
  gotify: gotifyChannel,
  pushover: pushoverChannel,
  pagerduty: pagerdutyChannel,
  opsgenie: opsgenieChannel,
  sms: smsChannel,
  webhook: webhookChannel,
  apprise: appriseChannel,
};
