// What Recommender tells of use: which permissions of a binding were seen in use, and when a service account was last seen.
// There may be no insight for many reasons: that there is none is never taken for an answer.
import { known, unknown, type Fact, type Instant, type Unknown } from '@/core/fact'
import { EXERCISED_MAX, type Exercised } from '@/core/observation'
import { idOf, resourceIn, type HeldBinding } from './bindings'
import type { CallName } from './calls'
import type { Look } from './look'
import type { Member } from './members'
import { pageOf, type Activity, type Project } from './shapes'
import { AccountInsight, PolicyInsight, windowOf } from './shapes-insights'
import { projectName, type Tree } from './tree'
import { byText } from './values'

const POLICY: CallName = 'recommender.iamPolicyInsights.list'
export const ACCOUNT_INSIGHTS: CallName = 'recommender.iamServiceAccountInsights.list'
const PolicyPage = pageOf('insights', PolicyInsight)
const AccountPage = pageOf('insights', AccountInsight)
/** They come anew about every day. One that is older says nothing of the time since. */
const FRESH_MS = 14 * 24 * 60 * 60_000

const NODE = /^\/\/cloudresourcemanager\.googleapis\.com\/(.+)$/
const SILENT = 'no insight speaks of this role on this resource'
const ELSEWHERE = 'it is asked of roles on projects, folders and organisations alone'
export const AS_A_WHOLE: Fact<never> = unknown(
  'not-offered',
  POLICY,
  'insights tell of a group or set as a whole, and not of who is in it',
)

export type Insights = { of: (binding: HeldBinding, member: Member) => Fact<Exercised> }

/** By the binding and member it is about, or undefined for one that tells nothing that can be used. */
function keyOf({ content, insightSubtype, targetResources }: PolicyInsight, tree: Tree): string | undefined {
  const [resource, ...more] = targetResources ?? []
  if (!content?.role || !content.member || resource === undefined || more.length) return undefined
  if (!insightSubtype?.startsWith('PERMISSIONS_USAGE')) return undefined
  const { role, member, condition } = content
  const isConditional = condition && (condition.title !== '' || condition.expression !== '')
  return `${idOf(role, resourceIn(tree, resource), isConditional ? condition : undefined)}|${member}`
}

function exercisedOf(insight: PolicyInsight): Fact<Exercised> | undefined {
  const window = windowOf(insight)
  const { exercisedPermissions, currentTotalPermissionsCount: counted } = insight.content ?? {}
  if (!window || !exercisedPermissions) return undefined
  const actions = [...new Set(exercisedPermissions.map(({ permission }) => permission))].sort(byText)
  if (actions.length > EXERCISED_MAX)
    return unknown('limited', POLICY, `more than ${EXERCISED_MAX} permissions were seen in use`)
  const total = /^\d{1,9}$/.test(String(counted)) ? Number(counted) : undefined
  return known({ ...window, actions, ...(total !== undefined && { total }) }, POLICY)
}

const endOf = (fact: Fact<Exercised>): string => (fact.state === 'known' ? fact.value.to : '')

/** Of the nodes of the hierarchy on which the bindings are. */
export async function readInsights(
  { asker, tree }: Look,
  bindings: readonly HeldBinding[],
): Promise<Insights> {
  const concerned = new Set(bindings.map(({ resource }) => NODE.exec(resource)?.[1]))
  const refused = new Map<string, Unknown>()
  const told = new Map<string, Fact<Exercised>>()
  const nodes = [...tree.nodes, ...tree.projects.map(projectName)].filter((name) => concerned.has(name))
  for (const name of nodes) {
    const insights = await asker.list(POLICY, { name }, PolicyPage)
    if (insights.state === 'unknown') refused.set(name, insights)
    for (const insight of insights.state === 'known' ? insights.value : []) {
      const key = keyOf(insight, tree)
      const fact = exercisedOf(insight)
      const before = key === undefined ? undefined : told.get(key)
      if (key !== undefined && fact && (!before || endOf(before) < endOf(fact))) told.set(key, fact)
    }
  }
  return {
    of({ id, resource }, { text }) {
      const node = NODE.exec(resource)?.[1]
      const found = told.get(`${id}|${text}`)
      if (found) return found
      if (node === undefined) return unknown('not-offered', POLICY, ELSEWHERE)
      return refused.get(node) ?? unknown('not-offered', POLICY, SILENT)
    },
  }
}

/** Service accounts of a project that were not seen for long, as Activity Analyzer would tell of them. */
export async function readSleepers({ asker, now }: Look, project: Project): Promise<Fact<Activity[]>> {
  const insights = await asker.list(ACCOUNT_INSIGHTS, { name: projectName(project) }, AccountPage)
  if (insights.state !== 'known') return insights
  return { ...insights, value: insights.value.flatMap((one) => activityOf(one, now)) }
}

function activityOf(insight: AccountInsight, now: Instant): Activity[] {
  const window = windowOf(insight)
  const { serviceAccountId, lastAuthenticatedTime } = insight.content ?? {}
  if (!window || !serviceAccountId || Date.parse(window.to) + FRESH_MS < Date.parse(now)) return []
  return [
    {
      // An email may have passed to another one: only the unique id tells whose use it was.
      fullResourceName: '',
      observationPeriod: { startTime: window.from, endTime: window.to },
      activity: {
        lastAuthenticatedTime: lastAuthenticatedTime ?? null,
        serviceAccount: { serviceAccountId },
      },
    },
  ]
}
