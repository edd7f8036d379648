// Service accounts: who they are, when they were made and last used, and who may answer for them.
import type { Stream } from '@/core/connector'
import { known, unknown, type Fact, type Instant, type Unknown } from '@/core/fact'
import type { Placed } from './accounts'
import type { CallName } from './calls'
import { ACCOUNT_INSIGHTS, readSleepers } from './insights'
import { lookAt, type Look } from './look'
import { accountIdentity, EMAIL, lastUse, UNIQUE_ID } from './map-account'
import { creatorHint, ownerHints } from './map-owner'
import { Activity, Creation, pageOf, type Project } from './shapes'
import { projectName } from './tree'

const USES: CallName = 'policyanalyzer.serviceAccountLastAuthenticationActivities.query'
const LOG: CallName = 'logging.logEntries.list'
const ActivityPage = pageOf('activities', Activity)
const CreationPage = pageOf('entries', Creation)
/** Without a time some readers of logs look at the last day only. */
const CREATED =
  'logName:"cloudaudit.googleapis.com%2Factivity" AND protoPayload.methodName="google.iam.admin.v1.CreateServiceAccount" AND timestamp>="2000-01-01T00:00:00Z"'
/** So many projects can be asked about at once. */
const PROJECTS_MAX = 100
const NO_CREATION = 'the API has no date of it, and the audit log goes back 400 days at most'

type Made = ReadonlyMap<string, Creation>
type Log = { made: Made; refused: ReadonlyMap<string, Unknown> }

/** When each was made and by whom. A log that may not be read in one project is not read with those asked beside it. */
async function readLog({ asker, tree }: Look): Promise<Log> {
  const made = new Map<string, Creation>()
  const refused = new Map<string, Unknown>()
  for (let from = 0; from < tree.projects.length; from += PROJECTS_MAX) {
    const projects = tree.projects.slice(from, from + PROJECTS_MAX)
    const resourceNames = projects.map(projectName)
    const entries = await asker.list(LOG, { resourceNames, filter: CREATED }, CreationPage)
    if (entries.state === 'unknown') for (const { projectId } of projects) refused.set(projectId, entries)
    if (entries.state === 'known')
      for (const entry of entries.value) if (entry.uniqueId !== undefined) made.set(entry.uniqueId, entry)
  }
  return { made, refused }
}

/** What is told of use in each project, each asked once. */
class Uses {
  private readonly told = new Map<string, Fact<Activity[]>>()
  private readonly sleepers = new Map<string, Fact<Activity[]>>()

  constructor(private readonly look: Look) {}

  /** Insights are asked where Activity Analyzer gives no answer; where neither does, its reason stands. */
  async last(account: Placed, createdAt: Fact<Instant>): Promise<Fact<Instant>> {
    const first = lastUse(await this.toldOf(account.project), isOf(account), createdAt, USES)
    if (first.state !== 'unknown') return first
    const sleepers = await this.sleepersOf(account.project)
    const second = lastUse(sleepers, isOf(account), createdAt, ACCOUNT_INSIGHTS)
    return second.state === 'unknown' ? first : second
  }

  private async toldOf(project: Project): Promise<Fact<Activity[]>> {
    const { asker } = this.look
    const name = projectName(project)
    const told = this.told.get(name) ?? (await asker.list(USES, { name }, ActivityPage))
    this.told.set(name, told)
    return told
  }

  private async sleepersOf(project: Project): Promise<Fact<Activity[]>> {
    const told = this.sleepers.get(project.projectId) ?? (await readSleepers(this.look, project))
    this.sleepers.set(project.projectId, told)
    return told
  }
}
const isOf =
  ({ uniqueId, email }: Placed) =>
  ({ fullResourceName, activity }: Activity): boolean =>
    activity.serviceAccount?.serviceAccountId === uniqueId ||
    fullResourceName.endsWith(`/serviceAccounts/${uniqueId}`) ||
    fullResourceName.endsWith(`/serviceAccounts/${email}`)

function creationOf(account: Placed, { made, refused }: Log): Fact<string> {
  const entry = made.get(account.uniqueId)
  if (entry) return known(entry.timestamp, LOG)
  return refused.get(account.project.projectId) ?? unknown('not-offered', LOG, NO_CREATION)
}

export const serviceAccounts: Stream = {
  kinds: ['identity', 'owner-hint'],
  about: {
    identity: ['gcp.service-account'],
    'owner-hint': ['gcp.service-account'],
    keys: [EMAIL, UNIQUE_ID],
  },
  async *collect(at) {
    const look = await lookAt(at)
    const { all, refusals } = await look.accounts()
    for (const refusal of refusals) look.lacking(['identity', 'owner-hint'], refusal)
    const log = all.length ? await readLog(look) : { made: new Map<string, Creation>(), refused: new Map() }
    const uses = new Uses(look)
    for (const account of all) {
      const { project, uniqueId } = account
      const createdAt = creationOf(account, log)
      yield accountIdentity(account, { createdAt, lastUsedAt: await uses.last(account, createdAt) })
      yield* ownerHints({ identity: uniqueId }, project.labels, {
        words: `label of project ${project.projectId}:`,
        id: 'project/',
      })
      const unread = log.refused.get(project.projectId)
      if (unread) look.lacking(['owner-hint'], unread)
      const creator = log.made.get(uniqueId)?.by
      if (creator) yield creatorHint(uniqueId, creator)
    }
  },
}
