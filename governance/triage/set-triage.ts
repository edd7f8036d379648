// Says who takes care of findings, how far they are, and until when they are put off: of one, or of all that a filter matches.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import { TRIAGE_STATUSES } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { STANDING } from '@/inventory/queries/finding-triage'
import { Prisma } from '@/prisma/generated/client'
import type { Tx } from '@/prisma/client'
import { notEnded } from '../auth/access-end'
import { endOfDay, lastDay } from '../exceptions/last-day'
import { command, invalid } from '../command'
import { Chosen, chosenWhere, FINDINGS_MAX, leftOut, type Left } from './chosen-findings'
import { oneActAtATime } from './one-act'

const NOTE_MAX = 2000
const Settings = z
  .strictObject({
    status: z.enum(TRIAGE_STATUSES).optional(),
    /** Id or address of a member, or `me`; null is nobody. */
    assignee: z.string().trim().min(1).max(300).nullable().optional(),
    note: z.string().trim().max(NOTE_MAX, `must be at most ${NOTE_MAX} letters`).nullable().optional(),
    /** The last day of it; null takes it back. */
    snoozeUntil: z.iso.date('must be a day, such as 2026-03-31').nullable().optional(),
  })
  .refine((set) => Object.values(set).some((value) => value !== undefined), 'Say what to set.')

type Settings = z.infer<typeof Settings>
export const TriageInput = z.strictObject({ ...Chosen, set: Settings })
type Member = { id: string; name: string }

async function memberFor(tx: Tx, actor: Actor, word: string): Promise<Member> {
  const named = word === 'me' ? actor.id : word
  const found = await tx.user.findFirst({
    where: {
      AND: [{ OR: [{ id: named }, { email: { equals: named, mode: 'insensitive' } }] }, notEnded()],
      banned: { not: true },
    },
    select: { id: true, name: true },
  })
  if (found) return found
  throw invalid([{ path: 'set.assignee', message: `No active member is ${word}.` }])
}

const orHeld = (said: unknown, sql: Prisma.Sql, held: Prisma.Sql) => (said === undefined ? held : sql)

/** The row as it will be, over `finding f` and the row held `o`. */
function nextColumns(set: Settings, member: Member | null | undefined, now: Date): Prisma.Sql {
  const until = typeof set.snoozeUntil === 'string' ? endOfDay(set.snoozeUntil) : null
  const off = set.snoozeUntil
  return Prisma.sql`
    ${orHeld(set.status, Prisma.sql`${set.status ?? null}::text`, Prisma.sql`coalesce(o.status, 'new')`)} AS status,
    ${orHeld(member, Prisma.sql`${member?.id ?? null}::text`, Prisma.sql`o.assignee_id`)} AS assignee_id,
    ${orHeld(member, Prisma.sql`${member?.name ?? null}::text`, Prisma.sql`o.assignee_name`)} AS assignee_name,
    ${orHeld(set.note, Prisma.sql`${set.note || null}::text`, Prisma.sql`o.note`)} AS note,
    ${orHeld(off, Prisma.sql`${until}::timestamptz`, Prisma.sql`o.snoozed_until`)} AS snoozed_until,
    ${orHeld(off, Prisma.sql`${until && now}::timestamptz`, Prisma.sql`o.snoozed_at`)} AS snoozed_at,
    ${orHeld(off, until ? STANDING : Prisma.sql`NULL::text`, Prisma.sql`o.snoozed_as`)} AS snoozed_as`
}

const WRITTEN = Prisma.raw('status, assignee_id, assignee_name, note, snoozed_until, snoozed_at, snoozed_as')
/** When it was put off again makes no difference by itself. */
const DIFFERS = Prisma.sql`
  (n.status, n.assignee_id, n.note, n.snoozed_until, n.snoozed_as) IS DISTINCT FROM
  (coalesce(n.before ->> 'status', 'new'), n.before ->> 'assignee_id', n.before ->> 'note',
   (n.before ->> 'snoozed_until')::timestamptz, n.before ->> 'snoozed_as')`

/** One statement, whether for one finding or for a hundred thousand. */
const write = (tx: Tx, where: Prisma.Sql, next: Prisma.Sql, { actId, now }: { actId: string; now: Date }) =>
  tx.$executeRaw(Prisma.sql`
    WITH n AS (
      SELECT f.id, to_jsonb(o) AS before, ${next}
      FROM finding f LEFT JOIN triage o ON o.finding_id = f.id WHERE ${where}),
    written AS (
      INSERT INTO triage AS t (finding_id, ${WRITTEN}, act_id, changed_at)
      SELECT n.id, ${WRITTEN}, ${actId}::uuid, ${now} FROM n WHERE ${DIFFERS}
      ON CONFLICT (finding_id) DO UPDATE SET status = excluded.status, assignee_id = excluded.assignee_id,
        assignee_name = excluded.assignee_name, note = excluded.note, snoozed_until = excluded.snoozed_until,
        snoozed_at = excluded.snoozed_at, snoozed_as = excluded.snoozed_as, act_id = excluded.act_id,
        changed_at = excluded.changed_at
      RETURNING t.*)
    INSERT INTO triage_change (act_id, finding_id, before, after)
    SELECT ${actId}::uuid, n.id, n.before, to_jsonb(w) FROM written w JOIN n ON n.id = w.finding_id`)

async function countOf(tx: Tx, where: Prisma.Sql): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`
    SELECT count(*)::int AS count FROM (SELECT FROM finding f WHERE ${where} LIMIT ${FINDINGS_MAX + 1}::int) c`)
  return row?.count ?? 0
}

/** Plain values for the log and the history, one by one. */
const whatOf = (set: Settings, member: Member | null | undefined) => ({
  ...(set.status && { status: set.status }),
  ...(member !== undefined && { assignee: member?.name ?? null }),
  ...(set.note !== undefined && { note: set.note || null }),
  ...(set.snoozeUntil !== undefined && { snoozeUntil: set.snoozeUntil }),
})

export type Triaged = {
  /** Undoes it; absent where nothing was different. */
  actId?: string
  matched: number
  changed: number
  /** Those picked by hand that were left as they are. */
  left: Left[]
  what: ReturnType<typeof whatOf>
}

/** @throws RollcallError `not-found` where no open finding is meant, `invalid` where too many are */
export const setTriage = command({
  name: 'finding.triage',
  permission: 'finding:triage',
  input: TriageInput,
  timeoutMs: 60_000,
  async run({ actor, input: { set, ...chosen }, tx, now }): Promise<Triaged> {
    const wrong = typeof set.snoozeUntil === 'string' ? lastDay(set.snoozeUntil, now) : undefined
    if (wrong) throw invalid([{ path: 'set.snoozeUntil', message: wrong }])
    const where = await chosenWhere(actor, chosen)
    await oneActAtATime(tx)
    const member = typeof set.assignee === 'string' ? await memberFor(tx, actor, set.assignee) : set.assignee
    const left = await leftOut(tx, chosen)
    const matched = await countOf(tx, where)
    if (matched > FINDINGS_MAX)
      throw invalid([
        {
          path: 'filter',
          message: `matches more than ${FINDINGS_MAX.toLocaleString('en')} findings. Narrow it.`,
        },
      ])
    if (!matched) throw new RollcallError('not-found', left[0]?.why ?? 'No open finding matches.')
    const actId = randomUUID()
    const what = whatOf(set, member)
    const by = { actorKind: actor.kind, actorId: actor.id, actorName: actor.name }
    await tx.triageAct.create({ data: { id: actId, at: now, ...by, what, findings: matched } })
    const changed = await write(tx, where, nextColumns(set, member, now), { actId, now })
    if (changed) await tx.triageAct.update({ where: { id: actId }, data: { findings: changed } })
    else await tx.triageAct.delete({ where: { id: actId } })
    return { ...(changed && { actId }), matched, changed, left, what }
  },
  activity: (_, { actId, matched, changed, what }) => ({
    ...(actId && { object: `triage:${actId}` }),
    detail: { matched, changed, ...what },
  }),
})
