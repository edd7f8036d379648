// A sample as it is told: all that is needed to draw the same rows again.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import type { FullCompleteness } from '@/inventory/queries/types'
import { compact, iso } from '@/inventory/queries/sql'
import type { AuditSample } from '@/prisma/generated/client'
import { SAMPLE_KINDS, type SampleKind } from './population'

export const SampleView = z.object({
  id: z.guid(),
  nth: z.int(),
  kind: z.enum(SAMPLE_KINDS),
  filter: z.record(z.string(), z.string()),
  asOf: Instant,
  known: Instant,
  /** The pack whose rows it was drawn from. */
  pack: z.guid().optional(),
  seed: z.string(),
  method: z.string(),
  size: z.int(),
  drawn: z.int(),
  /** How many were drawn by the same seed before. */
  skipped: z.int(),
  population: z.int(),
  populationHash: z.string(),
  /** What the population rests on, and what was not seen. */
  completeness: z.custom<FullCompleteness>((value) => typeof value === 'object' && value !== null),
  drawnAt: Instant,
  drawnBy: z.string(),
})
export type SampleView = z.infer<typeof SampleView>

type Held = AuditSample & { _count: { items: number } }
export const sampleViewOf = (row: Held): SampleView =>
  compact({
    id: row.id,
    nth: row.nth,
    kind: row.kind as SampleKind,
    filter: row.filter as Record<string, string>,
    asOf: iso(row.asOf),
    known: iso(row.known),
    pack: row.packId ?? undefined,
    seed: row.seed,
    method: row.method,
    size: row.size,
    drawn: row._count.items,
    skipped: row.skipped,
    population: row.population,
    populationHash: row.populationHash,
    completeness: row.completeness as unknown as FullCompleteness,
    drawnAt: iso(row.drawnAt),
    drawnBy: row.drawnByName,
  })
