// Weak spots of who gets a SPIFFE ID and what comes with it: F25 (wide entries), F27 (rights), F28 (federation).
import type { Pitfall, Principal } from '@/core/access'
import { fitsPattern } from '@/core/join'
import type { Domain, Entry } from './domain'
import { MEANS, rightsOf } from './rights'
import { isFleet, widthOfNodes, widthOfWorkload, type Width } from './width'

export function pitfallsOf(domain: Domain, id: string): Pitfall[] {
  const principal = domain.principals.get(id)
  if (!principal) return []
  return [
    ...domain.entriesOf(id).flatMap((entry) => ofSelectors(domain, entry)),
    ...ofUnread(domain, principal),
    ...ofRights(domain, principal),
    ...domain.entriesOf(id).flatMap((entry) => ofFederation(domain, entry)),
  ]
}

const UNTIL = (until: string | undefined): string =>
  until === undefined ? '' : ` The entry ends on ${until}.`

/** F25: a workload has to fit every selector, on a node that is the parent or goes by it. */
function ofSelectors(domain: Domain, { trust, identity, parent, selectors, until }: Entry): Pitfall[] {
  const all = [...selectors]
  const isNode = domain.isAlias(identity)
  const width = isNode ? widthOfNodes(all) : widthOfWorkload(all)
  if (!width) return []
  const where = isNode ? '' : whereOf(domain, parent, all)
  return [{ id: 'F25', trust, ...severer(width, where), because: [`${width.words}${where}${UNTIL(until)}`] }]
}

/** Kubernetes says where a pod is; of processes and containers only the parent does. */
function whereOf(domain: Domain, parent: string, selectors: readonly string[]): string {
  if (selectors.some((one) => one.startsWith('k8s:'))) return ''
  const isBroad = domain.entriesOf(parent).some((entry) => isFleet([...entry.selectors]))
  return isBroad ? ` Its parent ${parent} stands for many nodes.` : ''
}
const HARDER: Readonly<Record<Width['severity'], Width['severity']>> = {
  low: 'medium',
  medium: 'high',
  high: 'high',
  critical: 'critical',
}
const severer = ({ severity, answer }: Width, where: string) => ({
  severity: where === '' ? severity : HARDER[severity],
  answer,
})

function ofUnread(domain: Domain, { id }: Principal): Pitfall[] {
  if (!domain.unread.has(id)) return []
  const because = ['An entry of it is in no form that is known: whom it is for is not told.']
  return [{ id: 'F25', trust: id, answer: 'depends', severity: 'low', because }]
}

/** F27: whoever gets the identity decides about all others of the trust domain. */
function ofRights(domain: Domain, principal: Principal): Pitfall[] {
  const { id, held } = principal
  return rightsOf(domain, principal).rights.map((right) => ({
    id: 'F27',
    trust: held.find(({ document }) => document?.['right'] === right)?.id ?? id,
    answer: 'yes',
    severity: domain.entriesOf(id).some(isWide) ? 'critical' : 'high',
    because: [MEANS[right]],
  }))
}
const isWide = ({ selectors }: Entry): boolean => {
  const width = widthOfWorkload([...selectors])
  return width?.answer === 'yes' && width.severity !== 'low'
}

/** F28: federation only tells who somebody of the other domain is; who lets all of them in trusts every workload there. */
function ofFederation(domain: Domain, { trust, federates }: Entry): Pitfall[] {
  return federates.map((foreign): Pitfall => {
    const whole = `spiffe://${foreign}/*`
    const relying = domain.realm.elsewhere.filter(({ trusts }) =>
      trusts.some(
        ({ principal, conditions, effect }) => effect === 'allow' && names([principal, conditions], whole),
      ),
    )
    if (relying.length)
      return {
        id: 'F28',
        trust,
        answer: 'yes',
        severity: 'medium',
        because: [
          `It federates with ${foreign}, and every workload there is let in by ${relying
            .slice(0, 3)
            .map(({ name }) => name)
            .join(', ')}${relying.length > 3 ? ` and ${relying.length - 3} more` : ''}.`,
        ],
      }
    return {
      id: 'F28',
      trust,
      answer: 'depends',
      severity: 'low',
      because: [
        `It federates with ${foreign}: it can tell who is of it, and which of them it lets in the workload itself decides, which is not told.`,
      ],
    }
  })
}

/** Whether a text anywhere in it is a pattern that all of the domain fits. */
function names(value: unknown, whole: string): boolean {
  if (typeof value === 'string') {
    const at = value.indexOf('spiffe://')
    return at >= 0 && value.includes('*') && fitsPattern(value.slice(at), whole)
  }
  if (Array.isArray(value)) return value.some((one) => names(one, whole))
  return typeof value === 'object' && value !== null && Object.values(value).some((one) => names(one, whole))
}
