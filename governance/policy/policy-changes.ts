// How two policies differ, in words a person would use.
import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { Policy, RulePolicy } from '@/core/policy'
import { rules } from '@/rules'
import { pruned } from './pruned'

export type PolicyChange = {
  /** In which part of the policy. */
  section: 'rules' | 'environments' | 'breakGlass' | 'suppliers' | 'endTags' | 'ownerTags'
  /** The rule it is about, where it is about one. */
  ruleId?: string
  what: string
  /** Left out where there was nothing, or is nothing any more. */
  before?: string
  after?: string
}

export const SECTIONS: Readonly<Record<PolicyChange['section'], string>> = {
  rules: 'Limits of rules',
  environments: 'Environments',
  breakGlass: 'Emergency identities',
  suppliers: 'Suppliers',
  endTags: 'End tags',
  ownerTags: 'Owner tags',
}

/** A value of a parameter as people read it. */
export const valueWords = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value)

/** What a parameter is called, as the rule says. */
export function paramTitle(ruleId: string, name: string): string {
  const params = rules.find(({ meta }) => meta.id === ruleId)?.meta.params
  const field: unknown = params instanceof z.ZodObject ? params.shape[name] : undefined
  return (field instanceof z.ZodType ? field.meta()?.title : undefined) ?? name
}

/** For which subjects a special setting is. */
export const specialWords = ({ types, environments }: RulePolicy['for'][number]): string =>
  [types && `types ${types.join(', ')}`, environments && `environments ${environments.join(', ')}`]
    .filter(Boolean)
    .join(' in ') || 'everything'

type Entry = readonly [what: string, words: string]

function settingEntries(
  ruleId: string,
  { params = {}, severity }: Pick<RulePolicy, 'params' | 'severity'>,
): Entry[] {
  return [
    ...Object.entries(params).map(([name, value]): Entry => [paramTitle(ruleId, name), valueWords(value)]),
    ...(severity ? [['Severity', severity] as const] : []),
  ]
}

const ruleEntries = (ruleId: string, rule: RulePolicy | undefined): Entry[] =>
  !rule
    ? []
    : [
        ...(rule.off !== undefined ? [['Turned off', rule.off] as const] : []),
        ...settingEntries(ruleId, rule),
        ...rule.for.map((special): Entry => {
          const says = settingEntries(ruleId, special).map(([what, words]) => `${what}: ${words}`)
          return [`For ${specialWords(special)}`, says.join('; ') || 'as usual']
        }),
      ]

type About = Pick<PolicyChange, 'section' | 'ruleId'>

/** Entries are told apart by what they are about; those about the same by their order. */
function changesOf(about: About, before: readonly Entry[], after: readonly Entry[]): PolicyChange[] {
  const keyed = (entries: readonly Entry[]) => {
    const seen = new Map<string, number>()
    return new Map(
      entries.map(([what, words]) => {
        const nth = (seen.get(what) ?? 0) + 1
        seen.set(what, nth)
        return [`${what}\n${nth}`, { what, words }]
      }),
    )
  }
  const [was, is] = [keyed(before), keyed(after)]
  const changes = [...new Set([...was.keys(), ...is.keys()])].flatMap((key): PolicyChange[] => {
    const [from, to] = [was.get(key), is.get(key)]
    const what = to?.what ?? from?.what ?? ''
    if (from?.words === to?.words) return []
    return [{ ...about, what, ...(from && { before: from.words }), ...(to && { after: to.words }) }]
  })
  const both = (one: typeof was, other: typeof was) => [...one.keys()].filter((key) => other.has(key))
  return isDeepStrictEqual(both(was, is), both(is, was))
    ? changes
    : [...changes, { ...about, what: 'Order', before: order(both(was, is)), after: order(both(is, was)) }]
}
const order = (keys: readonly string[]): string => keys.map((key) => key.split('\n')[0]).join(' → ')

type List = [about: About, entries: (policy: Policy) => Entry[]]
const LISTS: readonly List[] = [
  [{ section: 'environments' }, ({ environments: { tags } }) => [['Tags', tags.join(', ')]]],
  [
    { section: 'environments' },
    ({ environments: { names } }) =>
      names.map(({ environment, also, production }) => [
        `Names of ${environment}`,
        `${also.join(', ') || 'its own only'}${production ? ' (production)' : ''}`,
      ]),
  ],
  [
    { section: 'environments' },
    ({ environments: { places } }) =>
      places.map(({ place, environment }) => [`Places named ${place}`, environment]),
  ],
  [{ section: 'endTags' }, ({ endTags }) => [['Tags', endTags.join(', ')]]],
  [{ section: 'ownerTags' }, ({ ownerTags }) => (ownerTags.length ? [['Tags', ownerTags.join(', ')]] : [])],
  [
    { section: 'breakGlass' },
    ({ breakGlass }) => breakGlass.map(({ identity, why, until }) => [identity, `until ${until}: ${why}`]),
  ],
  [
    { section: 'suppliers' },
    ({ suppliers }) =>
      suppliers.map(({ name, identities, endedOn, contact }) => [
        name,
        [identities.join(', ') || 'no identities', endedOn && `ended on ${endedOn}`, contact]
          .filter(Boolean)
          .join('; '),
      ]),
  ],
]

export function policyChanges(from: Policy, to: Policy): PolicyChange[] {
  const [before, after] = [pruned(from), pruned(to)]
  const ids = [...new Set([...Object.keys(before.rules), ...Object.keys(after.rules)])].sort()
  return [
    ...ids.flatMap((ruleId) =>
      changesOf(
        { section: 'rules', ruleId },
        ruleEntries(ruleId, before.rules[ruleId]),
        ruleEntries(ruleId, after.rules[ruleId]),
      ),
    ),
    ...LISTS.flatMap(([about, entries]) => changesOf(about, entries(before), entries(after))),
  ]
}

const ruleTitle = (id: string): string => rules.find(({ meta }) => meta.id === id)?.meta.title ?? id

/** One change as a line. */
export function changeWords({ section, ruleId, what, before, after }: PolicyChange): string {
  const about = ruleId === undefined ? SECTIONS[section] : ruleTitle(ruleId)
  if (before === undefined) return `${about}: ${what}: ${after} (new)`
  if (after === undefined) return `${about}: ${what}: no longer ${before}`
  return `${about}: ${what}: ${before} → ${after}`
}
