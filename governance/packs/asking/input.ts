// What a pack is asked for: one schema for page, API and command line, and the question as it is kept once it is settled.
import { z } from 'zod'
import { Instant } from '@/core/fact'
import { IdentityFilter } from '@/core/list'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { FilterTexts } from '../../triage/chosen-findings'
import type { Asked } from '../part'

export const KEEP_DAYS = 30
const Title = z
  .string()
  .trim()
  .min(1, 'Give it a title')
  .max(200)
  .refine((text) => !/\p{Cc}/u.test(text), 'must not hold control characters')

export const PackInput = z.strictObject({
  /** A ready-made pack: what is left out is as it proposes. */
  ready: z.string().trim().max(60).optional(),
  /** Left out: made of what is asked. */
  title: Title.optional(),
  /** `<framework>:<control>`, or a framework alone for all of its controls. */
  controls: z.array(z.string().trim().min(1).max(100)).max(400).default([]),
  /** The filter of the list of identities, as its address has it. Empty: all of them. */
  filter: FilterTexts.default({}),
  /** A date (its end in UTC) or an instant. Left out: now. */
  asOf: z.string().trim().max(40).optional(),
  /** Left out: as it was known then. `now`: as it was, with what became known later. */
  known: z.string().trim().max(40).optional(),
  /** Since when changes, decisions and activity are told: a date (its beginning in UTC) or an instant. */
  from: z.string().trim().max(40).optional(),
  /** Ids of files. Left out: the usual ones. */
  contents: z.array(z.string().max(60)).min(1, 'Choose at least one file').max(100).optional(),
  redact: z
    .array(z.enum(['people']))
    .max(1)
    .default([]),
  /** Days for which its file is kept. */
  keepDays: z.int().min(1).max(366).default(KEEP_DAYS),
})
export type PackInput = z.input<typeof PackInput>

/** The question as it is kept, and as the manifest has it: with instants instead of dates, and nothing left to chance. */
export const Settled = z.strictObject({
  controls: z.array(z.string()),
  filter: z.record(z.string(), z.string()),
  asOf: Instant,
  known: Instant,
  from: Instant.optional(),
  contents: z.array(z.string()),
  redact: z.array(z.enum(['people'])),
  /** Usual files that whoever asked may not read. */
  withheld: z.array(z.string()).optional(),
})
export type Settled = z.infer<typeof Settled>

export const readFilter = (texts: Readonly<Record<string, string>>): IdentityFilter =>
  parseFilter(IdentityFilter, new URLSearchParams(Object.entries(texts)))

export function askedOf(title: string, { controls, filter, asOf, known, from, redact }: Settled): Asked {
  const { size: _, after: __, ...read } = readFilter(filter)
  return {
    title,
    controls,
    filter: read,
    moment: { valid: asOf, known },
    ...(from !== undefined && { from }),
    redact,
  }
}
