// Asks whether a subject may do several things, on one and the same resource where they are about one kind of it.
import type { Ask, AwsAccess } from '../aws-access'
import { covers } from '../glob'
import type { Holding } from '../holding'
import { allOf, anyOf, judged, unless, type Judged } from '../judged'
import { common, overlap } from '../match'
import type { Subject } from '../subject'
import { no } from '../../three-valued'
import { filled } from '../variables'
import { REGION, turnedOn } from '../regions'
import { KINDS, type May } from './definition'

/** Names tried for what patterns leave open: two that no policy is likely to name. */
const NAMES = ['rollcall-any-1', 'zq7']
const SAMPLES_MAX = 60

const patternOf = ({ action, at }: May, { partition, account }: ReturnType<AwsAccess['placeOf']>): string => {
  if (at !== undefined) return `arn:${partition}:${KINDS[at].replace('A', account)}`
  return `arn:${partition}:${action.slice(0, action.indexOf(':'))}:*:${account}:*`
}

/**
 * Whether all of it is allowed somewhere: for actions on the same kind of resource on one that fits, existing or still to
 * be made, and for the rest on any.
 */
export function mayAll(access: AwsAccess, subject: Subject, actions: readonly May[]): Judged {
  const { answers } = subject.holding
  const key = `may ${access.alike(subject)} ${JSON.stringify(actions)}`
  const known = answers.get(key) as Judged | undefined
  if (known) return known
  const place = access.placeOf(subject)
  const groups = new Map<string, Ask[]>()
  for (const one of actions) {
    const resource = patternOf(one, place)
    const name = one.at === undefined ? `${one.action} ${resource}` : resource
    groups.set(name, [...(groups.get(name) ?? []), { action: one.action, resource }])
  }
  const all = [...groups.values()]
  const answer = inOneRegion(access, subject, all.flat(), (within) =>
    lazily(all, (asks) => together(access, subject, asks.map(within))),
  )
  if (
    isPlain(
      access,
      subject.holding,
      actions.map(({ action }) => action),
    )
  )
    answers.set(key, answer)
  return answer
}

/** As `allOf`, asking no further once something is refused. */
function lazily<T>(of: readonly T[], judge: (one: T) => Judged): Judged {
  const found: Judged[] = []
  for (const one of of) {
    const answer = judge(one)
    if (answer.value === 'no') return answer
    found.push(answer)
  }
  return allOf(found)
}

/** Whether it is allowed on some resource that there is or could be. */
export const maySomewhere = (access: AwsAccess, subject: Subject, action: string): Judged =>
  inOneRegion(access, subject, [{ action, resource: '*' }], (within) =>
    together(access, subject, [within({ action, resource: '*' })]),
  )

type Within = (ask: Ask) => Ask
const REGION_FIELD = 3
/** What is needed together happens in one region, which whoever asks chooses where conditions are about it. */
function inOneRegion(
  access: AwsAccess,
  subject: Subject,
  asks: readonly Ask[],
  judge: (within: Within) => Judged,
): Judged {
  const regions = access.regions(subject, asks)
  if (!regions.length) return judge((ask) => ask)
  return anyOf(
    regions.map(({ sample, on }) => {
      const answer = judge((ask) => {
        if (!access.isRegional(subject, ask)) return ask
        const fields = ask.resource.split(':')
        const resource =
          fields[REGION_FIELD] === '*' ? fields.with(REGION_FIELD, sample).join(':') : ask.resource
        return { ...ask, resource, context: { ...ask.context, [REGION]: sample } }
      })
      return on || answer.value === 'no' ? answer : unless(answer, [turnedOn(sample)])
    }),
  )
}

const NOWHERE = judged(no('No resource is allowed all that is needed.'))

/** All asks are about the same pattern of resources. */
function together(access: AwsAccess, subject: Subject, asks: readonly Ask[]): Judged {
  const everywhere = asks.map((ask) => access.judge(subject, ask))
  const refused = everywhere.find(({ value }) => value === 'no')
  if (refused) return refused
  const whole = allOf(everywhere)
  if (whole.value === 'yes') return whole
  const open = asks.filter((_, at) => everywhere[at]?.value === 'depends')
  const samples = samplesOf(access, subject, open)
  if (!samples.length) {
    const nothing = open.some((ask) => !allowing(access, subject, ask).length)
    return open.length > 1 || (nothing && !whole.missing.length) ? NOWHERE : whole
  }
  const best = anyOf(
    samples.map((resource) => allOf(asks.map((ask) => access.judge(subject, { ...ask, resource })))),
  )
  // Samples cannot show that there is nothing; that no two patterns meet can.
  return best.value === 'no' ? whole : best
}

/** Resources that fit what allows each of the actions; none where what allows two of them has nothing in common. */
function samplesOf(access: AwsAccess, subject: Subject, asks: readonly Ask[]): string[] {
  const [first, second] = asks
  if (!first) return []
  const found = new Set<string>()
  const others = second ? allowing(access, subject, second) : [first.resource]
  for (const a of allowing(access, subject, first))
    for (const b of others) {
      if (found.size >= SAMPLES_MAX) return [...found]
      for (const name of NAMES) {
        const both = meeting(a, b, name)
        if (both === undefined) continue
        const sample = meeting(both, first.resource, name)
        if (sample !== undefined) found.add(sample)
        for (const one of [a, b]) found.add(meeting(one, first.resource, name) ?? '')
      }
    }
  return [...found].filter((one) => one !== '')
}

/**
 * A text that both patterns cover, part by part where they have as many: a star of one part of an ARN stands for no other
 * part of a resource that exists.
 */
function meeting(a: string, b: string, name: string): string | undefined {
  const [x, y] = [a.split(':'), b.split(':')]
  if (x.length !== y.length) return overlap(a, b) ? common(a, b, name) : undefined
  const parts = x.map((part, at) => {
    const other = y[at] ?? ''
    return overlap(part, other) ? common(part, other, name) : undefined
  })
  return parts.every((part) => part !== undefined) ? parts.join(':') : undefined
}

function allowing(access: AwsAccess, subject: Subject, { action, resource, context }: Ask): string[] {
  const known = access.contextFor(subject, { action, resource, context })
  return subject.holding.own.of(action.toLowerCase()).allow.flatMap(({ resources }) =>
    resources.except
      ? [resource]
      : resources.patterns.flatMap((template) => {
          const pattern = filled(template, known, true)?.pattern
          const here = pattern === undefined ? undefined : inRegion(pattern, context?.[REGION])
          return here !== undefined && overlap(here, resource) ? [here] : []
        }),
  )
}

/** What of a pattern is in the region that a request is for. */
function inRegion(pattern: string, region: string | readonly string[] | undefined): string | undefined {
  const fields = pattern.split(':')
  const field = fields[REGION_FIELD]
  if (typeof region !== 'string' || fields.length <= REGION_FIELD + 2 || !field) return pattern
  return covers(field, region) ? fields.with(REGION_FIELD, region).join(':') : undefined
}

/** Whether what is held, and all that caps it, says the same of these actions whoever holds it. */
export function isPlain(access: AwsAccess, holding: Holding, actions: readonly string[]): boolean {
  const { service, resource } = access.facts.ceilings
  return [...holding.layers, ...service, ...resource].every((layer) =>
    actions.every((action) => {
      const { allow, deny } = layer.of(action.toLowerCase())
      return allow.every(({ plain }) => plain) && deny.every(({ plain }) => plain)
    }),
  )
}
