// Weaknesses of federated credentials: rows of the table of federation pitfalls that Entra can have.
import type { Pitfall, Principal, TrustStatement } from '@/core/access'
import { bareIssuer, issuerOf, widthOf, type Issuer, type Width } from '../federation'
import { clausesOf, type Clause } from './expression'
import type { Tenant } from './tenant'
import { short } from './words'

type Found = Omit<Pitfall, 'trust'>
const pitfall = (
  id: string,
  severity: Pitfall['severity'],
  answer: Pitfall['answer'],
  ...because: string[]
): Found => ({ id, severity, answer, because })

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** What Microsoft says the audience should be, in each of its clouds. */
const AUDIENCES = new Set([
  'api://AzureADTokenExchange',
  'api://AzureADTokenExchangeUSGov',
  'api://AzureADTokenExchangeChina',
])

const isPullRequest = (issuer: Issuer | undefined, subject: string): boolean =>
  issuer?.id.startsWith('github') === true && subject.endsWith(':pull_request')

function exactSubject(url: string, subject: string): Found[] {
  const issuer = issuerOf(url)
  const found: Found[] = []
  if (/[*?]/.test(subject))
    found.push(
      pitfall(
        'F05',
        'low',
        'yes',
        `The subject ${short(subject)} is compared as it stands: its wildcard stands for nothing, so nobody fits.`,
      ),
    )
  const width = found.length ? undefined : widthOf(issuer, 'sub', subject, 'exact')
  if (!width) return found
  if (isPullRequest(issuer, subject))
    found.push(
      pitfall(
        'F04',
        'medium',
        'yes',
        `Every pull request of the repository is let in (${short(subject)}), whatever branch it comes from.`,
      ),
    )
  else found.push(...ofWidth(width))
  if (width.byName && issuer)
    found.push(
      pitfall(
        'F10',
        'low',
        'yes',
        `The ${issuer.place} is named by names: whoever takes over the name of the ${issuer.owner} or the ${issuer.place} is let in.`,
      ),
    )
  return found
}

/** From the narrowest to the widest. */
const ORDER = ['one', 'repository', 'namespace', 'organisation', 'cluster', 'lookalikes', 'everyone'] as const

function ofWidth({ width, words, whoCouldCreate }: Width): Found[] {
  const made = whoCouldCreate === undefined ? '' : ` That can be made by ${whoCouldCreate}.`
  const said = `It lets in ${words}.${made}`
  if (width === 'everyone' || width === 'lookalikes') return [pitfall('F19', 'critical', 'yes', said)]
  return width === 'one' || width === 'repository' ? [] : [pitfall('F19', 'high', 'yes', said)]
}

/** All clauses have to hold, so that the narrowest of them counts. */
function ofExpression(url: string, expression: string): Found[] {
  const clauses = clausesOf(expression)
  if (!clauses)
    return [
      pitfall('F19', 'medium', 'depends', `Its expression is not understood here: ${short(expression)}.`),
    ]
  const issuer = issuerOf(url)
  if (!clauses.some(({ claim }) => claim === 'sub'))
    return [
      pitfall(
        'F19',
        'high',
        'yes',
        'Its expression does not ask for the subject: a workflow that others may call does not say whose repository runs it.',
      ),
    ]
  const subjects = clauses.filter(({ claim }) => claim === 'sub')
  const exact = subjects.find(({ operator }) => operator === 'eq')
  if (exact) return exactSubject(url, exact.value)
  const widths = subjects.flatMap(({ value }) => widthOf(issuer, 'sub', value, 'pattern') ?? [])
  const [narrowest] = widths.sort((a, b) => ORDER.indexOf(a.width) - ORDER.indexOf(b.width))
  if (!narrowest)
    return [
      pitfall(
        'F19',
        'medium',
        'depends',
        `What subjects of ${short(bareIssuer(url))} look like is not known here: who fits ${patterns(subjects)} is open.`,
      ),
    ]
  const isWhole = subjects.every(({ value }) => /^[^*?]*:\*+$/.test(value))
  return narrowest.width === 'repository' && isWhole
    ? [
        pitfall(
          'F04',
          'medium',
          'yes',
          `Any branch, tag, environment and pull request is let in: ${narrowest.words}.`,
        ),
      ]
    : ofWidth(narrowest)
}
const patterns = (clauses: readonly Clause[]): string =>
  short(clauses.map(({ value }) => value).join(' and '))

const AKS = /\.oic\.prod-aks\.azure\.com\//

function ofTrust({ conditions, principalType }: TrustStatement, tenant: Tenant): Found[] {
  const issuer = text(conditions?.['issuer'])
  if (principalType !== 'federated' || !conditions || issuer === undefined) return []
  const [subject, expression] = [text(conditions['subject']), text(conditions['claimsMatchingExpression'])]
  const audiences = Array.isArray(conditions['audiences']) ? conditions['audiences'] : []
  const found =
    subject !== undefined
      ? exactSubject(issuer, subject)
      : expression !== undefined
        ? ofExpression(issuer, expression)
        : [pitfall('F19', 'medium', 'depends', 'Which subjects it accepts could not be read.')]
  const others = audiences.filter((one) => typeof one === 'string' && !AUDIENCES.has(one))
  if (others.length)
    found.push(
      pitfall(
        'F08',
        'low',
        'yes',
        `It accepts tokens made for ${short(others.join(', '))}: tokens made for something else may fit.`,
      ),
    )
  const clusters = tenant.realm.things.filter(({ type }) => type === 'azure.aks-issuer')
  if (
    AKS.test(issuer) &&
    tenant.unseen('things').length === 0 &&
    !clusters.some(({ name }) => name.includes(bareIssuer(issuer)))
  )
    found.push(
      pitfall(
        'F12',
        'medium',
        'depends',
        `No cluster of this tenant issues tokens as ${short(bareIssuer(issuer))}: it is gone, or somebody else's.`,
      ),
    )
  return found
}

export const pitfallsOf = ({ trusts }: Principal, tenant: Tenant): Pitfall[] =>
  trusts.flatMap((trust) => ofTrust(trust, tenant).map((one) => ({ ...one, trust: trust.id })))
