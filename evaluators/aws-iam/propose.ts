// Policies that hold what was seen in use and what nothing tells of, statement by statement, without what was not seen.
import type { Held, Question } from '@/core/access'
import {
  exercisedOf,
  holding,
  plainName,
  textsIn,
  withheld,
  type Exercised,
  type Given,
  type Proposal,
  type Proposer,
  type Right,
} from '../proposal'
import { covers } from './glob'
import { Told } from './propose-narrowed'

const EVIDENCE =
  'AWS tells when a role or user last tried each service, and some actions that manage things (iam:GenerateServiceLastAccessedDetails, iam:GetServiceLastAccessedDetails): for 400 days, allowed or not. Which other actions were used stands in CloudTrail, which is not collected.'
const NOTES = [
  'Of services in use, actions that AWS does not tell one by one stay, such as those that read data; so do services that it does not report on.',
  'Attempts count as use, whether they were allowed or not. Rights that are only checked with other calls, such as iam:PassRole, stay.',
]
/** "Managed policies cannot exceed 6,144 characters", white space aside (reference_iam-quotas). */
const LENGTH_MAX = 6144

type Statement = Readonly<Record<string, unknown>>
const statementsOf = ({ document }: Held): Statement[] | undefined => {
  const raw: unknown = document?.['Statement']
  const all: unknown[] = Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]
  return all.length && all.every((one): one is Statement => typeof one === 'object' && one !== null)
    ? all
    : undefined
}
/** Actions are compared without regard to case (reference_policies_elements_action). */
const names = (patterns: readonly string[], action: string): boolean =>
  patterns.some((pattern) => covers(pattern.toLowerCase(), action.toLowerCase()))
function gives(statement: Statement, action: string): boolean {
  if (statement['Effect'] !== 'Allow') return false
  return 'NotAction' in statement
    ? !names(textsIn(statement['NotAction']), action)
    : names(textsIn(statement['Action']), action)
}

/** Rights as the document names them; beside a pattern, what is told of single actions that it covers. */
function usesOf(name: string, told: Exercised | undefined): Right[] {
  const { actions = [], unseen } = told ?? {}
  const covered = (one: string): boolean => one.toLowerCase() !== name.toLowerCase() && names([name], one)
  const isPattern = /[*?]/.test(name)
  if (!unseen) {
    const isUsed = actions.some((action) => names([name], action))
    return [{ name, use: isUsed ? (isPattern ? 'may-be' : 'seen') : 'not-seen' }]
  }
  const by = new Told({ actions, unseen })
  const own = { name, use: by.useOfRight(name) }
  if (!isPattern || own.use === 'not-seen') return [own]
  const single = actions.filter((one) => covered(one) && !/[*?]/.test(one))
  const gone = unseen.filter((one) => covered(one) && by.useOfRight(one) === 'not-seen')
  return [
    own,
    ...single.map((one): Right => ({ name: one, use: 'seen' })),
    ...gone.map((one): Right => ({ name: one, use: 'not-seen' })),
  ]
}

const rights: Proposer['rights'] = (held, given) => {
  const statements = statementsOf(held)
  if (!statements) return undefined
  const told = exercisedOf(given, held)
  const all = new Map<string, Right>()
  for (const one of statements) {
    if (one['Effect'] !== 'Allow') continue
    const listed: Right[] =
      'NotAction' in one
        ? [{ name: 'everything but some actions', use: told?.unseen ? 'may-be' : 'not-seen' }]
        : textsIn(one['Action']).flatMap((name) => usesOf(name, told))
    for (const right of listed) all.set(right.name, right)
  }
  const byName = [...all.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return { told: told !== undefined, rights: byName }
}

/** What stays of a statement's actions. Where a source tells of nothing but what was used, the rest was not. */
function staying(statement: Statement, { actions, unseen }: Exercised): string[] {
  if (!unseen) return [...actions].sort().filter((action) => gives(statement, action))
  const told = new Told({ actions, unseen })
  return [
    ...new Set(
      'NotAction' in statement
        ? told.leftBut(textsIn(statement['NotAction']))
        : textsIn(statement['Action']).flatMap((name) => told.left(name)),
    ),
  ]
}

/** Where services were last tried, by the lines of the connector: what regions are closed then matters only where it was used. */
function regionsOf({ uses }: Given): ReadonlyMap<string, string> {
  const found = uses.flatMap((line) => {
    const [, service, region] = /^([\w-]+) in ([a-z\d-]+) \(tried/.exec(line) ?? []
    return service !== undefined && region !== undefined ? [[service, region] as const] : []
  })
  // Newest first: of each service the first counts.
  return new Map(found.reverse())
}
const serviceOf = (action: string): string => action.slice(0, action.indexOf(':')).toLowerCase()

type Made = { held: Held; document: Record<string, unknown>; asks: Question[] }
/** @returns why there is none, in words; undefined where nothing of it stays */
function narrowed(
  held: Held,
  told: Exercised,
  regions: ReadonlyMap<string, string>,
): Made | string | undefined {
  const statements = statementsOf(held)
  if (!statements) return `${held.name} could not be read.`
  const seen = told.actions.filter((action) => !/[*?]/.test(action)).sort()
  const beyond = told.unseen
    ? undefined
    : seen.find((action) => !statements.some((one) => gives(one, action)))
  if (beyond !== undefined)
    return `${beyond} was seen in use by ${held.name}, which does not give it now: a proposal would give more.`
  const asks: Question[] = []
  const kept = statements.flatMap((one): Statement[] => {
    if (one['Effect'] !== 'Allow') return [one]
    const { NotAction: _, ...rest } = one
    const stay = staying(one, told)
    for (const action of seen.filter((action) => gives(one, action)))
      for (const resource of resourcesOf(one)) asks.push(asked(action, resource, regions))
    return stay.length ? [{ ...rest, Action: stay }] : []
  })
  const isEmpty = !kept.some((one) => one['Effect'] === 'Allow')
  // What it denies stays for as long as something else is held.
  return kept.length && (!isEmpty || statements.some((one) => one['Effect'] !== 'Allow'))
    ? { held, document: { Version: '2012-10-17', Statement: kept }, asks }
    : undefined
}
function asked(action: string, resource: string, regions: ReadonlyMap<string, string>): Question {
  const region = regions.get(serviceOf(action))
  return region === undefined
    ? { action, resource }
    : { action, resource, context: { 'aws:RequestedRegion': region } }
}

/** Allowing statements shrink to what may be used, with their resources and conditions; those that deny stay. */
function propose(given: Given): Proposal {
  const { realm, principal } = given
  const regions = regionsOf(given)
  const made: Made[] = []
  const told = principal.held.filter((held) => held.effect === 'allow' && exercisedOf(given, held))
  if (!told.length) return withheld(`Nothing tells which actions it uses. ${EVIDENCE}`)
  for (const held of told) {
    const use = exercisedOf(given, held)
    const one = use && narrowed(held, use, regions)
    if (typeof one === 'string') return withheld(one)
    if (one) made.push(one)
  }
  const others = principal.held.filter((held) => !told.includes(held))
  const name = plainName(principal.name, '-')
  const nameOf = (at: number): string => `${name}-${at + 1}`
  return {
    made: true,
    files: made.map(({ document }, at) => ({
      name: `${nameOf(at)}.json`,
      language: 'json',
      text: `${JSON.stringify(document, undefined, 2)}\n`,
    })),
    realm: holding(realm, principal.id, [
      ...others,
      ...made.map(({ held, document }, at) => ({ ...held, id: nameOf(at), name: nameOf(at), document })),
    ]),
    asks: made.flatMap(({ asks }) => asks),
    notes: [
      ...told.map(({ name: own }) => `${own} is to be removed.`),
      ...others.map(({ name: own, effect }) =>
        effect === 'allow'
          ? `${own} stays: nothing tells whether it is used.`
          : `${own} stays: it only limits.`,
      ),
      ...(told.some((held) => exercisedOf(given, held)?.unseen) ? NOTES : []),
      ...made.flatMap(({ document }, at) =>
        JSON.stringify(document).length > LENGTH_MAX
          ? [
              `${nameOf(at)} is longer than a managed policy may be (${LENGTH_MAX} characters): it has to be divided.`,
            ]
          : [],
      ),
    ].slice(0, 20),
  }
}

/** A resource that the statement covers for certain: itself, with its stars filled in. */
const resourcesOf = (statement: Statement): string[] =>
  textsIn(statement['Resource'])
    .slice(0, 5)
    .map((one) => (one === '*' ? one : one.replace(/[*?]/g, 'x')))

export const awsProposer: Proposer = { platform: 'aws', evidence: EVIDENCE, rights, propose }
