// Asks when roles and users last used what they may do. AWS makes one report for each of them, in the background: some are
// asked for at a time and then fetched, and asking ends as soon as it is plain that no more will be answered.
import type { StreamAt } from '@/core/connector'
import { known, unknown, type Fact, type Instant, type Unknown } from '@/core/fact'
import type { Session } from '@/core/session'
import { LIST_ROLES, LIST_USERS } from './map-identity'
import { following, pageOf, type Page } from './page'
import type { LastAccessedPermissionName } from './permissions'
import { JobStarted, ListedRole, ListedUser, ReportPage } from './shapes-last-accessed'

export const GENERATE = 'iam:GenerateServiceLastAccessedDetails' satisfies LastAccessedPermissionName
export const REPORT = 'iam:GetServiceLastAccessedDetails' satisfies LastAccessedPermissionName

/** A role or user to ask about. `last`: people, whose rights are narrowed down elsewhere. */
export type Asked = { id: string; arn: string; last: boolean }

/** Roles that AWS made for one of its services hold what AWS gave them: nobody can narrow it down. */
export const isOfAws = (arn: string): boolean => arn.includes(':role/aws-service-role/')
/** Roles that IAM Identity Center made for people. */
const isOfPeople = (arn: string): boolean => arn.includes(':role/aws-reserved/sso.amazonaws.com/')

export type UsedAction = { name: string; usedAt?: Instant }
export type UsedService = {
  /** As policies name it, such as `s3`. */
  namespace: string
  /** The last attempt, allowed or not. Undefined: none as long as AWS looks back. */
  usedAt?: Instant
  region?: string
  /** The actions of it that AWS tells one by one. */
  actions: UsedAction[]
}
/** `at`: when it was asked for. Services that are not in it were not reported on. */
export type Report = { at: Instant; services: UsedService[] }

const GONE = ['NoSuchEntity']
/** The most that one answer holds. */
const PAGE = 1000
/** So many reports are being made at a time: the first is mostly there when the last was asked for. */
const AT_A_TIME = 10
/** So many refusals in a row, and no further question is asked. A source that asks to wait is left alone sooner. */
const REFUSED_MAX = 10
const THROTTLED_MAX = 3
const FINAL: readonly string[] = ['left-out', 'limited']

/** What was told of whom. Unknown: why it was not. Absent: it was deleted meanwhile. */
export type Reports = {
  told: ReadonlyMap<string, Fact<Report>>
  /** Of one by its id, whether or not it was listed. */
  of: (id: string) => Fact<Report>
  /** Listings that were refused: nobody in them was asked about. */
  refused: Unknown[]
}

const NEW = unknown('not-collected', GENERATE, 'it was made after roles and users were listed')
const LIST_PAGE = 1000
const PAGES = { roles: pageOf('Roles', ListedRole), users: pageOf('Users', ListedUser) }

const reading = new WeakMap<Session, Promise<Reports>>()
/** Once for each run: what one stream has asked, the next one need not ask again. */
export function reportsIn({ session, now }: Pick<StreamAt, 'session' | 'now'>): Promise<Reports> {
  const found = reading.get(session) ?? readReports(session, now)
  reading.set(session, found)
  return found
}

async function readReports(session: Session, now: Instant): Promise<Reports> {
  const rest = { next: following }
  const roles = await session.gather(LIST_ROLES, { MaxItems: LIST_PAGE }, PAGES.roles, rest)
  const users = await session.gather(LIST_USERS, { MaxItems: LIST_PAGE }, PAGES.users, rest)
  const asked = [...itemsOf(roles), ...itemsOf(users)].filter(({ arn }) => !isOfAws(arn))
  const turn = inTurn(asked, now)
  // A pass that only tries the permissions has room for a few observations, and need not ask about more.
  const most = session.limits.observationsMax
  const told = await new Asking(session).about(turn.slice(0, most))
  for (const { id } of turn.slice(most))
    told.set(id, unknown('limited', GENERATE, `more than ${most} roles and users`))
  const refused = [roles, users].filter((one) => one.state === 'unknown')
  return { told, refused, of: (id) => told.get(id) ?? refused[0] ?? NEW }
}
const itemsOf = (listed: Fact<Page<{ id: string; arn: string }>[]>): Asked[] =>
  listed.state === 'known'
    ? listed.value.flatMap(({ items }) => items.map((one) => ({ ...one, last: isOfPeople(one.arn) })))
    : []

class Asking {
  private inARow = 0
  private stop: Unknown | undefined

  constructor(private readonly session: Session) {}

  async about(principals: readonly Asked[]): Promise<Map<string, Fact<Report>>> {
    const told = new Map<string, Fact<Report>>()
    for (let at = 0; at < principals.length; at += AT_A_TIME) {
      const jobs: [string, Fact<string>][] = []
      for (const { id, arn } of principals.slice(at, at + AT_A_TIME)) jobs.push([id, await this.start(arn)])
      for (const [id, job] of jobs) told.set(id, job.state === 'known' ? await this.fetch(job.value) : job)
    }
    return told
  }

  private async start(Arn: string): Promise<Fact<string>> {
    if (this.stop) return this.stop
    const params = { Arn, Granularity: 'ACTION_LEVEL' }
    const job = await this.session.ask(GENERATE, params, JobStarted, { absentOn: GONE })
    this.heed(job)
    return job.state === 'known' ? known(job.value.JobId, GENERATE) : job
  }

  private async fetch(JobId: string): Promise<Fact<Report>> {
    // What was asked for before asking ended is there to be fetched.
    if (this.stop?.source === REPORT) return this.stop
    const pages = await this.session.gather(REPORT, { JobId, MaxItems: PAGE }, ReportPage, {
      next: (page) => (page.state === 'made' ? page.next : undefined),
    })
    this.heed(pages)
    return pages.state === 'known' ? reportOf(pages.value) : pages
  }

  /** A refusal that will not change, or comes again and again, stands for all that follow. */
  private heed(fact: Fact<unknown>): void {
    if (fact.state !== 'unknown') {
      // A report that was asked for may still be refused: only what was fetched shows that it works.
      if (fact.source === REPORT) this.inARow = 0
      return
    }
    this.inARow++
    const most = fact.why === 'throttled' ? THROTTLED_MAX : REFUSED_MAX
    if (FINAL.includes(fact.why) || this.inARow >= most) this.stop = fact
  }
}

function reportOf(pages: readonly ReportPage[]): Fact<Report> {
  const services = new Map<string, UsedService>()
  let at: Instant | undefined
  for (const page of pages) {
    if (page.state === 'making') return unknown('throttled', REPORT, 'AWS is still making the report')
    if (page.state === 'failed')
      return unknown('unreachable', REPORT, `AWS could not make the report (${page.code})`)
    at ??= page.at
    for (const item of page.items) {
      const before = services.get(item.ServiceNamespace)
      services.set(item.ServiceNamespace, joined(before, item))
    }
  }
  if (at === undefined) return unknown('malformed', REPORT, 'the report has no page')
  return known({ at, services: [...services.values()] }, REPORT)
}

/** A service with many actions may be told on two pages. */
function joined(
  before: UsedService | undefined,
  item: Extract<ReportPage, { state: 'made' }>['items'][number],
) {
  const told = (item.TrackedActionsLastAccessed ?? []).map(
    ({ ActionName: name, LastAccessedTime: usedAt }): UsedAction =>
      usedAt == null ? { name } : { name, usedAt },
  )
  const usedAt = item.LastAuthenticated ?? before?.usedAt
  const region = item.LastAuthenticatedRegion ?? before?.region
  const service: UsedService = {
    namespace: item.ServiceNamespace,
    actions: [...(before?.actions ?? []), ...told],
  }
  if (usedAt !== undefined) service.usedAt = usedAt
  if (region !== undefined) service.region = region
  return service
}

/** How long a turn lasts, in milliseconds: as long as it is between two syncs where nothing else is set. */
const TURN_MS = 6 * 3600_000
const GOLDEN = (Math.sqrt(5) - 1) / 2

/**
 * Whom to ask first. Nothing is remembered from one sync to the next, and not all may get their turn in one: so each turn
 * begins at another place of the list, a golden section further on. That comes by everybody soon, however far apart syncs are.
 */
export function inTurn(principals: readonly Asked[], now: Instant): Asked[] {
  const turn = Math.floor(Date.parse(now) / TURN_MS)
  const rotated = (some: Asked[]): Asked[] => {
    const sorted = some.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    const from = Math.floor(((turn * GOLDEN) % 1) * sorted.length)
    return [...sorted.slice(from), ...sorted.slice(0, from)]
  }
  return [
    ...rotated(principals.filter(({ last }) => !last)),
    ...rotated(principals.filter(({ last }) => last)),
  ]
}
