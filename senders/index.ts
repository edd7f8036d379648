// The registry of senders: one line each. A manifest is plain data; the code behind it is loaded when it is needed.
import { RollcallError } from '@/core/errors'
import type { Send, SenderManifest } from '@/core/sender'
import { jiraManifest } from './jira/manifest'
import { slackManifest } from './slack/manifest'
import { smtpManifest } from './smtp/manifest'
import { webhookManifest } from './webhook/manifest'

type Entry = { manifest: SenderManifest; load: () => Promise<Send> }

const SENDERS: Readonly<Record<string, Entry>> = {
  smtp: { manifest: smtpManifest, load: async () => (await import('./smtp/send')).sendMail as Send },
  slack: { manifest: slackManifest, load: async () => (await import('./slack/send')).sendToSlack as Send },
  webhook: {
    manifest: webhookManifest,
    load: async () => (await import('./webhook/send')).sendToWebhook as Send,
  },
  jira: { manifest: jiraManifest, load: async () => (await import('./jira/send')).createIssue as Send },
}

export const senderManifests = (): SenderManifest[] => Object.values(SENDERS).map(({ manifest }) => manifest)

/** @throws RollcallError `not-found` for a kind of channel there is not */
export function findSender(id: string): Entry {
  const found = Object.hasOwn(SENDERS, id) ? SENDERS[id] : undefined
  if (found) return found
  const ids = Object.keys(SENDERS).join(', ')
  throw new RollcallError('not-found', `There is no kind of channel ${id}. There are: ${ids}.`)
}
