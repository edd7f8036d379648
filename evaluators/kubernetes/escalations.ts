// The table of ways to more rights in a cluster, and how it is told.
import type { Escalation } from '@/core/access'
import type { Definition, Need } from './definition'
import { CONTROL } from './table-control'
import { IDENTITIES } from './table-identities'
import { PODS } from './table-pods'

/** One that is left out beside another stands behind it. */
export const DEFINITIONS: readonly Definition[] = [...IDENTITIES, ...PODS, ...CONTROL]

const needInWords = ({ verbs, resources, names, wide }: Need): string => {
  const what =
    resources.length > 4 ? `${resources.slice(0, 3).join(', ')} … ${resources.at(-1)}` : resources.join(', ')
  return `${verbs.join(' or ')} ${what}${names ? ` named ${names.join(' or ')}` : ''}${wide ? ' in the whole cluster' : ''}`
}
/** The table as it is told. */
export const ESCALATIONS: readonly Escalation[] = DEFINITIONS.map(
  ({ id, title, asks, only, gives, source }) => ({
    id,
    title,
    needs: asks.map(needInWords),
    ...(only !== undefined && { only }),
    gives,
    source,
  }),
)
