// Which subscriptions and management groups there are, and what of them this connection may read. Lists of Azure leave out
// without a word what may not be read: only with this can it be told from what is not there.
import type { StreamAt } from '@/core/connector'
import { known, unknown, type Fact, type Known, type Unknown } from '@/core/fact'
import type { Session } from '@/core/session'
import { DESCENDANTS, KEY_GIVING_READS, OWN_PERMISSIONS, SUBSCRIPTIONS } from './arm-calls'
import { connection, type Connection } from './connection'
import { gather, pages } from './pages'
import { Descendant, Permission, Subscription } from './shapes-arm'

export type Estate = {
  connection: Connection
  /** What this connection may do in each subscription that it sees. */
  rights: ReadonlyMap<string, Fact<Permission[]>>
  /** Everything below the root management group, and in which group each lies. */
  below: Fact<Descendant[]>
  /** Management groups below the root, by id. */
  groups: Fact<string[]>
  /** Why there may be subscriptions that are not seen. */
  unseen: Unknown | undefined
}
export const MANAGEMENT_GROUP = 'microsoft.management/managementgroups'
const NAMED_MAX = 5

const few = (ids: readonly string[]): string =>
  `${ids.slice(0, NAMED_MAX).join(', ')}${ids.length > NAMED_MAX ? ` and ${ids.length - NAMED_MAX} more` : ''}`
const NO_PROOF =
  'Which subscriptions there are is not known. Permit it at the root management group, or list them in the settings.'

type Told = { connection: Connection; visible: ReadonlySet<string>; below: Known<Descendant[]> | Unknown }

/** Everything there is, as the settings or the root management group say. */
function expected({ connection: { subscriptions }, below }: Told): ReadonlySet<string> | Unknown {
  if (subscriptions.length) return new Set(subscriptions)
  // A tenant that never used management groups has no root to ask: that tells nothing of its subscriptions.
  if (below.state === 'unknown')
    return unknown(below.why, below.source, `${NO_PROOF} ${below.detail ?? ''}`.trim())
  return new Set(below.value.filter(({ type }) => type !== MANAGEMENT_GROUP).map(({ name }) => name))
}

async function rightsIn(session: Session, subscription: string): Promise<Fact<Permission[]>> {
  const path = `/subscriptions/${subscription}/providers/Microsoft.Authorization/permissions`
  return await gather(session, OWN_PERMISSIONS, { path }, Permission)
}

async function visibleIn(session: Session, tenantId: string): Promise<Set<string>> {
  const visible = new Set<string>()
  // Those of other tenants are delegated to this one: they belong to the inventory of whoever owns them.
  for await (const one of pages(session, SUBSCRIPTIONS, {}, Subscription))
    if ((one.tenantId ?? tenantId) === tenantId && one.state !== 'Deleted') visible.add(one.subscriptionId)
  return visible
}

async function read(session: Session): Promise<Estate> {
  const own = await connection(session)
  const path = `/providers/Microsoft.Management/managementGroups/${own.tenantId}/descendants`
  const below = await gather(session, DESCENDANTS, { path }, Descendant)
  const visible = await visibleIn(session, own.tenantId)
  const wanted = expected({ connection: own, visible, below })
  const all = 'state' in wanted ? visible : wanted
  const rights = new Map<string, Fact<Permission[]>>()
  for (const id of [...all].sort()) if (visible.has(id)) rights.set(id, await rightsIn(session, id))
  const missing = [...all].filter((id) => !visible.has(id)).sort()
  const hidden = missing.length
    ? unknown(
        'denied',
        SUBSCRIPTIONS,
        `These subscriptions may not be read: ${few(missing)}. Assign the role at the root management group.`,
      )
    : undefined
  const groups =
    below.state === 'known'
      ? known(
          below.value
            .filter(({ type }) => type === MANAGEMENT_GROUP)
            .map(({ name }) => name)
            .sort(),
          DESCENDANTS,
        )
      : below
  return { connection: own, rights, below, groups, unseen: 'state' in wanted ? wanted : hidden }
}

/** Read once for each run: every stream stands on it. */
const held = new WeakMap<Session, Promise<Estate>>()
export function estateOf(session: Session): Promise<Estate> {
  const before = held.get(session)
  if (before) return before
  const estate = read(session)
  held.set(session, estate)
  return estate
}

const escaped = (text: string): string => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&')
const fits = (pattern: string, action: string): boolean =>
  new RegExp(`^${escaped(pattern).replace(/\*/g, '.*')}$`, 'i').test(action)
const harmless = new Set(KEY_GIVING_READS.map((action) => action.toLowerCase()))
/** Whether a pattern takes away the reading of any resource; what only gives keys is none. */
const takesReads = (pattern: string): boolean =>
  /(^|\/)(\*|read)$/i.test(pattern) && !harmless.has(pattern.toLowerCase())

// Whether one of the roles held gives the action; all reads are given only where none of them is taken away again.
export const permits = (rights: readonly Permission[], action: string): boolean =>
  rights.some(
    ({ actions, notActions }) =>
      actions.some((pattern) => fits(pattern, action)) &&
      !notActions.some((pattern) => (action === '*/read' ? takesReads(pattern) : fits(pattern, action))),
  )

/** The subscriptions to ask, and why what they answer may not be all there is. */
export function readable(
  estate: Estate,
  action: string,
): { subscriptions: string[]; gap: Unknown | undefined } {
  const refusals = [...estate.rights].flatMap(([id, rights]): Unknown[] => {
    if (rights.state === 'unknown') return [rights]
    if (rights.state === 'known' && permits(rights.value, action)) return []
    return [
      unknown(
        'denied',
        action,
        `It is not permitted in subscription ${id}, where a list then leaves things out.`,
      ),
    ]
  })
  return { subscriptions: [...estate.rights.keys()], gap: estate.unseen ?? refusals[0] }
}

/** Says what may be missing, and gives the subscriptions to ask. */
export async function look(
  at: StreamAt,
  action: string,
  kinds: Parameters<StreamAt['lacking']>[0],
): Promise<{ estate: Estate; subscriptions: string[] }> {
  const estate = await estateOf(at.session)
  const { subscriptions, gap } = readable(estate, action)
  if (gap) at.lacking(kinds, gap)
  return { estate, subscriptions }
}

export const rootGroup = ({ connection: { tenantId } }: Estate): string => groupScope(tenantId)
export const groupScope = (id: string): string => `/providers/Microsoft.Management/managementGroups/${id}`
