// Who is in it: the identities of the filter, as the list of identities has them.
import { identityColumns } from '@/inventory/queries/columns'
import { eachIdentity } from '@/inventory/queries/each-identity'
import { reader, atMoment } from '@/inventory/moment/at-moment'
import { Prisma } from '@/prisma/generated/client'
import { tablePart } from './csv-part'
import { populationFrom, populationWhere } from './population'
import type { PackAt, Part } from '../part'

const COUNT_MAX = 100_000

/** Counted by the database, up to a bound. */
export const countPopulation = (at: PackAt): Promise<{ rows: number; isExact: boolean }> =>
  atMoment(at.asked.moment, async () => {
    const where = await populationWhere(at)
    const [row] = await reader.$queryRaw<{ count: number }[]>(Prisma.sql`
      SELECT count(*)::int AS count FROM (
        SELECT 1 FROM ${populationFrom(where)} WHERE ${where} LIMIT ${COUNT_MAX + 1}::int) found`)
    const { count = 0 } = row ?? {}
    return { rows: Math.min(count, COUNT_MAX), isExact: count <= COUNT_MAX }
  })

export const identities: Part = {
  ...tablePart({
    id: 'population',
    file: 'population.csv',
    about: 'Every identity of the filter at the moment, with all that the list of identities tells.',
    needs: 'identity:read',
    columns: identityColumns,
    rows: ({ actor, asked: { filter } }) => eachIdentity(actor, filter),
    redacted: (row, named) => ({
      ...row,
      owner: { ...row.owner, ...(row.owner.name !== undefined && { name: named(row.owner.name) }) },
    }),
  }),
  count: countPopulation,
}
