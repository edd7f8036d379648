// Who takes care of a finding, and whether it is put off: as conditions of the list, and for its rows.
import type { FindingFilter, FindingTriage, TriageStatus } from '@/core/list'
import type { Actor } from '@/core/permissions'
import { readingNow } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { given } from './finding-conditions'
import { allOf, compact, iso } from './sql'

/** How a finding stands, as a word that is another one when it gets worse, better or undecided. */
export const STANDING = Prisma.sql`(f.verdict || f.severity)`

/** Over `finding f` and `triage t`: it stands as it did when it was put off, and has not been away since. */
const IS_SAME = Prisma.sql`(t.snoozed_as = ${STANDING} AND t.snoozed_at >= f.opened_at)`
const isSnoozed = (now: Date) => Prisma.sql`(t.snoozed_until > ${now} AND ${IS_SAME})`

const touched = (where: Prisma.Sql) =>
  Prisma.sql`EXISTS (SELECT 1 FROM triage t WHERE t.finding_id = f.id AND ${where})`

function isPutOff(snoozed: FindingFilter['snoozed']) {
  const words = given(snoozed)
  if (!words || new Set(words).size > 1) return undefined
  const is = touched(isSnoozed(readingNow()))
  return words.includes('yes') ? is : Prisma.sql`NOT ${is}`
}

function inStatus(status: FindingFilter['status']) {
  const words = given(status)
  if (!words) return undefined
  const is = touched(Prisma.sql`t.status = ANY(${words}::text[])`)
  const untouched = Prisma.sql`NOT ${touched(Prisma.sql`TRUE`)}`
  return words.includes('new') ? Prisma.sql`(${is} OR ${untouched})` : is
}

function ofAssignee(assignee: FindingFilter['assignee'], actor: Actor) {
  const words = given(assignee)
  if (!words) return undefined
  const named = words.map((word) => (word === 'me' ? actor.id : word.toLowerCase()))
  const theirs = touched(Prisma.sql`t.assignee_id IN (
    SELECT u.id FROM public."user" u WHERE u.id = ANY(${[...words, ...named]}::text[]) OR lower(u.email) = ANY(${named}::text[]))`)
  const nobodys = Prisma.sql`NOT ${touched(Prisma.sql`t.assignee_id IS NOT NULL`)}`
  return words.includes('none') ? Prisma.sql`(${theirs} OR ${nobodys})` : theirs
}

/** Conditions over `finding f`. */
export const takenCareOf = (
  filter: Pick<FindingFilter, 'snoozed' | 'status' | 'assignee'>,
  actor: Actor,
): Prisma.Sql =>
  allOf([isPutOff(filter.snoozed), inStatus(filter.status), ofAssignee(filter.assignee, actor)])

export type RawTriage = {
  status: TriageStatus
  assigneeId: string | null
  assigneeName: string | null
  note: string | null
  /** Null where it stands otherwise by now, or has been away since. */
  snoozedUntil: string | null
  actId: string
} | null

/** As one value over `finding f`, so that no list asks once more for it. */
export const TRIAGE_COLUMN = Prisma.sql`(
  SELECT jsonb_build_object('status', t.status, 'assigneeId', t.assignee_id, 'assigneeName', t.assignee_name,
    'note', t.note, 'actId', t.act_id, 'snoozedUntil', CASE WHEN ${IS_SAME} THEN t.snoozed_until END)
  FROM triage t WHERE t.finding_id = f.id AND f.state = 'open')`

export function triageOf(raw: RawTriage, now = readingNow()): FindingTriage | undefined {
  if (!raw) return undefined
  const { status, assigneeId, assigneeName, note, snoozedUntil, actId } = raw
  const until = snoozedUntil === null ? undefined : new Date(snoozedUntil)
  return compact({
    status,
    assignee: assigneeId === null ? undefined : { id: assigneeId, name: assigneeName ?? assigneeId },
    note: note ?? undefined,
    snoozedUntil: until && until > now ? iso(until) : undefined,
    actId,
  })
}
