// What audits, requests and comments are made of: one schema each for page, API and command line.
import { z } from 'zod'
import { FilterTexts } from '../triage/chosen-findings'
import { SAMPLE_KINDS } from './sampling/population'

export const TEXT_MAX = 10_000
const AUDITORS_MAX = 50
const PACKS_MAX = 200
export const SIZE_MAX = 500

/** Line feeds and tabs are part of what people write; other control characters are not. */
const CONTROLS = /(?![\n\t])\p{Cc}/u
export const Words = (missing: string, max = TEXT_MAX) =>
  z
    .string()
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .pipe(
      z
        .string()
        .min(1, missing)
        .max(max, `must be at most ${max.toLocaleString('en')} letters`)
        .refine((text) => !CONTROLS.test(text), 'must not hold control characters'),
    )
export const Line = (missing: string, max = 200) =>
  z
    .string()
    .trim()
    .min(1, missing)
    .max(max, `must be at most ${max} letters`)
    .refine((text) => !/\p{Cc}/u.test(text), 'must not hold control characters')

export const Day = z.iso.date('must be a day, such as 2026-09-30')
export const beginOf = (day: string): Date => new Date(`${day}T00:00:00.000Z`)
export const endOf = (day: string): Date => new Date(`${day}T23:59:59.999Z`)

const fields = {
  title: Line('Give it a title'),
  about: Words('Say what it is about'),
  /** The first day of its period, in UTC. */
  from: Day,
  /** The last one. */
  to: Day,
  /** `<framework>:<control>`, or a framework alone. */
  controls: z.array(z.string().trim().min(1).max(100)).max(400),
  /** Ids of members who audit. */
  auditors: z.array(z.string().trim().min(1).max(100)).max(AUDITORS_MAX),
  /** Ids of sealed packs that they are handed. */
  packs: z.array(z.guid('is not the id of a pack')).max(PACKS_MAX),
}
export const AuditInput = z.strictObject({
  ...fields,
  controls: fields.controls.default([]),
  auditors: fields.auditors.default([]),
  packs: fields.packs.default([]),
})
/** What is left out stays as it is. */
export const AuditEdit = z.strictObject(fields).partial()

export const RequestInput = z.strictObject({
  title: Line('Say what you ask for'),
  question: Words('Say what you ask for'),
  /** The day by which an answer is wanted, in UTC. */
  due: Day.optional(),
})

export const DrawInput = z.strictObject({
  kind: z.enum(SAMPLE_KINDS).optional(),
  /** The filter of the list of that kind, as its address has it. */
  filter: FilterTexts.optional(),
  size: z
    .int('must be a whole number')
    .min(1, 'must be at least 1')
    .max(SIZE_MAX, `must be at most ${SIZE_MAX}`),
  /** Left out: made at random. */
  seed: Line('Give a seed', 100).optional(),
  /** A date (its end in UTC) or an instant. Left out: that of the pack, or the end of the audit's period. */
  asOf: z.string().trim().max(40).optional(),
  known: z.string().trim().max(40).optional(),
  /** A pack of the audit: its moment and its rows. */
  pack: z.guid('is not the id of a pack').optional(),
  /** A sample of the audit: the next rows by its seed, without those drawn before. Nothing else is said then. */
  after: z.guid('is not the id of a sample').optional(),
})

export const LINK_KINDS = ['identity', 'credential', 'finding', 'campaign', 'pack'] as const
export const LinkInput = z.strictObject({ kind: z.enum(LINK_KINDS), id: z.guid('is not an id') })
export const CommentInput = z.strictObject({
  text: Words('Say something'),
  link: LinkInput.optional(),
  /** Seen by those who answer alone. */
  internal: z.boolean().optional(),
})
