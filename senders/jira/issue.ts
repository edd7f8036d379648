// A notice as an issue: in the document format of Jira Cloud (REST 3), or in the markup of Data Center (REST 2).
import type { Message } from '@/core/sender'
import type { JiraSettings } from './manifest'

const SUMMARY_MAX = 250
const TEXT_MAX = 30_000

/** By which an issue is found again. */
export const labelOf = (id: string): string => `rollcall-${id}`

const paragraph = (...content: object[]) => ({ type: 'paragraph', content })

function document({ text, link }: Message): object {
  const lines = text.slice(0, TEXT_MAX).split(/\n{2,}/)
  const parts = lines.filter((part) => part.trim()).map((part) => paragraph({ type: 'text', text: part }))
  const marks = [{ type: 'link', attrs: { href: link.href } }]
  return {
    type: 'doc',
    version: 1,
    content: [...parts, paragraph({ type: 'text', text: link.title, marks })],
  }
}

/** What stands between the two marks is obeyed by nothing but the mark itself. */
function markup({ text, link }: Message): string {
  const plain = text.slice(0, TEXT_MAX).replaceAll(/\{noformat/gi, '(noformat')
  return `{noformat}\n${plain}\n{noformat}\n${link.href}`
}

export function issueOf(message: Message, { project, issueType }: JiraSettings, version: 2 | 3): object {
  return {
    fields: {
      project: { key: project },
      issuetype: { name: issueType },
      summary: message.subject.replaceAll(/\s+/g, ' ').slice(0, SUMMARY_MAX).toWellFormed(),
      description: version === 3 ? document(message) : markup(message),
      labels: ['rollcall', labelOf(message.id)],
    },
  }
}
