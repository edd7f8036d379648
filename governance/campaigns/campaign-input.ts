// What a campaign is made of: one schema for pages, API and command line.
import { z } from 'zod'
import { IdentityFilter } from '@/core/list'
import { KEEP_DAYS_MAX } from '@/core/campaign'
import { parseFilter } from '@/inventory/queries/parse-filter'
import { invalid } from '../command'
import { isZone } from '../notices/local-time'
import { FilterTexts } from '../triage/chosen-findings'

const PersonId = z.guid('is not the id of a person')

export const ChainStep = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('owner') }),
  z.strictObject({ by: z.literal('team-lead') }),
  z.strictObject({ by: z.literal('person'), person: PersonId }),
])
export type ChainStep = z.infer<typeof ChainStep>
const Chain = z.array(ChainStep).min(1, 'Say who is asked').max(5, 'at most 5 steps')

const Days = z.int().min(0).max(365)
/** What is said by itself while a campaign runs, in days by the clock of its zone. */
export const Reminders = z.strictObject({
  /** Days before it is due on which reviewers are reminded. */
  before: z.array(z.int().min(1).max(365)).max(10).default([7, 3, 1]),
  /** Whether they are on the day itself. */
  onTheDay: z.boolean().default(true),
  /** Days after it was due: their managers are told how many, whoever manages the campaign is told, and silence becomes an exception. */
  managerAfter: Days.default(2),
  campaignAfter: Days.default(5),
  exceptionAfter: z.int().min(1).max(365).default(7),
  /** Who answers for what nobody decided by then. Unset: whoever manages the campaign. */
  accountable: PersonId.optional(),
  /** By whose clock days are counted. */
  zone: z
    .string()
    .trim()
    .refine(isZone, { error: 'must be the name of a time zone, such as Europe/Berlin' })
    .default('UTC'),
})
export type Reminders = z.infer<typeof Reminders>

export const CampaignPolicy = z.strictObject({
  /** Whether a person's keep of what is low in risk and unchanged is carried, and how old it may be. */
  carry: z.boolean().default(false),
  carryDays: z.int().min(1).max(400).default(365),
  /** Share of items that a second person looks at as well. */
  secondLookShare: z.number().min(0).max(0.5).default(0.05),
  /** Who gives second looks where no lead and no manager can. */
  secondReviewers: z.array(PersonId).max(20).default([]),
  /** Most days for which what is risky can be kept. */
  keepDays: z.int().min(1).max(KEEP_DAYS_MAX).default(KEEP_DAYS_MAX),
  /** Whether every decision needs a reason, not only those that always do. */
  reasonAlways: z.boolean().default(false),
  /** Decoys: identities that are gone, to learn how attentively is looked. Only where reviewers are told that there are some. */
  control: z
    .strictObject({
      items: z.int().min(1).max(10),
      announced: z.string().trim().min(20, 'Say what reviewers are told about them').max(1000),
    })
    .nullable()
    .default(null),
  /** Unset: as is usual, and where it is changed, as before. */
  reminders: Reminders.optional(),
})
export type CampaignPolicy = z.infer<typeof CampaignPolicy>
/** As stored: with the seed of everything that is drawn. */
export type StoredPolicy = CampaignPolicy & { seed: string }
/** Of a campaign that began before there were any: as they are unless somebody says otherwise. */
export const remindersOf = (policy: unknown): Reminders =>
  Reminders.parse((policy as Partial<CampaignPolicy>).reminders ?? {})

const FIELDS = {
  name: z.string().trim().min(1, 'Give it a name').max(200),
  instructions: z.string().trim().max(5000),
  /** The filter of the list of identities, as its address has it. */
  filter: FilterTexts,
  chain: Chain,
  dueAt: z.iso.datetime({ error: 'must be an instant in UTC, such as 2026-03-31T17:00:00Z' }),
  policy: CampaignPolicy,
  /** Whom items come back to; unset: whoever makes the campaign. */
  manager: PersonId,
}
export const CreateInput = z.strictObject({
  ...FIELDS,
  instructions: FIELDS.instructions.default(''),
  filter: FIELDS.filter.default({}),
  chain: FIELDS.chain.default([{ by: 'owner' }, { by: 'team-lead' }]),
  policy: FIELDS.policy.prefault({}),
  manager: FIELDS.manager.optional(),
})
export const EditBody = z.strictObject(FIELDS).partial().extend({ version: z.int() })

/** What says where in a list one is, and not which rows are meant. */
const PLACES = ['sort', 'size', 'after']

/**
 * The filter as it is stored, once it was understood. What is gone cannot be decided about.
 * @throws RollcallError `invalid`
 */
export function storedFilter(texts: Readonly<Record<string, string>>): Record<string, string> {
  const given = Object.fromEntries(
    Object.entries(texts).filter(([name, text]) => text !== '' && !PLACES.includes(name)),
  )
  const { state } = readFilter(given)
  if (state && !(state.length === 1 && state[0] === 'active'))
    throw invalid([{ path: 'filter.state', message: 'A campaign is about identities that are there.' }])
  return given
}

export const readFilter = (texts: Readonly<Record<string, string>>): IdentityFilter =>
  parseFilter(IdentityFilter, new URLSearchParams(Object.entries(texts)))
