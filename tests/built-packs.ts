// Packs for tests: a folder of their own, an estate to tell of, and files that do as a test wants.
import { mkdtemp, readdir } from 'node:fs/promises'
import { openAsBlob } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { verifyPack } from '@/evidence/verify/verify-pack'
import { askPack } from '@/governance/packs/asking/build'
import { CONTENTS, MAKERS, type Makers } from '@/governance/packs/makers'
import type { Part } from '@/governance/packs/part'
import type { PackInput } from '@/governance/packs/asking/input'
import { db } from '@/prisma/client'
import { actorAs } from './actors'

export const administrator = actorAs('administrator')
export const auditor = actorAs('auditor')
export const analyst = actorAs('analyst')

/** Nothing else writes there. */
export async function packsFolder(): Promise<string> {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'rollcall-packs-')), 'kept')
  process.env.PACKS_FOLDER = folder
  return folder
}
export const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).sort()

export const ask = async (input: PackInput = {}) => (await askPack(administrator, input)).id

/** A file of the usual population's place that is written by the test. */
export function withPart(write: Part['write'], more: Partial<Makers> = {}): Makers {
  const [first, ...others] = MAKERS.parts
  if (!first || !CONTENTS.some(({ id }) => id === first.id)) throw new Error('there is no file to replace')
  return { ...MAKERS, parts: [{ ...first, write }, ...others], ...more }
}

export const rowOf = (id: string) => db.pack.findUniqueOrThrow({ where: { id } })
export const fileOf = async (folder: string, id: string): Promise<string> => {
  const { attempt } = await rowOf(id)
  return path.join(folder, `${id}-${attempt}.zip`)
}
export const checked = async (folder: string, id: string, keys?: string[]) =>
  verifyPack(await openAsBlob(await fileOf(folder, id)), keys && { keys })

/** An instant of the database's clock, and nothing before it is still being written. */
export async function instantNow(): Promise<string> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`
  return (row?.now ?? new Date()).toISOString()
}
