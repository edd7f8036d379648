// An installation with members and channels, for tests of what is told to whom.
import type { Role } from '@/core/permissions'
import { addChannel } from '@/governance/channels/add-channel'
import { sendDue } from '@/governance/notices/send-due'
import { db } from '@/prisma/client'
import { actorOf } from './queried-estate'
import { PASSWORD, USER, type MailServer } from './mail-server'
import type { MadeCertificate } from './made-certificate'

export const administrator = actorOf('administrator')
export const BASE = 'https://rollcall.example'
export const SIGNING_KEY = 'canary-signing-key-0123456789abcdef'

/** The member behind `actorOf(role)`, or another one. */
export const member = (role: Role, id = `test-${role}`, more: object = {}) =>
  db.user.upsert({
    where: { id },
    create: { id, name: `Test ${id}`, email: `${id}@example.com`, role, ...more },
    update: { role, banned: false, ...more },
  })

export const mailChannel = (server: MailServer, { cert }: MadeCertificate, more: object = {}) =>
  addChannel(administrator, {
    kind: 'smtp',
    name: 'Mail',
    settings: {
      host: 'localhost',
      port: server.port,
      from: 'rollcall@example.com',
      user: USER,
      password: PASSWORD,
      caPem: cert,
    },
    ...more,
  })

export const hookChannel = (address: string, takes: string[], more: object = {}) =>
  addChannel(administrator, {
    kind: 'webhook',
    name: 'Hook',
    settings: { address, key: SIGNING_KEY, privateNetworks: true, plain: true },
    takes: takes as never,
    ...more,
  })

/** Does what the job does, at a time of one's own. */
export const sendAll = (at: Date | string, signal = new AbortController().signal) =>
  sendDue({ signal, now: () => new Date(at), random: () => 0 })

export async function emptyOutbox(): Promise<void> {
  await db.notice.deleteMany()
  await db.channel.deleteMany()
  await db.noticePreference.deleteMany()
  await db.setting.deleteMany({ where: { key: 'notices' } })
  await db.user.deleteMany()
}
