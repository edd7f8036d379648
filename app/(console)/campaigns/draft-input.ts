// What the form of a draft says, in the shape that the commands take. All that is wrong is told at once, each by its field.
import { RollcallError, type Issue } from '@/core/errors'
import type { Actor } from '@/core/permissions'
import type { CampaignPolicy, ChainStep, Reminders } from '@/governance/campaigns/campaign-input'
import { invalid } from '@/governance/command'
import { personNamed } from '@/governance/directory/person-named'
import { textOf } from '@/app/_form/attempt'

/** Steps that the form has room for; the commands take no more. */
export const STEPS_MAX = 5

type Reading = { actor: Actor | null; form: FormData; issues: Issue[] }

/** The id of whom an address names; undefined, and an issue by the field, where it names nobody. */
async function personIn({ actor, issues }: Reading, word: string, path: string): Promise<string | undefined> {
  try {
    return (await personNamed(actor, word, path)).id
  } catch (error) {
    if (!(error instanceof RollcallError) || error.code !== 'invalid') throw error
    issues.push(...(error.issues ?? []))
    return undefined
  }
}

async function chainOf(reading: Reading): Promise<ChainStep[]> {
  const { form, issues } = reading
  const chain: ChainStep[] = []
  for (let at = 0; at < STEPS_MAX; at++) {
    const by = textOf(form, `chain.${at}.by`)
    if (by === 'owner' || by === 'team-lead') chain.push({ by })
    if (by !== 'person') continue
    const path = `chain.${at}.person`
    const word = textOf(form, path)
    if (!word) issues.push({ path, message: 'Say who' })
    const person = word ? await personIn(reading, word, path) : undefined
    if (person) chain.push({ by, person })
  }
  if (!chain.length && !issues.length) issues.push({ path: 'chain.0.by', message: 'Say who is asked' })
  return chain
}

function numberIn({ form, issues }: Reading, path: string, [from, to]: [number, number]): number {
  const text = textOf(form, path)
  const value = Number(text)
  if (text && Number.isInteger(value) && value >= from && value <= to) return value
  issues.push({ path, message: `has to be a whole number from ${from} to ${to}` })
  return from
}

async function secondsOf(reading: Reading): Promise<string[]> {
  const path = 'policy.secondReviewers'
  const words = textOf(reading.form, path)
    .split(/[\n,;]/)
    .map((word) => word.trim())
    .filter(Boolean)
  const ids = []
  for (const word of words) ids.push(await personIn(reading, word, path))
  return [...new Set(ids.filter((id) => id !== undefined))]
}

function controlOf(reading: Reading): CampaignPolicy['control'] {
  const path = 'policy.control.items'
  if (!textOf(reading.form, path)) return null
  return {
    items: numberIn(reading, path, [1, 10]),
    announced: textOf(reading.form, 'policy.control.announced'),
  }
}

function daysIn({ form, issues }: Reading, path: string): number[] {
  const words = textOf(form, path)
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean)
  const days = [...new Set(words.map(Number))]
  if (words.length <= 10 && days.every((day) => Number.isInteger(day) && day >= 1 && day <= 365))
    return days.sort((a, b) => b - a)
  issues.push({ path, message: 'has to be at most 10 whole numbers from 1 to 365, with commas' })
  return []
}

async function remindersIn(reading: Reading): Promise<Reminders> {
  const { form } = reading
  const at = (name: keyof Reminders) => `policy.reminders.${name}`
  const word = textOf(form, at('accountable'))
  const accountable = word ? await personIn(reading, word, at('accountable')) : undefined
  return {
    before: daysIn(reading, at('before')),
    onTheDay: form.get(at('onTheDay')) === 'true',
    managerAfter: numberIn(reading, at('managerAfter'), [0, 365]),
    campaignAfter: numberIn(reading, at('campaignAfter'), [0, 365]),
    exceptionAfter: numberIn(reading, at('exceptionAfter'), [1, 365]),
    zone: textOf(form, at('zone')) || 'UTC',
    ...(accountable && { accountable }),
  }
}

async function policyOf(reading: Reading): Promise<CampaignPolicy> {
  const { form } = reading
  return {
    carry: form.get('policy.carry') === 'true',
    carryDays: numberIn(reading, 'policy.carryDays', [1, 400]),
    secondLookShare: numberIn(reading, 'policy.secondLookShare', [0, 50]) / 100,
    secondReviewers: await secondsOf(reading),
    keepDays: numberIn(reading, 'policy.keepDays', [1, 180]),
    reasonAlways: form.get('policy.reasonAlways') === 'true',
    control: controlOf(reading),
    reminders: await remindersIn(reading),
  }
}

function filterOf({ form, issues }: Reading): Record<string, string> {
  try {
    return JSON.parse(textOf(form, 'filter') || '{}') as Record<string, string>
  } catch {
    issues.push({ path: 'filter', message: 'was not understood: choose it again from the identities' })
    return {}
  }
}

function ensureRight(issues: Issue[]): void {
  if (issues.length) throw invalid(issues)
}

/** Whom a draft would ask, and about what: all that is needed to count them. */
export async function askedIn(actor: Actor | null, form: FormData) {
  const reading: Reading = { actor, form, issues: [] }
  const asked = { filter: filterOf(reading), chain: await chainOf(reading) }
  ensureRight(reading.issues)
  return asked
}

/** The end of the day, in UTC. */
const dueIn = (form: FormData) => `${textOf(form, 'dueAt')}T23:59:59Z`

/** @throws RollcallError `invalid` with an issue for each field that is wrong */
export async function draftIn(actor: Actor | null, form: FormData) {
  const reading: Reading = { actor, form, issues: [] }
  const name = textOf(form, 'name')
  if (!name) reading.issues.push({ path: 'name', message: 'Give it a name' })
  if (!textOf(form, 'dueAt')) reading.issues.push({ path: 'dueAt', message: 'Say until when' })
  const word = textOf(form, 'manager')
  const manager = word ? await personIn(reading, word, 'manager') : undefined
  const draft = {
    name,
    instructions: textOf(form, 'instructions'),
    filter: filterOf(reading),
    chain: await chainOf(reading),
    dueAt: dueIn(form),
    policy: await policyOf(reading),
    ...(manager && { manager }),
  }
  ensureRight(reading.issues)
  return draft
}
