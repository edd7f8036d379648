// Whether steps are really gone once a grant is: judged anew over the rights that would be left.
import type { Access, Realm, StepTarget } from '@/core/access'
import { db } from '@/prisma/client'
import { judgedRealm, type Judged } from '../realm-cache'
import type { HeldStep } from '../held-steps'
import type { Removal } from './removables'

export type Confirmation = {
  /** no: it has the same by something else as well. */
  answer: 'yes' | 'no' | 'not-tried'
  words: string
}

/** Grants that are tried in one answer, and principals of a realm that is compiled anew for each. */
const TRIED_MAX = 20
const PRINCIPALS_MAX = 20_000

/** Judges one after the other, up to a bound. */
export class Trials {
  private tried = 0

  async confirm({ grant }: Removal, steps: readonly HeldStep[]): Promise<Confirmation> {
    const [first] = steps
    if (!grant || !first) return { answer: 'not-tried', words: 'Only a grant that is named can be tried.' }
    if (this.tried++ >= TRIED_MAX)
      return { answer: 'not-tried', words: 'More grants than are tried in one answer.' }
    const row = await db.identity.findUnique({
      where: { id: first.fromId },
      select: { nativeId: true, scopeId: true },
    })
    const judged = row && (await judgedRealm(row.scopeId))
    if (!row || !judged?.platform) return { answer: 'not-tried', words: 'Its rights are not judged here.' }
    if (judged.realm.principals.length > PRINCIPALS_MAX)
      return { answer: 'not-tried', words: 'Its scope holds too many identities to be judged once more.' }
    return judgedWithout(judged, row.nativeId, grant, await targetsOf(steps))
  }
}

type Target = { by: string; to: string | null; kind: string }
function judgedWithout(
  { realm, platform }: Judged,
  id: string,
  grant: NonNullable<Removal['grant']>,
  targets: readonly Target[],
): Confirmation {
  const access = platform?.within(withoutGrant(realm, id, grant))
  const left = targets.filter(
    ({ by, to, kind }) =>
      access && (stillThere(access, id, to, kind) || (kind === 'administrator' && rules(access, id, by))),
  )
  return left.length
    ? {
        answer: 'no',
        words: `Judged without it, ${left.length} of ${targets.length} steps are still there: something else gives the same.`,
      }
    : { answer: 'yes', words: 'Judged without it, the steps are gone.' }
}

const withoutGrant = (
  realm: Realm,
  id: string,
  { entitlement, via }: NonNullable<Removal['grant']>,
): Realm => ({
  ...realm,
  principals: realm.principals.map((one) =>
    one.id === id
      ? { ...one, held: one.held.filter((held) => held.id !== entitlement || held.via !== via) }
      : one,
  ),
})

/** By whichever escalation: what matters is where it leads. */
const stillThere = (access: Access, id: string, to: string | null, kind: string): boolean =>
  access.steps(id).steps.some(({ to: found }) => (to === null ? found.kind === kind : idOf(found) === to))
const idOf = (to: StepTarget): string | undefined => ('id' in to ? to.id : undefined)
const rules = (access: Access, id: string, by: string): boolean =>
  by === 'administrator' && access.privileges(id).possible === 'administrator'

async function targetsOf(steps: readonly HeldStep[]): Promise<Target[]> {
  const ids = steps.flatMap(({ toId }) => (toId === null ? [] : [toId]))
  const rows = await db.$queryRaw<{ id: string; nativeId: string }[]>`
    SELECT id, native_id AS "nativeId" FROM identity WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, native_id FROM workload WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, native_id FROM secret WHERE id = ANY(${ids}::uuid[])
    UNION ALL SELECT id, native_id FROM issuer WHERE id = ANY(${ids}::uuid[])`
  const native = new Map(rows.map(({ id, nativeId }) => [id, nativeId]))
  return steps.map(({ by, toId, toKind }) => ({
    by,
    to: toId === null ? null : (native.get(toId) ?? null),
    kind: toKind,
  }))
}
