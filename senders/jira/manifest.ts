// A project of Jira: each notice becomes an issue.
import { z } from 'zod'
import type { SenderManifest } from '@/core/sender'
import { door, ensureSecure, secretLine, webAddress } from '../door/web-settings'

/** Fields of the other way are let through unread: a form keeps what was typed there before. */
const SignIn = z
  .discriminatedUnion('method', [
    z.object({
      method: z.literal('api-token').meta({ title: 'Way to sign in' }),
      email: z.email({ error: 'must be an e-mail address' }).max(254).meta({
        title: 'E-mail of the account',
        description: 'With api-token (Jira Cloud): whose API token it is.',
      }),
      token: secretLine(8, 2000).meta({
        title: 'Token',
        description: 'An API token of Jira Cloud, or a personal access token of Jira Data Center.',
        secret: true,
      }),
    }),
    z.object({
      method: z.literal('personal-access-token'),
      token: secretLine(8, 2000).meta({ title: 'Token', secret: true }),
    }),
  ])
  .meta({ title: 'Sign in' })

export const JiraSettings = z
  .strictObject({
    address: webAddress().meta({
      title: 'Address',
      description: 'Of the site, without a page of it.',
      placeholder: 'https://example.atlassian.net',
    }),
    signIn: SignIn,
    project: z
      .string()
      .trim()
      .regex(/^[A-Z][A-Z0-9_]{1,254}$/, { error: 'must be the key of a project, such as OPS' })
      .meta({ title: 'Project', description: 'Its key.', placeholder: 'OPS' }),
    issueType: z
      .string()
      .trim()
      .min(1, { error: 'must not be empty' })
      .max(100)
      .default('Task')
      .meta({ title: 'Type of issue', description: 'As the project names it.' }),
    ...door,
  })
  .superRefine(ensureSecure('address'))
export type JiraSettings = z.infer<typeof JiraSettings>

export const jiraManifest: SenderManifest = {
  id: 'jira',
  title: 'Jira',
  summary: 'An issue for each notice, in a project of Jira Cloud or Data Center.',
  reaches: 'place',
  settings: JiraSettings,
}
