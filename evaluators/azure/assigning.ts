// What somebody who may assign roles can give to itself: a condition may leave it a few roles, other principals, or nothing.
import { all, any, depends, no, not, type Answer } from '../three-valued'
import { denied, given, limited, type Asked, type At } from './arm'
import type { Assignment } from './holding'
import { BUILT_IN, OWNER } from './words'

export const ROLE_WRITE = 'microsoft.authorization/roleassignments/write'
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
/** So many roles of a condition are tried. */
const TRIED_MAX = 50

/** `all`: it can make itself Owner; `some`: only the roles named in the answer. */
export type Giving = { what: 'all' | 'some'; answer: Answer }

const about = (name: string): string => `@request[microsoft.authorization/roleassignments:${name}]`
function asking(assignment: Assignment, role: string, { holding }: At): Asked {
  return {
    plane: 'control',
    target: assignment.scope,
    request: {
      action: ROLE_WRITE,
      attributes: new Map([
        [about('roledefinitionid'), [role]],
        [about('principalid'), [holding.id]],
        [about('principaltype'), [holding.person ? 'User' : 'ServicePrincipal']],
      ]),
    },
  }
}

function tried({ condition }: Assignment): string[] {
  const named = (condition?.text.match(GUID) ?? []).map((one) => one.toLowerCase())
  return [...new Set([...BUILT_IN.keys(), ...named])].filter((one) => one !== OWNER).slice(0, TRIED_MAX)
}

/** What one assignment lets its holder give itself at the scope of the assignment. */
export function giving(assignment: Assignment, at: At): Giving | undefined {
  const asked = asking(assignment, OWNER, at)
  const first = given(assignment, asked, at)
  if (first.value === 'no' && !assignment.condition) return undefined
  const untouched = not(any([denied(asked, at), limited(at.holding)]))
  const owner = all([first, untouched])
  if (owner.value !== 'no') return { what: 'all', answer: owner }
  if (untouched.value === 'no' || !assignment.condition) return undefined
  const open: Answer[] = []
  for (const role of tried(assignment)) {
    at.budget.spend(1)
    const answer = all([given(assignment, asking(assignment, role, at), at), untouched])
    if (answer.value === 'no') continue
    const name = at.tenant.roles.get(role)?.name ?? BUILT_IN.get(role) ?? `the role ${role}`
    const words = `Its condition leaves it ${name}, not Owner.`
    if (answer.value === 'yes')
      return { what: 'some', answer: { ...answer, because: [words, ...answer.because] } }
    open.push(depends(words, ...answer.because))
  }
  return open.length ? { what: 'some', answer: any([no(), ...open]) } : undefined
}
