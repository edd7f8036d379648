// Reads a population once at its moment, in the order of its ids, and keeps what is drawn: memory is that of the sample.
import { createHash } from 'node:crypto'
import { RollcallError } from '@/core/errors'
import type { Moment } from '@/core/moment'
import type { Actor } from '@/core/permissions'
import { atMoment } from '@/inventory/moment/at-moment'
import type { FullCompleteness } from '@/inventory/queries/types'
import { drawHash, Lowest } from './lowest'
import { populationOf, type Drawn, type SampleKind } from './population'

export type DrawAsked = {
  kind: SampleKind
  filter: Readonly<Record<string, string>>
  moment: Moment
  seed: string
  size: number
  /** The highest hash that was drawn before. */
  above?: string
}
export type DrawnSample = {
  rows: (Drawn & { hash: string })[]
  /** How many rows it was drawn from. */
  population: number
  /** SHA-256 of their ids in order, each with a line feed: `cut -d, -f1 | sort | sha256sum` of the file says the same. */
  populationHash: string
  completeness: FullCompleteness
}

export const draw = (
  actor: Actor,
  { kind, filter, moment, seed, size, above }: DrawAsked,
): Promise<DrawnSample> =>
  atMoment(moment, async () => {
    const population = await populationOf(kind, actor, filter)
    const lowest = new Lowest<string>(size, above)
    const hash = createHash('sha256')
    let count = 0
    for await (const ids of population.ids()) {
      count += ids.length
      hash.update(ids.map((id) => `${id}\n`).join(''))
      for (const id of ids) lowest.add({ hash: drawHash(seed, id), row: id })
    }
    const drawn = lowest.drawn()
    const rows = new Map((await population.rows(drawn.map(({ row }) => row))).map((row) => [row.id, row]))
    return {
      rows: drawn.map(({ hash: placed, row: id }) => {
        const row = rows.get(id)
        if (!row) throw new RollcallError('bug', `The drawn row ${id} could not be read.`)
        return { ...row, hash: placed }
      }),
      population: count,
      populationHash: hash.digest('hex'),
      completeness: await population.completeness(),
    }
  })
