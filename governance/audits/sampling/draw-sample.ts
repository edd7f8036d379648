// Draws rows for an audit: what is drawn, from what, and how, is kept, so that anybody draws the same again.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { Tx } from '@/prisma/client'
import type { Prisma } from '@/prisma/generated/client'
import { command, invalid } from '../../command'
import { ITEMS_MAX } from '../ask-request'
import { DrawInput } from '../audit-input'
import { auditToChange, ensureOpen, nextItem, seenAudit } from '../held-audit'
import { settledDraw, type AskedDraw } from './asked-draw'
import { draw, type DrawnSample } from './draw'
import { methodWords } from './method'

type Ready = { asked: AskedDraw; drawn: DrawnSample }

/** The population is read before the transaction: it may be long, and never changes again. */
async function prepared(actor: Actor, auditId: string, said: z.output<typeof DrawInput>): Promise<Ready> {
  const audit = await seenAudit(actor, auditId)
  ensureOpen(audit)
  const asked = await settledDraw(actor, audit, said, new Date())
  const drawn = await draw(actor, asked)
  if (asked.populationHash !== undefined && asked.populationHash !== drawn.populationHash)
    throw new RollcallError(
      'conflict',
      'What the first rows were drawn from cannot be read any more as it was, so no more can be drawn by the same seed. Begin another sample.',
    )
  if (!drawn.rows.length)
    throw invalid([{ path: 'filter', message: 'Nothing matches at that moment: there is nothing to draw.' }])
  return { asked, drawn }
}

/** @throws RollcallError `conflict` where somebody else has drawn the same next rows meanwhile */
async function ensureNext(tx: Tx, auditId: string, { asked, drawn }: Ready): Promise<void> {
  if (!asked.skipped) return
  const { kind, seed, skipped, moment } = asked
  const taken = await tx.auditSample.findFirst({
    where: { auditId, kind, seed, skipped, asOf: moment.valid, populationHash: drawn.populationHash },
  })
  if (taken) throw new RollcallError('conflict', `${taken.drawnByName} has drawn more meanwhile. Look again.`)
}

const itemsOf = (
  {
    auditId,
    sampleId,
    first,
    actor,
    now,
  }: { auditId: string; sampleId: string; first: number; actor: Actor; now: Date },
  { asked, drawn }: Ready,
): Prisma.AuditItemCreateManyInput[] =>
  drawn.rows.map((row, at) => ({
    auditId,
    nth: first + at,
    origin: 'sampled',
    title: row.title,
    sampleId,
    rank: asked.skipped + at + 1,
    hash: row.hash,
    subjectKind: row.subjectKind,
    subjectId: row.id,
    identityId: row.identityId ?? null,
    values: row.values,
    statusAt: now,
    statusBy: actor.name,
    openedAt: now,
    openedById: actor.id,
    openedBy: actor.name,
  }))

type At = { tx: Tx; actor: Actor; now: Date }
async function written({ tx, actor, now }: At, auditId: string, ready: Ready) {
  const { asked, drawn } = ready
  const { kind, filter, moment, packId, seed, size, skipped } = asked
  const first = await nextItem(tx, auditId)
  if (first + drawn.rows.length - 1 > ITEMS_MAX)
    throw invalid([{ path: 'size', message: `An audit holds at most ${ITEMS_MAX} items.` }])
  const { _max } = await tx.auditSample.aggregate({ where: { auditId }, _max: { nth: true } })
  const sample = await tx.auditSample.create({
    data: {
      ...{ auditId, kind, filter, seed, size, skipped },
      ...(packId !== undefined && { packId }),
      nth: (_max.nth ?? 0) + 1,
      asOf: moment.valid,
      known: moment.known,
      method: methodWords({ kind, size: drawn.rows.length, skipped }),
      population: drawn.population,
      populationHash: drawn.populationHash,
      completeness: drawn.completeness,
      within: [...(actor.within ?? [])],
      drawnAt: now,
      drawnById: actor.id,
      drawnByName: actor.name,
    },
  })
  await tx.auditItem.createMany({
    data: itemsOf({ auditId, sampleId: sample.id, first, actor, now }, ready),
  })
  return { id: sample.id, audit: auditId, nth: sample.nth, kind, seed, size, drawn: drawn.rows.length }
}

export const drawSample = command({
  name: 'audit.draw',
  permission: 'audit:examine',
  input: DrawInput.extend({ audit: z.guid('is not the id of an audit') }),
  prepare: ({ actor, input: { audit, ...said } }) => prepared(actor, audit, said),
  async run({ actor, input, tx, now, prepared: ready }) {
    await auditToChange(tx, actor, input.audit)
    await ensureNext(tx, input.audit, ready)
    const { filter, moment, skipped } = ready.asked
    const { population, populationHash } = ready.drawn
    const done = await written({ tx, actor, now }, input.audit, ready)
    return { ...done, filter, asOf: moment.valid, known: moment.known, skipped, population, populationHash }
  },
  activity: (_, { id, audit, filter, ...told }) => ({
    object: `audit:${audit}`,
    detail: { sample: id, ...told, filter: Object.entries(filter).map(([name, text]) => `${name}=${text}`) },
  }),
})
