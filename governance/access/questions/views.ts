// Steps and the things between them, as a reader may see them.
import type { Instant } from '@/core/fact'
import type { Actor } from '@/core/permissions'
import { PLATFORMS } from '@/evaluators/platforms'
import { connectionRows, type ConnectionEnd } from '@/inventory/queries/connection-rows'
import { db } from '@/prisma/client'
import type { Certainty, NodeKind } from '../step-row'
import type { HeldStep } from '../held-steps'

/** A thing on a way. One that the reader may not see has neither name nor scope. */
export type NodeView = { kind: NodeKind; id: string; end?: ConnectionEnd; hidden?: true }
/** Everything in a scope, or more rights there than now. */
export type RightsView = { kind: 'administrator' | 'more'; scope: { id: string; name: string } }
export type StepView = {
  id: string
  from: NodeView
  to: NodeView | RightsView
  by: string
  /** What the way is called in its table; empty where no table names it. */
  title?: string
  certainty: Certainty
  because: string[]
  missing: string[]
  since: Instant
}

const TITLES: ReadonlyMap<string, string> = new Map(
  PLATFORMS.flatMap(({ escalations }) => escalations.map(({ id, title }) => [id, title] as const)),
)
/** Ways that are of no one platform: these words hold for all of them. */
const WORDS: Readonly<Record<string, string>> = {
  administrator: 'may do everything there',
  trust: 'is trusted',
  declared: 'names it',
  permitted: 'is let in',
  observed: 'was seen acting as it',
  'runs-as': 'runs as it',
}
export const titleOf = (by: string): string | undefined => WORDS[by] ?? TITLES.get(by)

export type Views = { step: (step: HeldStep) => StepView; node: (id: string, kind: NodeKind) => NodeView }

/** Reads the names of all things that the steps touch at once. */
export async function viewsOf(
  actor: Actor,
  steps: readonly HeldStep[],
  nodes: readonly { id: string; kind: NodeKind }[] = [],
): Promise<Views> {
  const refs = [...nodes]
  const scopeIds = new Set<string>()
  for (const { fromId, fromKind, toId, toKind, scopeId } of steps) {
    refs.push({ id: fromId, kind: fromKind })
    if (toId !== null) refs.push({ id: toId, kind: toKind as NodeKind })
    else scopeIds.add(scopeId)
  }
  const [rows, scopes] = await Promise.all([
    connectionRows(actor, refs),
    db.scope.findMany({ where: { id: { in: [...scopeIds] } }, select: { id: true, name: true } }),
  ])
  const scopeName = new Map(scopes.map(({ id, name }) => [id, name]))
  const node = (id: string, kind: NodeKind): NodeView => {
    const end = rows.end({ id, kind })
    return { kind, id, ...(end ? { end } : { hidden: true as const }) }
  }
  return {
    node,
    step: ({ id, fromId, fromKind, toId, toKind, scopeId, by, certainty, because, missing, since }) => {
      const title = titleOf(by)
      return {
        id,
        from: node(fromId, fromKind),
        to:
          toId === null
            ? {
                kind: toKind as 'administrator' | 'more',
                scope: { id: scopeId, name: scopeName.get(scopeId) ?? '' },
              }
            : node(toId, toKind as NodeKind),
        by,
        ...(title !== undefined && { title }),
        certainty,
        because,
        missing,
        since: since.toISOString(),
      }
    },
  }
}
