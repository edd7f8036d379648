// Builds a pack: one snapshot, file after file, straight to the disk. It can be downloaded only once all of it is written,
// sealed, and known to be so.
import { createHash } from 'node:crypto'
import type { Actor } from '@/core/permissions'
import { PRODUCT } from '@/core/product'
import { PackWriter } from '@/evidence/pack/write-pack'
import { atMoment, eachAtMoment } from '@/inventory/moment/at-moment'
import { db, type Tx } from '@/prisma/client'
import { Prisma, type Pack } from '@/prisma/generated/client'
import { askedOf, Settled } from '../asking/input'
import { LatestSigner } from '../keys/signing-key'
import { MAKERS, type Makers } from '../makers'
import type { PackAt } from '../part'
import { beginFile, type Unfinished } from '../storage'
import { headAt, headText } from './activity-head'
import { Progress } from './progress'
import { sealPack, type Sealing } from './end-pack'

/** Longer than any build: the job itself ends before. */
const SNAPSHOT_MS_MAX = 6 * 3600_000
const WAIT_MS = 60_000
const FORMULAS =
  'A cell of a table that a spreadsheet would run as a formula (it begins with = + - @, a tab or a line break) has an apostrophe in front.'

/** A file of the pack could not be made: which one, and why. */
export class FileFailed extends Error {
  constructor(
    readonly file: string,
    cause: unknown,
  ) {
    super(`${file} could not be written`, { cause })
  }
}

export type Building = {
  signal: AbortSignal
  makers?: Makers
  begin?: typeof beginFile
}
type Work = {
  at: PackAt
  settled: Settled
  makers: Makers
  writer: PackWriter
  progress: Progress
}

/** Takes it up: from the start, whatever an earlier try has done. Undefined where nobody wants it any more. */
async function takeUp(id: string, now: Date): Promise<Pack | undefined> {
  const { count } = await db.pack.updateMany({
    where: { id, state: { in: ['queued', 'building'] } },
    data: { state: 'building', attempt: { increment: 1 }, begunAt: now, progress: [], bytes: 0 },
  })
  return count ? ((await db.pack.findUnique({ where: { id } })) ?? undefined) : undefined
}

const actorOf = ({ actorKind, actorId, actorName, actorRole }: Pack): Actor => ({
  kind: actorKind as Actor['kind'],
  id: actorId,
  name: actorName,
  role: actorRole as Actor['role'],
})

async function* watched(content: AsyncIterable<Uint8Array>, progress: Progress): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    await progress.goOn()
    yield chunk
  }
}

async function adding(file: string, progress: Progress, add: () => Promise<void>): Promise<void> {
  try {
    await add()
  } catch (error) {
    throw new FileFailed(file, error)
  }
  await progress.done(file)
}

async function writeParts({ at, settled, makers, writer, progress }: Work) {
  const { moment } = at.asked
  const written: { name: string; about: string; rows?: number }[] = []
  for (const part of makers.parts.filter(({ id }) => settled.contents.includes(id))) {
    const content = eachAtMoment(moment, () => part.write(at, (rows) => progress.wrote(part.file, rows)))
    const rows = () => progress.rowsOf(part.file)
    const isList = /\.(csv|ndjson)$/.test(part.file)
    await adding(part.file, progress, () =>
      writer.add(part.file, watched(content, progress), isList ? rows : undefined),
    )
    written.push({ name: part.file, about: part.about, ...(isList && { rows: rows() }) })
  }
  return written
}

async function writeAll(work: Work) {
  const { at, settled, makers, writer, progress } = work
  const { moment } = at.asked
  const head = await headAt(at.snapshot, moment.known)
  const files = await writeParts(work)
  const renderings = makers.renderings.filter(({ id }) => settled.contents.includes(id))
  const listed = [...files, ...renderings.map(({ file, about }) => ({ name: file, about }))]
  const facts = await atMoment(moment, () => makers.facts.report(at, listed))
  const findings = () => eachAtMoment(moment, () => makers.facts.findings(at))
  for (const { file, render } of renderings)
    await adding(file, progress, () => writer.add(file, watched(render(facts, findings), progress)))
  return { facts, head: head && headText(head) }
}

const snapshotOf = <T>(work: (snapshot: Tx) => Promise<T>): Promise<T> =>
  db.$transaction(
    async (snapshot) => {
      await snapshot.$queryRaw`SELECT set_config('transaction_read_only', 'on', true)`
      return work(snapshot)
    },
    {
      isolationLevel: Prisma.TransactionIsolationLevel.RepeatableRead,
      timeout: SNAPSHOT_MS_MAX,
      maxWait: WAIT_MS,
    },
  )

type Writing = { pack: Pack; file: Unfinished; makers: Makers; signal: AbortSignal }

async function write({ pack, file, makers, signal }: Writing): Promise<Sealing> {
  const settled = Settled.parse(pack.asked)
  const chosen = [...makers.parts, ...makers.renderings].filter(({ id }) => settled.contents.includes(id))
  const progress = new Progress(
    { id: pack.id, attempt: pack.attempt },
    chosen.map((one) => one.file),
    signal,
  )
  const whole = createHash('sha256')
  const signer = new LatestSigner()
  const writer = new PackWriter(async (chunk) => {
    whole.update(chunk)
    progress.stored(chunk.length)
    await file.write(chunk)
  }, signer)
  const actor = actorOf(pack)
  await progress.say()
  // What cannot be signed is said before anything is built.
  await signer.choose()
  const { facts, head } = await snapshotOf((snapshot) => {
    const at: PackAt = { actor, asked: askedOf(pack.title, settled), snapshot, signal }
    return writeAll({ at, settled, makers, writer, progress })
  })
  const withheld = settled.withheld ?? []
  const sealedAt = await signer.choose()
  const { bytes, sha256, manifest } = await writer.finish(
    {
      product: PRODUCT,
      title: pack.title,
      asked: settled,
      by: { kind: actor.kind, id: actor.id, name: facts.by },
      complete: facts.complete,
      gaps: facts.gaps,
      ...(head !== undefined && { activityHead: head }),
      notes: [FORMULAS, ...withheld.map((name) => `${name} is left out: whoever asked may not read it.`)],
    },
    sealedAt,
  )
  await file.finish()
  return { manifest, bytes, content: sha256, sha256: whole.digest('hex'), sealedAt }
}

/**
 * @returns whether it is sealed now; false where nobody wants it any more
 * @throws TakenBack where that is learnt on the way; whatever else went wrong
 */
export async function buildPack(
  id: string,
  { signal, makers = MAKERS, begin = beginFile }: Building,
): Promise<boolean> {
  const pack = await takeUp(id, new Date())
  if (!pack) return false
  const file = await begin(id, pack.attempt)
  try {
    await sealPack(pack, await write({ pack, file, makers, signal }))
    return true
  } catch (error) {
    await file.drop()
    throw error
  }
}
