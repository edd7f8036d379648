// Credentials of users, each kind a stream: access keys, console passwords, SSH keys, certificates and service credentials.
import type { Stream, StreamAt } from '@/core/connector'
import { answer, known, mapFact, unknown, type Fact } from '@/core/fact'
import type { Kind } from '@/core/observation'
import type { z } from 'zod'
import { Asker } from './asker'
import { isUsedSlot, readReport, rowOf } from './credential-report'
import {
  accessKey,
  accessKeyUsage,
  consolePassword,
  serverCertificate,
  serviceCredential,
  signingCertificate,
  sshKey,
} from './map-credential'
import { LIST_USERS } from './map-identity'
import { following, pageOf, type Page } from './page'
import * as shapes from './shapes'
import type { User } from './shapes'

const LIST_PAGE = 1000
/** Made once: building a schema costs more than using it. */
const PAGES = {
  users: pageOf('Users', shapes.User),
  accessKeys: pageOf('AccessKeyMetadata', shapes.AccessKey),
  sshKeys: pageOf('SSHPublicKeys', shapes.SshKey),
  signing: pageOf('Certificates', shapes.SigningCertificate),
  server: pageOf('ServerCertificateMetadataList', shapes.ServerCertificate),
  service: pageOf('ServiceSpecificCredentials', shapes.ServiceCredential),
}
const GONE = ['NoSuchEntity']
const usersOf = ({ session }: StreamAt) =>
  session.pages(LIST_USERS, { MaxItems: LIST_PAGE }, PAGES.users, { next: following })

type PerUser<T> = {
  permission: string
  shape: z.ZodType<Page<T>>
  kinds: readonly Kind[]
  skip?: (user: User) => boolean
}

/** One listing per user. A user that is gone by now has none; a refusal for one user costs only that user's items. */
async function* perUser<T>(at: StreamAt, ask: PerUser<T>): AsyncGenerator<[User, T]> {
  const { shape } = ask
  const asker = new Asker(at.session, ask.permission, GONE)
  for await (const page of usersOf(at))
    for (const user of page.items) {
      if (ask.skip?.(user)) continue
      const params = { UserName: user.UserName }
      const first = await asker.ask(params, shape)
      at.lacking(ask.kinds, first)
      if (asker.refusal) return
      if (first.state !== 'known') continue
      for (const item of first.value.items) yield [user, item]
      if (!first.value.next) continue
      const rest = at.session.pages(ask.permission, { ...params, ...first.value.next }, shape, {
        next: following,
      })
      for await (const more of rest) for (const item of more.items) yield [user, item]
    }
}

export const accessKeys: Stream = {
  kinds: ['credential', 'usage'],
  async *collect(at) {
    const ask = {
      permission: 'iam:ListAccessKeys',
      shape: PAGES.accessKeys,
      kinds: ['credential', 'usage'] as const,
    }
    const uses = new Asker(at.session, 'iam:GetAccessKeyLastUsed', GONE)
    for await (const [user, key] of perUser(at, ask)) {
      const use = await uses.ask({ AccessKeyId: key.AccessKeyId }, shapes.AccessKeyUse)
      if (use.state === 'absent') continue
      at.lacking(['usage'], use)
      yield accessKey(user.UserId, key, use)
      yield* accessKeyUsage(user.UserId, key, use)
    }
  },
}

export const consoleLogins: Stream = {
  kinds: ['credential'],
  async *collect(at) {
    const report = await readReport(at.session)
    const profiles = new Asker(at.session, 'iam:GetLoginProfile', GONE)
    for await (const page of usersOf(at))
      for (const user of page.items) {
        const row = rowOf(report, user.Arn)
        if (row.state === 'known' && row.value.passwordEnabled === false) continue
        const profile = await profiles.ask({ UserName: user.UserName }, shapes.LoginProfile)
        if (profile.state === 'absent') continue
        const isReported = row.state === 'known' && row.value.passwordEnabled === true
        if (profile.state === 'unknown' && !isReported) at.lacking(['credential'], profile)
        else
          yield consolePassword({
            user: user.UserId,
            createdAt: mapFact(profile, (known) => known.LoginProfile.CreateDate),
            row,
            usedAt: answer(user.PasswordLastUsed, LIST_USERS, 'AWS has no sign-in on record'),
            enabled: known(true, profile.source),
          })
      }
  },
}

export const sshKeys: Stream = {
  kinds: ['credential'],
  async *collect(at) {
    const ask = { permission: 'iam:ListSSHPublicKeys', shape: PAGES.sshKeys, kinds: ['credential'] as const }
    for await (const [user, key] of perUser(at, ask)) yield sshKey(user.UserId, key)
  },
}

export const signingCertificates: Stream = {
  kinds: ['credential'],
  async *collect(at) {
    const report = await readReport(at.session)
    /** The report says of nearly every user that there is none: that saves a call each. */
    const skip = (user: User): boolean => {
      const row = rowOf(report, user.Arn)
      return (
        row.state === 'known' &&
        row.value.certificates.every((one) => one.active === false && !isUsedSlot(one))
      )
    }
    const ask = {
      permission: 'iam:ListSigningCertificates',
      shape: PAGES.signing,
      kinds: ['credential'] as const,
      skip,
    }
    for await (const [user, certificate] of perUser(at, ask))
      yield signingCertificate(user.UserId, certificate)
  },
}

export const serverCertificates: Stream = {
  kinds: ['credential'],
  async *collect({ session }) {
    for await (const page of session.pages(
      'iam:ListServerCertificates',
      { MaxItems: LIST_PAGE },
      PAGES.server,
      { next: following },
    ))
      yield* page.items.map(serverCertificate)
  },
}

/** User ids by name: service credentials name their user only by name. */
async function userIds({ session }: StreamAt): Promise<Fact<ReadonlyMap<string, string>>> {
  const pages = await session.gather(LIST_USERS, { MaxItems: LIST_PAGE }, PAGES.users, { next: following })
  return mapFact(
    pages,
    (all) => new Map(all.flatMap((page) => page.items).map((user) => [user.UserName, user.UserId])),
  )
}

export const serviceCredentials: Stream = {
  kinds: ['credential'],
  async *collect(at) {
    const permission = 'iam:ListServiceSpecificCredentials'
    let ids: Fact<ReadonlyMap<string, string>> | undefined
    for await (const page of at.session.pages(permission, { AllUsers: true }, PAGES.service, {
      next: following,
    }))
      for (const one of page.items) {
        ids ??= await userIds(at)
        yield serviceCredential(one, ownerOf(one.UserName, ids))
      }
  },
}

function ownerOf(name: string, ids: Fact<ReadonlyMap<string, string>>): Fact<string> {
  if (ids.state !== 'known') return ids
  const id = ids.value.get(name)
  return id === undefined
    ? unknown('not-collected', LIST_USERS, 'the user was not among the users')
    : known(id, LIST_USERS)
}
