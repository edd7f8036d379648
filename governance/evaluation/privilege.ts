// What an identity may do, as a fact: what the analysis says of it, and how far the looks behind it can be relied on.
import { PRIVILEGES, type PrivilegeLevel } from '@/core/access'
import { known, unknown, type Fact } from '@/core/fact'
import type { Privilege } from '@/core/subject'
import { absenceOf, type LookRow } from './absence'
import type { VerdictRow } from './rows'

const REASONS_MAX = 50
const stronger = (a: PrivilegeLevel, b: PrivilegeLevel): PrivilegeLevel =>
  PRIVILEGES.indexOf(a) <= PRIVILEGES.indexOf(b) ? a : b

/** What it holds, and what it comes to by steps. */
function levels({ certain, possible, hops, openHops }: VerdictRow) {
  return {
    sure: hops === null ? certain : stronger(certain, 'escalates'),
    most: openHops === null ? possible : stronger(possible, 'escalates'),
  }
}

const isTop = (level: PrivilegeLevel): boolean => level === 'administrator' || level === 'escalates'

export function privilegeOf(verdict: VerdictRow): Privilege {
  const { sure, most } = levels(verdict)
  const { because, missing, hops, openHops, step, openStep } = verdict
  const conditional = !isTop(sure) && isTop(most)
  const depends = sure !== most && !isTop(sure)
  const way =
    sure === 'escalates' ? (step ?? []) : conditional && most === 'escalates' ? (openStep ?? []) : []
  const far = sure === 'escalates' ? hops : conditional && most === 'escalates' ? openHops : null
  return {
    class: conditional ? 'conditional' : isTop(sure) ? sure : most,
    ...(depends && { depends: true as const }),
    ...(far !== null && { hops: far }),
    because: [...way, ...because].slice(0, REASONS_MAX),
    ...(missing.length && { missing }),
  }
}

const notEvaluated = (held: number, languages: readonly string[]): Fact<Privilege> => {
  const what = held === 0 ? 'rights are' : held === 1 ? '1 grant is' : `${held} grants are`
  return unknown(
    'not-collected',
    `grants in ${languages.join(', ') || 'no language'}`,
    `${what} not evaluated yet`,
  )
}

/**
 * Unknown until the grants of the scope have been seen whole once, unless what was seen is enough to be an administrator: a
 * grant that was not seen may be the one that matters, and can only add.
 * @param verdict of the analysis; undefined where nobody can judge what is held in the scope
 * @param held how many grants it holds itself
 * @param languages in which the scope writes down what can be granted in it
 */
export function privilegeFact(
  verdict: VerdictRow | undefined,
  held: number,
  looks: readonly LookRow[],
  languages: readonly string[] = [],
): Fact<Privilege> {
  const none = absenceOf(looks, 'grant')
  if (!verdict) {
    if (held || languages.length) return notEvaluated(held, languages)
    if (none.state === 'unknown') return none
    const { note: _, ...seen } = none
    return { ...seen, state: 'known', value: { class: 'none', because: ['It holds no grant.'] } }
  }
  const source = `${held === 1 ? '1 grant' : `${held} grants`} and those of its groups, read as ${verdict.platform}`
  const fact = known(privilegeOf(verdict), source)
  if (none.state === 'unknown') return isTop(levels(verdict).sure) ? fact : none
  return {
    ...fact,
    ...(none.at && { at: none.at }),
    ...(none.unconfirmed && { unconfirmed: none.unconfirmed }),
  }
}
