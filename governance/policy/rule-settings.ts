// What can be set of each rule, and what is set: parameters with their titles, units, bounds and defaults.
import { z } from 'zod'
import { RollcallError } from '@/core/errors'
import type { Instant } from '@/core/fact'
import { may, type Actor } from '@/core/permissions'
import { Policy, type RulePolicy } from '@/core/policy'
import type { Severity } from '@/core/rule'
import type { SubjectKind } from '@/core/subject'
import { db } from '@/prisma/client'
import { rules } from '@/rules'
import type { Registered } from '@/rules/registered'
import { currentPolicy } from './current-policy'
import { specialWords, valueWords } from './policy-changes'

export type ParamField = {
  name: string
  title: string
  kind: 'number' | 'list' | 'text'
  /** What a number counts, after its title: days, hours. */
  unit?: string
  default: unknown
  min?: number
  max?: number
  isWhole?: boolean
}
/** A rule, for whoever sets something of it. */
export type RuleFields = {
  id: string
  title: string
  topic: string
  subject: SubjectKind
  severity: Severity
  params: ParamField[]
}

type Json = {
  type?: string
  title?: string
  default?: unknown
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
}
/** Titles begin with what they count. */
const UNITS: Readonly<Record<string, string>> = { Days: 'days', Hours: 'hours', Share: 'of 1' }

function fieldOf(name: string, json: Json): ParamField {
  const title = json.title ?? name
  const isNumber = json.type === 'integer' || json.type === 'number'
  const unit = UNITS[title.split(' ')[0] ?? '']
  const isWhole = json.type === 'integer'
  const min =
    json.minimum ?? (isWhole && json.exclusiveMinimum !== undefined ? json.exclusiveMinimum + 1 : undefined)
  return {
    name,
    title,
    kind: isNumber ? 'number' : json.type === 'array' ? 'list' : 'text',
    default: json.default,
    ...(isNumber && unit !== undefined && { unit }),
    ...(isNumber && min !== undefined && { min }),
    ...(isNumber &&
      json.maximum !== undefined &&
      json.maximum < Number.MAX_SAFE_INTEGER && { max: json.maximum }),
    ...(isNumber && { isWhole }),
  }
}

export function paramFields({ meta }: Registered): ParamField[] {
  const { properties = {} } = z.toJSONSchema(meta.params, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, json]) => fieldOf(name, json as Json))
}

export const ruleFields = (): RuleFields[] =>
  rules.map((rule) => {
    const { id, title, topic, subject, severity } = rule.meta
    return { id, title, topic, subject, severity, params: paramFields(rule) }
  })

/** What is set of one rule, in words. */
export type RuleSettingsView = {
  /** The version it is from; 0 is what is built in. */
  version: number
  off?: string
  severity: { value: Severity; isSet: boolean }
  params: { title: string; value: string; default: string; unit?: string; isSet: boolean }[]
  special: { about: string; says: string[] }[]
}

/** The policy that counted at an instant. Left out: now. */
async function policyAt(known: Instant | undefined): Promise<{ version: number; policy: Policy }> {
  if (known === undefined) return currentPolicy()
  const row = await db.policy.findFirst({ where: { at: { lte: known } }, orderBy: { version: 'desc' } })
  return row
    ? { version: row.version, policy: Policy.parse(row.doc) }
    : { version: 0, policy: Policy.parse({}) }
}

function specialsOf(
  fields: readonly ParamField[],
  { for: special }: RulePolicy,
): RuleSettingsView['special'] {
  return special.map((one) => ({
    about: specialWords(one),
    says: [
      ...Object.entries(one.params ?? {}).map(([name, value]) => {
        const field = fields.find((each) => each.name === name)
        return `${field?.title ?? name}: ${valueWords(value)}`
      }),
      ...(one.severity ? [`Severity: ${one.severity}`] : []),
    ],
  }))
}

/**
 * For everybody who may read what the rule says. An emergency identity or a supplier is named nowhere in it.
 * @param known the instant it is about; left out: now
 */
export async function ruleSettings(actor: Actor, id: string, known?: Instant): Promise<RuleSettingsView> {
  if (!may(actor, 'finding:read')) throw new RollcallError('forbidden', 'You may not read findings.')
  const rule = rules.find(({ meta }) => meta.id === id)
  if (!rule) throw new RollcallError('not-found', `There is no rule ${id}.`)
  const { version, policy } = await policyAt(known)
  const settings = policy.rules[id]
  const fields = paramFields(rule)
  const { off, severity, params = {} } = settings ?? {}
  return {
    version,
    ...(off !== undefined && { off }),
    severity: { value: severity ?? rule.meta.severity, isSet: severity !== undefined },
    params: fields.map(({ name, title, unit, default: usual }) => ({
      title,
      value: valueWords(params[name] ?? usual),
      default: valueWords(usual),
      ...(unit !== undefined && { unit }),
      isSet: params[name] !== undefined,
    })),
    special: settings ? specialsOf(fields, settings) : [],
  }
}
