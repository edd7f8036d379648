// What is other at the end of the period than at its beginning, of the identities that fit at either of the two.
import type { DiffRow } from '@/core/diff'
import type { Moment } from '@/core/moment'
import { atMoment } from '@/inventory/moment/at-moment'
import { diffColumns } from '@/inventory/queries/diff-columns'
import { askedDiff } from '@/inventory/queries/diff-slice'
import { eachDiff } from '@/inventory/queries/each-diff'
import { tablePart } from './csv-part'
import { mayName } from './finding-redaction'
import { REMOVED } from './people'
import { isWhole, ofPopulation } from './population'
import type { PackAt } from '../part'

/** Who fits no longer has changed as much as who fits now. What is gone at the end fitted at the beginning. */
async function mineOf(
  at: PackAt,
  ends: readonly Moment[],
  ids: (string | undefined)[],
): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const moment of ends)
    for (const id of await atMoment(moment, () => ofPopulation(at, ids, { gone: true }))) found.add(id)
  return found
}

async function* changeRows(at: PackAt): AsyncGenerator<DiffRow[]> {
  const { filter, moment, from } = at.asked
  if (from === undefined) return
  const { scope } = filter
  const asked = await askedDiff(at.actor, {
    from,
    to: moment.valid,
    ...(moment.known !== moment.valid && { known: moment.known }),
    ...(scope && { scope }),
  })
  const whole = isWhole(filter)
  for await (const rows of eachDiff(at.actor, asked)) {
    at.signal.throwIfAborted()
    if (whole) {
      yield rows
      continue
    }
    const ids = rows.map(({ identity }) => identity?.id)
    const mine = await mineOf(at, [asked.between.to, asked.between.from], ids)
    const kept = rows.filter(({ identity }) => identity && mine.has(identity.id))
    if (kept.length) yield kept
  }
}

/** Owners, what rules say of them, and tags, in which people write whatever they like. */
function withoutPeople(row: DiffRow): DiffRow {
  const all = row.kind === 'owner' || (row.rule !== undefined && mayName(row.rule.id))
  return {
    ...row,
    ...(row.kind === 'owner' && { name: row.identity?.name ?? REMOVED }),
    changes: row.changes.map((one) =>
      all || one.field.startsWith('tags') ? { ...one, from: REMOVED, to: REMOVED } : one,
    ),
  }
}

export const changes = tablePart({
  id: 'changes',
  file: 'changes.csv',
  about:
    'What was added, changed and gone between the two instants, field by field, each with since when it is true and since when it is known.',
  needs: 'identity:read',
  onlyWithPeriod: true,
  columns: diffColumns,
  rows: changeRows,
  redacted: withoutPeople,
})
