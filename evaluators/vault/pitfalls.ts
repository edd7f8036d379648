// Weak spots of who can become a role, and of how long it lasts: F24 (V13 to V16), V12, V17, V18, V19.
import type { Pitfall, Principal, TrustStatement } from '@/core/access'
import { issuerOf, widthOf, widthOfIssuer, type Issuer, type Width } from '../federation'
import { textsOf } from './callers'
import { rulesOf } from './rules'
import type { World } from './world'

type Found = Omit<Pitfall, 'trust'>
type Severity = Pitfall['severity']
const found = (id: string, severity: Severity, words: string, answer: 'yes' | 'depends' = 'yes'): Found => ({
  id,
  severity,
  answer,
  because: [words],
})

export function pitfallsOf(world: World, id: string): Pitfall[] {
  const principal = world.principals.get(id)
  if (!principal) return []
  const { trusts, type } = principal
  const by = (trust: string, all: readonly Found[]): Pitfall[] => all.map((one) => ({ ...one, trust }))
  const anyone = trusts.find(({ principalType }) => principalType === 'anyone')
  return [
    ...trusts.flatMap((trust) => {
      if (trust.effect !== 'allow' || trust.principalType === 'unresolvable') return []
      if (type === 'vault.kubernetes-role') return by(trust.id, ofAccounts(trust))
      return type === 'vault.jwt-role' ? by(trust.id, ofTokens(trust)) : []
    }),
    ...(type === 'vault.approle-role' ? by(anyone?.id ?? principal.id, ofAppRole(principal)) : []),
    ...by(principal.id, ofLifetimes(principal)),
    ...principal.held.flatMap((held) => by(held.id, ofTemplates(held))),
  ]
}

const isGlob = (text: string): boolean => text.includes('*')

/** V13, V14, V18. Names and namespaces are globs: `path_login.go` of the Kubernetes method. */
function ofAccounts({ principal, conditions = {} }: TrustStatement): Found[] {
  const [namespace = '', name = ''] = principal.split('/')
  const all: Found[] = []
  const wide = widthOfNames(
    namespace,
    name,
    conditions['bound_service_account_namespace_selector'] !== undefined,
  )
  if (wide) all.push(wide)
  if (!textsOf(conditions['audience']).length)
    all.push(
      found(
        'F24-V14',
        'low',
        'It asks for no audience: a token that a pod was given for something else signs in as well.',
      ),
    )
  if (conditions['alias_name_source'] === 'serviceaccount_name')
    all.push(
      found(
        'V18',
        'medium',
        'Its entities go by the name of the service account: one that is deleted and made anew under the name inherits what the entity holds.',
      ),
    )
  return all
}
function widthOfNames(namespace: string, name: string, isSelected: boolean): Found | undefined {
  const f24 = (severity: Severity, words: string) =>
    found('F24-V13', severity, words, isSelected ? 'depends' : 'yes')
  const where = isSelected
    ? 'of the namespaces whose labels it selects, which are not known here'
    : 'of every namespace'
  if (namespace === '*' && name === '*')
    return f24(isSelected ? 'high' : 'critical', `It lets in every service account ${where}.`)
  if (namespace === '*')
    return f24(
      isSelected ? 'medium' : 'high',
      `It lets in service accounts named ${name} ${where}: whoever may make one there comes in.`,
    )
  if (isGlob(namespace))
    return f24(
      'high',
      `It lets in namespaces like ${namespace}: also one that somebody makes with such a name.`,
    )
  if (name === '*')
    return f24('medium', `It lets in every service account of the namespace ${namespace}, default too.`)
  if (isGlob(name))
    return f24(
      'medium',
      `It lets in service accounts like ${name} in ${namespace}: also one that somebody makes with such a name.`,
    )
  return undefined
}

const SEVERITY: Readonly<Record<Width['width'], Severity | undefined>> = {
  everyone: 'critical',
  lookalikes: 'high',
  cluster: 'high',
  organisation: 'medium',
  namespace: 'medium',
  repository: 'low',
  one: undefined,
}
const ORDER: readonly Width['width'][] = [
  'one',
  'repository',
  'namespace',
  'organisation',
  'cluster',
  'lookalikes',
  'everyone',
]

/** V15, V16, V18: how wide what it asks of tokens is, by the narrowest of its claims, since all have to hold. */
function ofTokens({ principal, conditions = {} }: TrustStatement): Found[] {
  const issuer = issuerOf(principal)
  const glob = conditions['bound_claims_type'] === 'glob'
  const claims = boundClaims(conditions)
  const all: Found[] = []
  const broken = glob ? [] : claims.filter(({ exact, value }) => !exact && isGlob(value))
  for (const { claim, value } of broken)
    all.push(
      found(
        'F05',
        'low',
        `${claim} is ${value}, and bound_claims_type is not glob: the star is meant as itself, and nobody comes in by it.`,
      ),
    )
  const user = conditions['user_claim']
  if (issuer && typeof user === 'string' && issuer.claims[user]?.chosen)
    all.push(
      found(
        'V18',
        'medium',
        `Its entities go by the claim ${user}, which whoever asks ${issuer.name} for a token can choose: so somebody can come in as another entity.`,
      ),
    )
  const telling = claims.filter(({ claim }) => claim !== 'aud')
  const wide = telling.length ? narrowest(issuer, telling, glob) : openTo(issuer, principal)
  return wide ? [...all, wide] : all
}

type Bound = { claim: string; value: string; exact: boolean }
function boundClaims(conditions: Readonly<Record<string, unknown>>): Bound[] {
  const { bound_subject: subject, bound_claims: claims } = conditions
  const entries = typeof claims === 'object' && claims !== null ? Object.entries(claims) : []
  return [
    ...textsOf(subject).map((value) => ({ claim: 'sub', value, exact: true })),
    ...entries.flatMap(([claim, values]) =>
      textsOf(values).map((value) => ({ claim: claim.replace(/^\//, ''), value, exact: false })),
    ),
  ]
}

function openTo(issuer: Issuer | undefined, name: string): Found {
  const words = issuer ? widthOfIssuer(issuer).words : `everyone whom ${name.slice(0, 120)} serves`
  const severity: Severity = issuer?.serves === 'everyone' ? 'critical' : 'high'
  const chosen = ' An audience alone keeps nobody out where whoever asks for a token chooses it.'
  return found('F24-V15', severity, `It binds neither subject nor claims: it lets in ${words}.${chosen}`)
}

/** Values of one claim are alternatives: the widest of them counts; claims hold together: the narrowest of these. */
function narrowest(issuer: Issuer | undefined, bounds: readonly Bound[], glob: boolean): Found | undefined {
  let best: { width: Width['width']; words: string; who: string; claims: boolean } | undefined
  for (const claim of new Set(bounds.map((one) => one.claim))) {
    let worst: Width | undefined
    for (const { value, exact } of bounds.filter((one) => one.claim === claim)) {
      const open = glob && !exact && isGlob(value)
      const width: Width | undefined =
        widthOf(issuer, claim, value, open ? 'pattern' : 'exact') ?? unknownWidth(value, open)
      if (!worst || ORDER.indexOf(width.width) > ORDER.indexOf(worst.width)) worst = width
    }
    if (!worst || (best && ORDER.indexOf(best.width) <= ORDER.indexOf(worst.width))) continue
    best = { width: worst.width, words: worst.words, who: worst.whoCouldCreate ?? '', claims: true }
  }
  const severity = best && SEVERITY[best.width]
  if (!best || !severity) return undefined
  const who = best.who ? ` That can be made by ${best.who}.` : ''
  const id = best.width === 'everyone' ? 'F24-V15' : 'F24-V16'
  return found(id, severity, `It lets in ${best.words}.${who}`, issuer ? 'yes' : 'depends')
}

/** Of an issuer that is not known nobody can say who else could have such a claim. */
const unknownWidth = (value: string, open: boolean): Width =>
  open
    ? {
        width: value.startsWith('*') ? 'cluster' : 'organisation',
        words: `whoever has a claim like ${value}; who that can be is not known of this issuer`,
        byName: true,
      }
    : { width: 'one', words: value, byName: true }

/** V12. Zero means no end and any number: api-docs/auth/approle. */
function ofAppRole({ tags }: Principal): Found[] {
  if (!tags) return []
  const addresses = [tags['secret_id_bound_cidrs'], tags['token_bound_cidrs']].filter(
    (one) => one !== undefined,
  )
  const kept = addresses.length ? ` Only addresses keep others out: ${addresses.join(', ')}.` : ''
  if (tags['bind_secret_id'] === 'false')
    return [
      found(
        'V12',
        addresses.length ? 'medium' : 'high',
        `It asks for no secret id: whoever knows its role id signs in.${kept}`,
      ),
    ]
  const endless = tags['secret_id_ttl'] === 'no end'
  const unlimited = tags['secret_id_num_uses'] === 'any number'
  if (!endless) return []
  const words = `Its secret ids never end${unlimited ? ' and may be used any number of times' : ''}: one that leaks signs in until somebody removes it.${kept}`
  return [found('V12', addresses.length || !unlimited ? 'low' : 'medium', words)]
}

const DAYS_MAX = 30
const inDays = (text: string | undefined): number => {
  const [, count = '0', unit = ''] = /^(\d+) (d|h|min|s)$/.exec(text ?? '') ?? []
  return Number(count) / ({ d: 1, h: 24, min: 1440, s: 86_400 }[unit] ?? 1)
}
/** V17. Periodic tokens have no longest life; batch tokens cannot be revoked one by one: concepts/tokens. */
function ofLifetimes({ tags = {} }: Principal): Found[] {
  const all: Found[] = []
  const { token_period: period, token_explicit_max_ttl: most, token_type: sort, orphan } = tags
  if (period !== undefined && most === undefined) {
    const alone = orphan === 'true' ? ' They are orphans: they outlive whoever made them.' : ''
    all.push(
      found(
        'V17',
        'medium',
        `Its tokens are renewed for as long as somebody renews them, each time for ${period}.${alone}`,
      ),
    )
  }
  const long = ['token_ttl', 'token_max_ttl', 'token_explicit_max_ttl'].find(
    (tag) => inDays(tags[tag]) > DAYS_MAX,
  )
  if (long !== undefined) all.push(found('V17', 'low', `Its tokens live long: ${long} is ${tags[long]}.`))
  if (sort === 'batch')
    all.push(found('V17', 'low', 'Its tokens are batch tokens: none can be revoked by itself.'))
  return all
}

const BY_NAME =
  /\{\{\s*identity\.(entity\.(name|metadata\.|aliases\.[^.{}]+\.(name|metadata\.))|groups\.names\.)/
/** V19. The policy `default` lets everybody read the entity that they are: that gives nothing. */
function ofTemplates({ name, document }: Principal['held'][number]): Found[] {
  const rules = document ? (rulesOf(name, document) ?? []) : []
  const named = rules.filter(
    ({ path }) => BY_NAME.test(path) && !/^\/?identity\/entity\/(id|name)\//.test(path),
  )
  if (!named.length) return []
  const paths = named.slice(0, 3).map(({ path }) => path.slice(0, 120))
  return [
    found(
      'V19',
      'low',
      `Paths of the policy ${name.slice(0, 120)} go by names (${paths.join(', ')}): whoever bears the name later has them. Ids do not change hands.`,
    ),
  ]
}
