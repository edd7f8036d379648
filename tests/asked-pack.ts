// The parts of a pack as whoever builds it calls them: in one snapshot, at one moment.
import { parse } from 'csv-parse/sync'
import { atMoment } from '@/inventory/moment/at-moment'
import { settledNow } from '@/inventory/moment/settled-now'
import type { Asked, PackAt, Part } from '@/governance/packs/part'
import { parts } from '@/governance/packs/parts'
import { db } from '@/prisma/client'
import { actorAs } from './actors'

export type Given = Partial<Omit<Asked, 'filter'>> & { filter?: Partial<Asked['filter']> }

/** Asked about now, unless it says otherwise, as an auditor. */
export async function asked({ filter, ...rest }: Given = {}): Promise<Asked> {
  const now = await settledNow()
  return {
    title: 'Quarter',
    controls: [],
    moment: { valid: now, known: now },
    redact: [],
    ...rest,
    filter: { sort: 'name', ...filter },
  }
}

export const inPack = async <T>(question: Asked, work: (at: PackAt) => Promise<T>): Promise<T> =>
  db.$transaction(
    (snapshot) => {
      const at = {
        actor: actorAs('auditor'),
        asked: question,
        snapshot,
        signal: new AbortController().signal,
      }
      return atMoment(question.moment, () => work(at))
    },
    { isolationLevel: 'RepeatableRead', timeout: 120_000 },
  )

export const partOf = (id: string): Part => {
  const part = parts.find((one) => one.id === id)
  if (!part) throw new Error(`there is no part ${id}`)
  return part
}

export type Written = { text: string; rows: number }
export async function written(part: Part, at: PackAt): Promise<Written> {
  const chunks: Uint8Array[] = []
  let rows = 0
  for await (const chunk of part.write(at, (n) => (rows += n))) chunks.push(chunk)
  return { text: Buffer.concat(chunks).toString('utf8'), rows }
}

/** One file, as it is in the pack. */
export const fileOf = (id: string, question: Asked): Promise<Written> =>
  inPack(question, (at) => written(partOf(id), at))

/** The rows of a table by the names of its columns. */
export const tableOf = ({ text }: Written): Record<string, string>[] =>
  parse(text, { columns: true, relax_quotes: false })
export const rowsOf = async (id: string, question: Asked): Promise<Record<string, string>[]> =>
  tableOf(await fileOf(id, question))

/** Every file of a pack, by its name. */
export const wholePack = (question: Asked): Promise<Record<string, string>> =>
  inPack(question, async (at) => {
    const files: Record<string, string> = {}
    for (const part of parts) files[part.file] = (await written(part, at)).text
    return files
  })
