// Creates an issue. Jira knows no key that makes a request once: before a second attempt, it is asked whether the first one
// came through. Its search is some seconds behind its issues, which is less than the wait between two attempts.
import { z } from 'zod'
import type { Outcome, Send } from '@/core/sender'
import { exchange, type Exchanged } from '../door/exchange'
import { attempted, outcomeOf } from '../door/outcome'
import { issueOf, labelOf } from './issue'
import type { JiraSettings } from './manifest'

const Key = z.string().regex(/^[A-Z][A-Z0-9_]{1,254}-\d{1,12}$/)
const Created = z.object({ key: Key })
const Found = z.object({ issues: z.array(z.object({ key: Key })).min(1) })
/** Names of fields that were not taken, as Jira calls them. Their values and its texts are left unread. */
const Wrong = z.object({ errors: z.record(z.string().regex(/^\w{1,40}$/), z.unknown()) })

/** Data Center speaks REST 2 and takes personal access tokens; Cloud speaks REST 3. */
function accessOf({ signIn }: JiraSettings): { version: 2 | 3; authorization: string } {
  if (signIn.method === 'personal-access-token')
    return { version: 2, authorization: `Bearer ${signIn.token}` }
  const pair = Buffer.from(`${signIn.email}:${signIn.token}`, 'utf8').toString('base64')
  return { version: 3, authorization: `Basic ${pair}` }
}

/** The settings may name a site below a path. */
const urlOf = (address: string, path: string): URL => new URL(`${address.replace(/\/+$/, '')}${path}`)

function createdWords(answer: Exchanged, server: string): Outcome {
  const outcome = outcomeOf(answer, server)
  const created = Created.safeParse(answer.body)
  if (outcome.state === 'accepted')
    return created.success ? { state: 'accepted', words: `${server} made ${created.data.key}.` } : outcome
  const wrong = Wrong.safeParse(answer.body)
  const fields = wrong.success ? Object.keys(wrong.data.errors) : []
  if (!fields.length) return outcome
  return { ...outcome, words: `${outcome.words} Not taken: ${fields.slice(0, 10).join(', ')}.` }
}

export const createIssue: Send<JiraSettings> = (settings, message, { signal, attempt }) => {
  const { version, authorization } = accessOf(settings)
  const server = `Jira at ${new URL(settings.address).host}`
  const post = (path: string, body: object) =>
    exchange({
      ...settings,
      url: urlOf(settings.address, path),
      method: 'POST',
      headers: { authorization, accept: 'application/json' },
      body: JSON.stringify(body),
      reads: 'json',
      signal,
    })
  return attempted(server, async () => {
    if (attempt > 1) {
      const search = version === 3 ? '/rest/api/3/search/jql' : '/rest/api/2/search'
      const jql = `labels = "${labelOf(message.id)}"`
      const { body } = await post(search, { jql, maxResults: 1, fields: ['key'] })
      const found = Found.safeParse(body)
      const key = found.success ? found.data.issues[0]?.key : undefined
      if (key !== undefined) return { state: 'accepted', words: `${server} had made ${key} already.` }
    }
    return createdWords(await post(`/rest/api/${version}/issue`, issueOf(message, settings, version)), server)
  })
}
