// A report on last use as facts: what of each grant was seen in use, and when which service was tried last.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html
import { known, unknown, type Fact, type Instant } from '@/core/fact'
import { EXERCISED_MAX, type Exercised, type Of } from '@/core/observation'
import { givesAction, givesAnyOf, givesMore, type Gives } from './gives'
import { REPORT, type Report, type UsedService } from './last-accessed'

const DAY_MS = 24 * 3600_000
/** How far AWS looks back at least; less in regions that it began to support within that time. */
const LOOKS_BACK_DAYS = 400
/** "Recent activity usually appears within four hours." */
const SETTLES_MS = 4 * 3600_000

/** In whole days, which are others once a day: what moves with each sync would write every grant anew. Never more than was seen. */
export function windowOf(
  report: Report,
  madeAt: Instant | undefined,
): { from: Instant; to: Instant } | undefined {
  const at = Date.parse(report.at)
  const to = Math.floor((at - SETTLES_MS) / DAY_MS) * DAY_MS
  const from = Math.max(
    Math.ceil((at - LOOKS_BACK_DAYS * DAY_MS) / DAY_MS) * DAY_MS,
    madeAt === undefined ? 0 : Date.parse(madeAt),
  )
  return from < to ? { from: new Date(from).toISOString(), to: new Date(to).toISOString() } : undefined
}

/**
 * What of a grant was seen in use. AWS tells of each service that permissions policies let the holder use when it was last
 * tried (authenticated, which is not to say allowed), and of some actions the same. So: a service that was not tried was not
 * used; of one that was, the actions that are told one by one were used or were not; of its other actions (`s3:*`) no more is
 * known than that something of it was. Of services that are not in the report nothing is told.
 */
export function exercisedOf(
  report: Report,
  { gives, madeAt }: { gives: Gives; madeAt: Instant | undefined },
): Fact<Exercised> {
  const window = windowOf(report, madeAt)
  if (!window) return unknown('not-offered', REPORT, 'it is younger than what AWS has settled')
  const seen: string[] = []
  const services: string[] = []
  const actions: string[] = []
  for (const service of report.services) {
    if (!givesAnyOf(gives, service.namespace.toLowerCase())) continue
    const use = useOf(service, gives)
    if (use === undefined) services.push(`${service.namespace}:*`)
    else {
      seen.push(...use.seen)
      actions.push(...use.unseen)
    }
  }
  if (!seen.length && !services.length && !actions.length)
    return unknown('not-offered', REPORT, 'the report speaks of no service that this gives')
  if (seen.length > EXERCISED_MAX)
    return unknown('limited', REPORT, `more than ${EXERCISED_MAX} actions were seen in use`)
  // Whole services first: of what does not fit nothing is told.
  const used = [...new Set(seen)].sort()
  const unused = new Set(actions.filter((one) => !used.includes(one)).sort())
  const unseen = [...new Set([...services.sort(), ...unused])].slice(0, EXERCISED_MAX)
  return known({ ...window, actions: used, unseen, total: used.length + unseen.length }, REPORT)
}

/** Undefined where nothing of the service was used. */
function useOf(service: UsedService, gives: Gives): { seen: string[]; unseen: string[] } | undefined {
  const { namespace, usedAt, actions } = service
  const times = actions.flatMap((one) => one.usedAt ?? [])
  if (usedAt === undefined && !times.length) return undefined
  const full = (name: string): string => `${namespace}:${name}`
  const lower = new Set(actions.map(({ name }) => full(name).toLowerCase()))
  const given = actions.filter(({ name }) => givesAction(gives, full(name).toLowerCase()))
  const last = times.sort().at(-1)
  // What was tried last is one of the actions told one by one, unless the service was tried later than all of these.
  const wasMore = last === undefined || (usedAt !== undefined && usedAt > last)
  const seen = given.flatMap((one) => (one.usedAt === undefined ? [] : [full(one.name)]))
  if (wasMore && givesMore(gives, namespace.toLowerCase(), lower)) seen.push(`${namespace}:*`)
  return { seen, unseen: given.flatMap((one) => (one.usedAt === undefined ? [full(one.name)] : [])) }
}

/** When which service was tried last. It is not called done: AWS counts what was refused as well. */
export const usesOf = (identity: string, { services }: Report): Of<'usage'>[] =>
  services.flatMap(({ namespace, usedAt, region }) =>
    usedAt === undefined
      ? []
      : [
          {
            kind: 'usage',
            nativeId: `${identity}/last-tried/${namespace}`,
            identity,
            at: usedAt,
            what: `${namespace}${region ? ` in ${region}` : ''} (tried, allowed or not)`,
          },
        ],
  )
