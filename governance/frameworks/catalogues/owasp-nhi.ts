// The OWASP Non-Human Identities Top 10 with the names OWASP gives its entries, and what each is about in our words.
import type { Framework } from '../framework'
import { OWASP_NHI } from '../owasp-nhi'

const GISTS: Record<keyof typeof OWASP_NHI, string> = {
  'NHI1:2025': 'Identities and keys live on after the service, project or owner they served is gone.',
  'NHI2:2025': 'Credentials end up where they are not meant to be: code, configuration, logs, chats.',
  'NHI3:2025':
    'An outside application or integration holds rights or credentials, and is broken into itself.',
  'NHI4:2025': 'Workloads prove who they are by methods that are outdated, weak or easily bypassed.',
  'NHI5:2025':
    'An identity can do far more than its work needs, so that one that is taken over takes much along.',
  'NHI6:2025':
    'Pipelines reach the cloud with static keys, or by a federation that does not say who exactly is meant.',
  'NHI7:2025': 'Keys, tokens and certificates end in the far future or never.',
  'NHI8:2025': 'One identity spans test and production.',
  'NHI9:2025': 'One identity serves several applications or parts of them.',
  'NHI10:2025': 'People act through the identity of a service, so that what they do has no name.',
}

export const owaspNhi: Framework = {
  id: 'owasp-nhi',
  title: 'OWASP Non-Human Identities Top 10',
  version: '2025',
  publisher: 'OWASP Foundation',
  licence: 'OWASP writes under CC BY-SA 4.0: ids and names are its own, the other words are ours.',
  quotable: false,
  controls: Object.entries(OWASP_NHI).map(([id, title]) => ({
    id,
    title,
    gist: GISTS[id as keyof typeof OWASP_NHI],
  })),
}
