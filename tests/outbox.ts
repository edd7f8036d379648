// An installation with members and channels, for tests of what is told to whom.
import type { Role } from '@/core/permissions'
import { addChannel } from '@/governance/channels/add-channel'
import { notify } from '@/governance/notices/notify'
import { membersWho } from '@/governance/notices/recipients'
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

export const NOON = new Date('2026-06-03T12:00:00.000Z')
export const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000)
export const DAY_SECONDS = 24 * 3600
/** Of nothing that is there. */
export const NO_ID = '00000000-0000-4000-8000-000000000001'

/** Goes by itself. */
export const failedRun = (once = 'one', error = 'It did not answer.') => ({
  kind: 'run.failed' as const,
  about: 'connection:x',
  once,
  data: { connectionId: NO_ID, runId: NO_ID, source: `source ${once}`, error },
})
/** May go with others. */
export const staleScope = (once: string) => ({
  kind: 'source.stale' as const,
  about: `scope:${once}`,
  once,
  data: { scope: `scope ${once}`, seenAt: NOON.toISOString(), since: NOON.toISOString() },
})

/** Tells the administrators, and the channels that take it. */
export const tell = (what: ReturnType<typeof failedRun> | ReturnType<typeof staleScope>, now = NOON) =>
  db.$transaction(async (tx) => {
    const to = await membersWho(tx, 'source:manage')
    return what.kind === 'run.failed' ? notify(tx, { ...what, to }, now) : notify(tx, { ...what, to }, now)
  })
export const notices = () => db.notice.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })
export async function theNotice() {
  const [row] = await notices()
  if (!row) throw new Error('no notice')
  return row
}
