// Trust as the inventory tells it, one row for each principal of each statement, as statements again.
import type { Principal, TrustStatement } from '@/core/access'
import { readConditions } from './conditions'
import { readPrincipals, type Principals } from './principal-element'
import { ALLOW_EVERYTHING, mystery, type Statement } from './statements'
import { conditionInWords, listInWords } from './words'

/** Of a trust whose principal is a service account of a cluster: `<cluster ARN>|system:serviceaccount:<namespace>:<name>`. */
export const POD_IDENTITY = /^(arn:aws[a-z-]*:eks:[^|]*)\|(system:serviceaccount:[^|]*)$/

export type TrustRow = { statement: Statement; row: TrustStatement; pod: boolean }

export function trustRows({ name, trusts }: Pick<Principal, 'name' | 'trusts'>): TrustRow[] {
  return trusts.map((row) => ({
    statement: read(row, name) ?? {
      ...mystery(
        `A statement of the trust policy of ${name} was not understood.`,
        row.effect === 'deny' ? 'Deny' : 'Allow',
      ),
      principals: { named: [{ type: 'anyone', value: '*' }], except: false },
    },
    row,
    pod: row.principalType === 'federated' && POD_IDENTITY.test(row.principal),
  }))
}

function read(row: TrustStatement, name: string): Statement | undefined {
  const { NotPrincipal, NotAction, ...rest } = (row.conditions ?? {}) as Record<string, unknown>
  const conditions = readConditions(rest)
  const principals: Principals | undefined =
    NotPrincipal === undefined
      ? { named: [{ type: row.principalType, value: row.principal }], except: false }
      : readPrincipals(undefined, NotPrincipal)
  const except = NotAction !== undefined
  const listed: unknown = except ? (Array.isArray(NotAction) ? NotAction : [NotAction]) : row.actions
  if (!conditions || !principals || !Array.isArray(listed)) return undefined
  const actions: unknown[] = listed
  if (!actions.every((one): one is string => typeof one === 'string')) return undefined
  return {
    ...ALLOW_EVERYTHING,
    effect: row.effect === 'deny' ? 'Deny' : 'Allow',
    actions: { patterns: actions.map((action) => action.toLowerCase()), except },
    principals,
    conditions,
    plain: !conditions.length,
    words: inWords(
      row,
      name,
      conditions.map(({ words }) => words),
    ),
  }
}

function inWords(row: TrustStatement, name: string, conditions: readonly string[]): string {
  const { NotPrincipal } = (row.conditions ?? {}) as Record<string, unknown>
  const whom =
    NotPrincipal === undefined
      ? row.principalType === 'anyone'
        ? 'anyone'
        : `${row.principalType} ${row.principal}`
      : `anyone except ${conditionInWords('NotPrincipal', 'Principal', [NotPrincipal])}`
  const when = conditions.length ? `, when ${listInWords(conditions)}` : ''
  return `The trust of ${name.slice(0, 120)} ${row.effect === 'deny' ? 'denies' : 'lets in'} ${whom}${when}.`
}
