// A mail server: each person gets their own.
import { z } from 'zod'
import type { SenderManifest } from '@/core/sender'
import { CaPem } from '../door/web-settings'

const HOST = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^[0-9a-f:]+$/i

export const SmtpSettings = z
  .strictObject({
    host: z
      .string()
      .trim()
      .max(253)
      .regex(HOST, { error: 'must be the name or address of a server, without a port' })
      .meta({ title: 'Mail server', placeholder: 'smtp.example.com', address: true }),
    port: z
      .int({ error: 'must be a whole number' })
      .min(1, { error: 'must be from 1 to 65535' })
      .max(65535, { error: 'must be from 1 to 65535' })
      .default(587)
      .meta({ title: 'Port', description: '587 with STARTTLS, 465 with TLS from the start.' }),
    security: z
      .enum(['starttls', 'tls', 'none'], { error: 'must be starttls, tls or none' })
      .default('starttls')
      .meta({
        title: 'Encryption',
        description:
          'starttls is asked for and insisted on; tls from the first byte; none is for a server on this machine.',
      }),
    user: z.string().trim().min(1).max(300).optional().meta({ title: 'User name' }),
    password: z.string().min(1).max(1000).optional().meta({
      title: 'Password',
      description: 'Kept encrypted, used to sign in to the mail server and for nothing else.',
      secret: true,
    }),
    from: z.email({ error: 'must be an e-mail address' }).max(254).meta({
      title: 'Sender',
      description: 'The address that mail comes from.',
      placeholder: 'rollcall@example.com',
    }),
    caPem: CaPem,
  })
  .superRefine(({ user, password, security }, context) => {
    const wrong = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    if (user !== undefined && password === undefined)
      wrong('password', 'Enter the password of this user too.')
    if (user === undefined && password !== undefined) wrong('user', 'Enter whose password it is.')
    if (security === 'none' && password !== undefined)
      wrong('security', 'Without encryption the password could be read on the way: choose starttls or tls.')
  })
export type SmtpSettings = z.infer<typeof SmtpSettings>

export const smtpManifest: SenderManifest = {
  id: 'smtp',
  title: 'Mail (SMTP)',
  summary: 'Mail to people, each by their own address, over a mail server of yours.',
  reaches: 'people',
  settings: SmtpSettings,
}
