// What a file of people would change in the directory. Nothing is written.
import type { Issue } from '@/core/errors'
import type { Tx } from '@/prisma/client'
import type { PersonLine } from './people-csv'

type Held = { id: string; name: string; email: string | null; standing: string }
type Said = { externalId: string; personId: string; isActive: boolean }
export type Planned = PersonLine & {
  /** Undefined where they are new. */
  held?: Held
  /** Whether the same source said something of them before, and what. */
  saidActive?: boolean
}
export type Plan = {
  source: string
  people: Planned[]
  /** Whom the source spoke of as there and leaves out now, where it is declared to be complete. */
  missing: { personId: string; externalId: string; name: string }[]
  issues: Issue[]
}

const at = (line: number, column: string, message: string): Issue => ({
  path: `line ${line}, column ${column}`,
  message,
})

/** Somebody is known by what the source calls them, and else by their address. */
export async function planPeople(
  tx: Pick<Tx, '$queryRaw'>,
  people: readonly PersonLine[],
  { source, complete }: { source: string; complete: boolean },
): Promise<Plan> {
  const said = await tx.$queryRaw<Said[]>`
    SELECT external_id AS "externalId", person_id AS "personId", is_active AS "isActive" FROM person_source WHERE source = ${source}`
  const emails = people.flatMap(({ email, manager }) => (manager ? [email, manager] : [email]))
  const held = await tx.$queryRaw<Held[]>`
    SELECT id, name, email, standing FROM person
    WHERE email = ANY(${[...new Set(emails)]}::text[]) OR id = ANY(${said.map((one) => one.personId)}::uuid[])`
  const byId = new Map(held.map((one) => [one.id, one]))
  const byEmail = new Map(held.flatMap((one) => (one.email === null ? [] : [[one.email, one] as const])))
  const bySource = new Map(said.map((one) => [one.externalId, one]))
  const inFile = new Set(people.map(({ email }) => email))
  const issues: Issue[] = []
  const taken = new Map<string, number>()
  const planned = people.map((line): Planned => {
    const before = bySource.get(line.externalId)
    const named = byEmail.get(line.email)
    const own = before ? byId.get(before.personId) : named
    if (own && named && own.id !== named.id)
      issues.push(at(line.line, 'email', 'belongs to somebody else of the directory'))
    if (own && taken.has(own.id))
      issues.push(at(line.line, 'email', `is the person of line ${taken.get(own.id)} in the directory`))
    if (own) taken.set(own.id, line.line)
    if (line.manager && !inFile.has(line.manager) && !byEmail.has(line.manager))
      issues.push(at(line.line, 'manager', 'is neither in this file nor in the directory'))
    return { ...line, ...(own && { held: own }), ...(before && { saidActive: before.isActive }) }
  })
  const named = new Set(people.map(({ externalId }) => externalId))
  const missing = complete
    ? said.flatMap(({ externalId, personId, isActive }) =>
        isActive && !named.has(externalId)
          ? [{ personId, externalId, name: byId.get(personId)?.name ?? externalId }]
          : [],
      )
    : []
  return { source, people: planned, missing, issues }
}

export type PeoplePreview = {
  people: number
  added: number
  /** Those of whom something else is said: another name, another address. */
  changed: number
  /** Those who were there, and left as the file says. */
  left: number
  /** Those who had left, and are there as the file says. */
  returned: number
  /** Those whose last day is still to come: they are there until a later file or source says that they left. */
  leaveLater: number
  /** Held to have left because a complete file leaves them out. */
  missing: { count: number; names: string[] }
}
const NAMES_MAX = 20

export function previewOf({ people, missing }: Plan, today: string): PeoplePreview {
  const count = (is: (one: Planned) => unknown) => people.filter(is).length
  return {
    people: people.length,
    added: count(({ held }) => !held),
    changed: count(({ held, name, email }) => held && (held.name !== name || held.email !== email)),
    left: count(({ held, isActive }) => held?.standing === 'here' && !isActive),
    returned: count(({ held, isActive }) => held?.standing === 'left' && isActive),
    leaveLater: count(({ leftOn, isActive }) => isActive && leftOn !== undefined && leftOn >= today),
    missing: { count: missing.length, names: missing.slice(0, NAMES_MAX).map(({ name }) => name) },
  }
}
