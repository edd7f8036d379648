// What a draw is asked for, settled: which rows at which moment, by which seed, and after which others.
import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Moment } from '@/core/moment'
import type { Actor } from '@/core/permissions'
import { askMoment } from '@/inventory/moment/ask-moment'
import { settledNow } from '@/inventory/moment/settled-now'
import { canonical } from '@/inventory/content-hash'
import { db } from '@/prisma/client'
import type { Audit, AuditSample } from '@/prisma/generated/client'
import { invalid } from '../../command'
import { readFilter, Settled } from '../../packs/asking/input'
import { rulesAsked } from '../../packs/controls'
import { isWhole } from '../../packs/parts/population'
import type { DrawInput } from '../audit-input'
import { sharedPack } from '../create-audit'
import { samplesOf } from '../held-audit'
import type { DrawAsked } from './draw'
import { FILES } from './method'
import type { SampleKind } from './population'

export type Said = z.output<typeof DrawInput>
export type AskedDraw = DrawAsked & {
  packId?: string
  /** How many were drawn before by the same seed, from which population. */
  skipped: number
  populationHash?: string
}

const wrong = (path: string, message: string) => invalid([{ path, message }])
/** Where in a list one is, is no part of what is meant. */
const PLACES = ['sort', 'size', 'after', 'group']
/** What people do about findings is kept as it is now: nobody could draw the same rows again by it. */
const OF_NOW = ['status', 'assignee', 'snoozed']
const SEED_BYTES = 8

function settledFilter(kind: SampleKind, texts: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.entries(texts).filter(([name, text]) => text.trim() !== '' && !PLACES.includes(name))
  const now = kind === 'finding' ? given.find(([name]) => OF_NOW.includes(name)) : undefined
  if (now) throw wrong('filter', `${now[0]} is kept as it is now: a sample cannot be drawn again by it`)
  return Object.fromEntries(given.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The rows of its file: those of a pack about some identities hang on each of them, and on no filter of their own. */
function filterOfPack(kind: SampleKind, { filter, controls }: Settled): Record<string, string> {
  if (kind === 'identity') return filter
  if (!isWhole(readFilter(filter)))
    throw wrong(
      'pack',
      `is about some identities alone: ${FILES[kind]} holds what hangs on these. Draw identities of it, or give a moment and a filter`,
    )
  const rules = kind === 'finding' ? rulesAsked(controls) : undefined
  const state = kind === 'credential' && filter.state?.split(',').some((one) => one !== 'active')
  return {
    ...(filter.scope !== undefined && { scope: filter.scope }),
    ...(rules && { rule: rules.join(',') || '-' }),
    ...(state && { state: 'any' }),
  }
}

/** @param known `now`: with what became known later */
async function askedMoment(asOf: string, known: string | undefined): Promise<Moment> {
  const moment = await askMoment({ asOf, ...(known !== undefined && { known }) })
  if (moment) return moment
  const now = await settledNow()
  return { valid: now, known: now }
}

async function momentOf(audit: Audit, { asOf, known }: Said, now: Date): Promise<Moment> {
  if (asOf !== undefined && asOf !== '') return askedMoment(asOf, known)
  return askedMoment(audit.periodTo < now ? audit.periodTo.toISOString() : 'now', known)
}

const momentOfSample = ({ asOf, known }: AuditSample): Moment => ({
  valid: asOf.toISOString(),
  known: known.toISOString(),
})

const sameDraw = (one: AuditSample): string =>
  canonical([one.kind, one.filter, one.asOf, one.known, one.seed, [...one.within].sort()])

/** The next rows by the seed of a sample: after all that were drawn by it. */
async function afterSample(actor: Actor, audit: Audit, { after, size, ...rest }: Said): Promise<AskedDraw> {
  const said = Object.entries(rest).find(([, value]) => value !== undefined)
  if (said) throw wrong(said[0], 'is that of the sample: leave it out')
  const seen = await samplesOf(actor)
  const samples = await db.auditSample.findMany({
    where: { auditId: audit.id, ...(seen && { id: { in: seen } }) },
    include: { _count: { select: { items: true } } },
  })
  const one = samples.find(({ id }) => id === after)
  if (!one) throw new RollcallError('not-found', 'There is no such sample in this audit.')
  if (canonical([...one.within].sort()) !== canonical([...(actor.within ?? [])].sort()))
    throw new RollcallError(
      'conflict',
      'It was drawn within other scopes than yours: begin a sample of your own.',
    )
  const alike = samples.filter((other) => sameDraw(other) === sameDraw(one))
  const skipped = Math.max(...alike.map((other) => other.skipped + other._count.items))
  if (skipped >= one.population)
    throw new RollcallError('conflict', `All ${one.population} rows of it are drawn already.`)
  const { _max } = await db.auditItem.aggregate({
    where: { sampleId: { in: alike.map(({ id }) => id) } },
    _max: { hash: true },
  })
  return {
    kind: one.kind as SampleKind,
    filter: one.filter as Record<string, string>,
    moment:
      (await askMoment({ asOf: momentOfSample(one).valid, known: momentOfSample(one).known })) ??
      momentOfSample(one),
    seed: one.seed,
    size,
    skipped,
    populationHash: one.populationHash,
    ...(one.packId !== null && { packId: one.packId }),
    ...(_max.hash !== null && { above: _max.hash }),
  }
}

/** @throws RollcallError `invalid`, `not-found`, or `conflict` where nothing is left or the moment is still being written */
export async function settledDraw(actor: Actor, audit: Audit, said: Said, now: Date): Promise<AskedDraw> {
  if (said.after !== undefined) return afterSample(actor, audit, said)
  const { kind = 'identity', filter = {}, seed = randomBytes(SEED_BYTES).toString('hex'), size } = said
  const asked = { kind, seed, size, skipped: 0 }
  if (said.pack === undefined)
    return { ...asked, filter: settledFilter(kind, filter), moment: await momentOf(audit, said, now) }
  for (const name of ['asOf', 'known'] as const)
    if (said[name]) throw wrong(name, 'is that of the pack: leave it out')
  if (Object.values(filter).some(Boolean)) throw wrong('filter', 'is that of the pack: leave it out')
  const pack = await sharedPack(db, audit.id, said.pack)
  const settled = Settled.parse(pack.asked)
  const moment = { valid: settled.asOf, known: settled.known }
  return { ...asked, filter: settledFilter(kind, filterOfPack(kind, settled)), moment, packId: pack.id }
}
