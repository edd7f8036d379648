// How a provider of identities keeps the directory: how many come by it, when it last wrote, and where another source differs.
import type { Actor } from '@/core/permissions'
import { compact, iso } from '@/inventory/queries/sql'
import { db } from '@/prisma/client'
import { authorise } from '../../authorise'
import { SCIM } from './schema-names'

const NAMED_MAX = 5
const ACTIONS = ['person', 'team'].flatMap((noun) =>
  ['provision', 'reprovision', 'deprovision'].map((verb) => `${noun}.${verb}`),
)

export type Provisioning = {
  people: number
  /** Of those: whom it says to have left. */
  left: number
  groups: number
  /** Absent where it never wrote. */
  last?: { at: string; by: string }
  /** People of whom another source says another name or address: the directory holds what that one says. */
  differing: { count: number; first: { name: string; says: string }[] }
}

type Differing = {
  name: string
  email: string | null
  saysName: string
  saysEmail: string | null
  total: number
}
const words = (name: string, email: string | null) => (email === null ? name : `${name} <${email}>`)

async function differing(): Promise<Provisioning['differing']> {
  const rows = await db.$queryRaw<Differing[]>`
    SELECT p.name, p.email, u.name AS "saysName", u.email AS "saysEmail", count(*) OVER ()::int AS total
    FROM provisioned_person u JOIN person p ON p.id = u.person_id
    WHERE (p.name <> u.name OR (u.email IS NOT NULL AND p.email IS DISTINCT FROM u.email))
      AND EXISTS (SELECT 1 FROM person_source s WHERE s.person_id = p.id AND s.source <> ${SCIM})
    ORDER BY p.name, p.id LIMIT ${NAMED_MAX}::int`
  return {
    count: rows[0]?.total ?? 0,
    first: rows.map(({ name, email, saysName, saysEmail }) => ({
      name: words(name, email),
      says: words(saysName, saysEmail),
    })),
  }
}

/** Who deleted everything has written as well: the log knows. */
async function lastWrite(): Promise<Provisioning['last']> {
  const found = await Promise.all(
    ACTIONS.map((action) =>
      db.activity.findFirst({
        where: { action },
        orderBy: { id: 'desc' },
        select: { id: true, at: true, actorName: true },
      }),
    ),
  )
  const [last] = found.filter((one) => one !== null).sort((a, b) => Number(b.id - a.id))
  return last && { at: iso(last.at), by: last.actorName }
}

export async function provisioning(actor: Actor | null): Promise<Provisioning> {
  authorise(actor, 'person:read')
  const [people, left, groups, last, differs] = await Promise.all([
    db.provisionedPerson.count(),
    db.provisionedPerson.count({ where: { isActive: false } }),
    db.provisionedTeam.count(),
    lastWrite(),
    differing(),
  ])
  return compact({ people, left, groups, last, differing: differs }) as Provisioning
}
