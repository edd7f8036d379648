// Roles, users and the root user as identities.
import { absent, answer, known, unknown, type Fact, type Instant } from '@/core/fact'
import type { Of } from '@/core/observation'
import { classifyRole, classifyUser } from './classify'
import { rowOf, usedAt, type Report, type ReportRow } from './credential-report'
import { accountKey, roleKeys, userKeys } from './map-joins'
import type { TrustedBy } from './map-trust'
import type { RoleDetail, RoleExtra, Tag, User } from './shapes'

type Identity = Of<'identity'>
export const DETAILS = 'iam:GetAccountAuthorizationDetails'
export const LIST_ROLES = 'iam:ListRoles'
export const LIST_USERS = 'iam:ListUsers'

const CONSOLES: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
}
/** Deep link into the console of the ARN's partition; none for a partition whose console is not known here. */
function consoleUrl(arn: string, page: 'roles' | 'users', name: string): { consoleUrl?: string } {
  const host = CONSOLES[arn.split(':')[1] ?? '']
  return host === undefined
    ? {}
    : { consoleUrl: `https://${host}/iam/home#/${page}/details/${encodeURIComponent(name)}` }
}

export const dateOf = (at: Instant | null | undefined, source: string, field: string): Fact<Instant> =>
  at == null ? unknown('not-offered', source, `the answer holds no ${field}`) : known(at, source)

export function tagsOf(tags: readonly Tag[], source: string): Fact<Record<string, string>> {
  return known(Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value ?? ''])), source)
}

/** One field that only ListRoles tells, for a role that the details name. */
function extraOf<T>(
  role: Partial<RoleExtra>,
  listed: Fact<ReadonlyMap<string, RoleExtra>>,
  pick: (extra: Partial<RoleExtra>) => T | null | undefined,
  source: string,
): Fact<T> {
  const own = pick(role)
  if (own != null) return known(own, source)
  if (listed.state !== 'known') return listed
  const extra = listed.value.get(role.RoleId ?? '')
  if (!extra) return unknown('not-collected', LIST_ROLES, 'the role was made between two listings')
  return answer(pick(extra), LIST_ROLES)
}

function roleUse(role: RoleDetail, source: string): Fact<Instant> {
  if (!role.RoleLastUsed) return unknown('not-offered', source, 'the answer holds no RoleLastUsed')
  return answer(role.RoleLastUsed.LastUsedDate, source, 'not used in the 400 days that AWS looks back')
}

/** A role of the account details, with what ListRoles adds. */
export function roleIdentity(
  role: RoleDetail,
  trusted: readonly TrustedBy[] | undefined,
  listed: Fact<ReadonlyMap<string, RoleExtra>>,
): Identity {
  return {
    ...roleCore(role, trusted, DETAILS),
    lastUsedAt: roleUse(role, DETAILS),
    description: extraOf(role, listed, (extra) => extra.Description || undefined, DETAILS),
    maxSessionSeconds: extraOf(role, listed, (extra) => extra.MaxSessionDuration, DETAILS),
    tags: tagsOf(role.Tags, DETAILS),
  }
}

/** A role of ListRoles alone, where the account details were refused. */
export function listedRoleIdentity(
  role: RoleDetail,
  trusted: readonly TrustedBy[] | undefined,
  refusal: Fact<never>,
): Identity {
  return {
    ...roleCore(role, trusted, LIST_ROLES),
    lastUsedAt: refusal,
    description: answer(role.Description || undefined, LIST_ROLES),
    maxSessionSeconds: dateless(role.MaxSessionDuration),
    tags: refusal,
  }
}
const dateless = (seconds: number | null | undefined): Fact<number> =>
  seconds == null
    ? unknown('not-offered', LIST_ROLES, 'the answer holds no MaxSessionDuration')
    : known(seconds, LIST_ROLES)

const roleCore = (role: RoleDetail, trusted: readonly TrustedBy[] | undefined, source: string) => ({
  kind: 'identity' as const,
  nativeId: role.RoleId,
  aliases: [role.Arn],
  keys: roleKeys(role.Arn, role.RoleId, role.RoleName),
  type: 'aws.iam-role',
  name: role.RoleName,
  ...classifyRole(role.Path ?? pathOf(role.Arn), trusted),
  createdAt: dateOf(role.CreateDate, source, 'CreateDate'),
  // AWS has no switch for roles and users: what exists can be used.
  enabled: known(true, source),
  // What assumes a role gets a session; the role itself has no key and no password.
  neverHasCredentials: true as const,
  ...consoleUrl(role.Arn, 'roles', role.RoleName),
})
/** `arn:aws:iam::1:role/a/b/name` → `/a/b/` */
const pathOf = (arn: string): string => `/${arn.split('/').slice(1, -1).concat('').join('/')}`

/** A user, with last use and class from the credential report. */
export function userIdentity(
  user: User,
  at: {
    tags: Fact<Record<string, string>>
    report: Fact<Report>
    passwordUsedAt: Fact<Instant>
    source: string
  },
): Identity {
  const row = rowOf(at.report, user.Arn)
  return {
    kind: 'identity',
    nativeId: user.UserId,
    aliases: [user.Arn],
    keys: userKeys(user.Arn, user.UserId),
    type: 'aws.iam-user',
    name: user.UserName,
    ...classifyUser(row),
    createdAt: dateOf(user.CreateDate, at.source, 'CreateDate'),
    enabled: known(true, at.source),
    lastUsedAt: row.state === 'known' ? usedAt(row.value, at.passwordUsedAt) : row,
    description: absent(at.source, 'users have no description'),
    maxSessionSeconds: absent(at.source, 'users are not assumed'),
    tags: at.tags,
    ...consoleUrl(user.Arn, 'users', user.UserName),
  }
}

/** A user as an imported credential report alone shows it: its ARN has to stand for the unique id. */
export function reportedIdentity(row: ReportRow): Identity {
  const notTold = unknown('not-offered', row.createdAt.source, 'the credential report does not hold it')
  return {
    kind: 'identity',
    nativeId: row.arn,
    aliases: [],
    keys: userKeys(row.arn),
    type: 'aws.iam-user',
    name: row.user,
    ...classifyUser(known(row, row.createdAt.source)),
    createdAt: row.createdAt,
    enabled: known(true, row.createdAt.source),
    lastUsedAt: usedAt(row),
    description: absent(row.createdAt.source, 'users have no description'),
    maxSessionSeconds: absent(row.createdAt.source, 'users are not assumed'),
    tags: notTold,
    ...consoleUrl(row.arn, 'users', row.user),
  }
}

export const rootId = (account: string): string => `${account}/root`

/** Every account has a root user, so it is there whether or not the report could be read. */
export function rootIdentity(account: string, report: Fact<Report>): Identity {
  const source = 'sts:GetCallerIdentity'
  const row = report.state === 'known' ? report.value.root : undefined
  const missing: Fact<never> =
    report.state === 'known'
      ? unknown('not-offered', report.source, 'the report has no row for the root user')
      : report
  return {
    kind: 'identity',
    nativeId: rootId(account),
    aliases: [],
    keys: [accountKey(account)],
    type: 'aws.root-user',
    name: 'Root user',
    class: 'human',
    classReason: 'The root user signs in with the mail address of the account.',
    createdAt: row?.createdAt ?? missing,
    enabled: known(true, source),
    lastUsedAt: row ? usedAt(row) : missing,
    description: absent(source, 'the root user has no description'),
    maxSessionSeconds: absent(source, 'the root user is not assumed'),
    tags: absent(source, 'the root user has no tags'),
  }
}
