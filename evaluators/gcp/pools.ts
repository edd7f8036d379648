// Workload identity pools: which tokens the providers of a pool take, and what name they give to whoever brings one.
// Source: cloud.google.com/iam/docs/workload-identity-federation, "Attribute mappings" and "Attribute conditions".
import type { Ruling } from '@/core/access'
import { agree, all, any, depends, no, yes, type Answer } from '../three-valued'
import { compiled, evaluate, type Expression, type Names } from './cel'
import { failed, Given, known, unknown, within, equal, type Value } from './cel-values'
import type { Hierarchy } from './hierarchy'
import { isCluster, type Pool } from './members'
import { recordOf, short, textOf, textsOf, unseen } from './words'

export type Provider = {
  name: string
  pool: string
  project: string
  issuer: string | undefined
  awsAccount: string | undefined
  audiences: readonly string[]
  mapping: ReadonlyMap<string, Expression>
  condition: Expression | undefined
  disabled: boolean
  isRead: boolean
}
export type Token = { issuer: string; claims: Readonly<Record<string, string | readonly string[]>> }

const NAME = /^projects\/([^/]+)\/locations\/global\/workloadIdentityPools\/([^/]+)/
export const plainIssuer = (issuer: string): string => issuer.replace(/^https:\/\//, '').replace(/\/$/, '')

function providerOf({ id, document }: Ruling): Provider | undefined {
  const [, project, pool] = NAME.exec(textOf(document?.pool) ?? id) ?? []
  if (project === undefined || pool === undefined) return undefined
  const mapping = Object.entries(recordOf(document?.attributeMapping) ?? {})
  const condition = document?.attributeCondition
  return {
    name: id.replace(/\/rule$/, ''),
    pool,
    project,
    issuer: textOf(document?.issuer),
    awsAccount: textOf(document?.awsAccount),
    audiences: textsOf(document?.allowedAudiences) ?? [],
    mapping: new Map(mapping.map(([key, text]) => [key, compiled(typeof text === 'string' ? text : '')])),
    condition:
      condition === undefined || condition === null || condition === ''
        ? undefined
        : compiled(textOf(condition) ?? ''),
    disabled: document?.disabled === true,
    isRead: document !== undefined && recordOf(document.attributeMapping) !== undefined,
  }
}

export class Pools {
  private readonly byPool = new Map<string, Provider[]>()

  constructor(
    rulings: readonly Ruling[],
    private readonly hierarchy: Hierarchy,
  ) {
    for (const ruling of rulings) {
      const provider = ruling.type === 'gcp.workload-identity-rule' ? providerOf(ruling) : undefined
      if (!provider) continue
      const key = this.key(provider.project, provider.pool)
      this.byPool.set(key, [...(this.byPool.get(key) ?? []), provider])
    }
  }
  private key(project: string, pool: string): string {
    return `${this.hierarchy.projectId(project)} ${pool}`
  }
  of({ project, pool }: Pool): readonly Provider[] {
    return this.byPool.get(this.key(project, pool)) ?? []
  }

  /** Whether the bearer of the token comes in under the name of the member. */
  takes(pool: Pool, token: Token): Answer {
    if (isCluster(pool)) return ofCluster(pool, token)
    const providers = this.of(pool)
    if (!providers.length) return depends(unseen(`which tokens the pool ${pool.pool} takes was not read.`))
    return any(providers.map((provider) => takenBy(provider, pool, token)))
  }

  /** Whether a principal of AWS comes in under that name: it proves its ARN, and no token of an issuer. */
  takesArn(pool: Pool, arns: readonly string[]): Answer {
    const providers = this.of(pool).filter(({ awsAccount }) => awsAccount !== undefined)
    return any(providers.flatMap((provider) => arns.map((arn) => takenByArn(provider, pool, arn))))
  }
}

/** The pool of a project's clusters takes tokens of those clusters, and of clusters elsewhere that were made members of its fleet. */
function ofCluster({ project, pool, rest }: Pool, { issuer, claims }: Token): Answer {
  const name = /^subject\/ns\/([^/]+)\/sa\/(.+)$/.exec(rest)
  const subject = valueOf(claims, 'sub')
  const isMeant = name
    ? equal(subject, known(`system:serviceaccount:${name[1]}:${name[2]}`))
    : rest === '*'
      ? known(true)
      : unknown(`whether the token comes out as ${short(rest)} is not known`)
  const meant = truth(isMeant, 'The subject of the token')
  const own = /^container\.googleapis\.com\/v1\/projects\/([^/]+)\//.exec(plainIssuer(issuer))?.[1]
  const id = pool.replace(/\.svc\.id\.goog$/, '')
  const isOwn =
    own === id || own === project
      ? yes(`The issuer is a cluster of ${id}.`)
      : depends(`Whether the cluster that issues the token belongs to the pool ${pool} is not known.`)
  return all([meant, isOwn])
}

const valueOf = (claims: Token['claims'], key: string): Value => {
  if (!Object.hasOwn(claims, key)) return unknown(`the claim ${key} is not known`)
  const given = claims[key] ?? []
  if (typeof given === 'string') return known(given)
  return given.length ? known(given.map((one) => known(one))) : failed(`the claim ${key} is absent`)
}
function assertionOf(token: Token): Given {
  const entries = new Map<string, Value | undefined>([['iss', known(token.issuer)]])
  for (const [key, given] of Object.entries(token.claims))
    entries.set(key, typeof given !== 'string' && !given.length ? undefined : valueOf(token.claims, key))
  return new Given('assertion', entries)
}

const rootsOf = (roots: Readonly<Record<string, Value>>): Names => ({
  root: (name) =>
    Object.hasOwn(roots, name) ? (roots[name] ?? failed()) : unknown(`${short(name, 60)} is not known`),
})
/** `google.subject`, `google.groups` and `attribute.…` as the mapping makes them of the token. */
function mapped({ mapping }: Provider, assertion: Given): Readonly<Record<string, Value>> {
  const google = new Map<string, Value | undefined>()
  const attribute = new Map<string, Value | undefined>()
  for (const [key, expression] of mapping) {
    const value = evaluate(expression, rootsOf({ assertion: known(assertion) }))
    if (key.startsWith('google.')) google.set(key.slice(7), value)
    if (key.startsWith('attribute.')) attribute.set(key.slice(10), value)
  }
  return {
    assertion: known(assertion),
    google: known(new Given('google', google, true)),
    attribute: known(new Given('attribute', attribute, true)),
  }
}

/** What expressions of the provider may ask for, of one token. */
export const rootsFor = (provider: Provider, assertion: Given): Names => rootsOf(mapped(provider, assertion))

function truth(value: Value, words: string): Answer {
  if (value.is === 'known' && value.value === true) return yes()
  if (value.is === 'known' && value.value === false) return no(`${words} is another one.`)
  // Without the claim the token has no such name, and comes in under none that is asked for.
  if (value.is === 'error') return no(`${words} does not come about: ${value.why.join('; ')}.`)
  return depends(
    `${words} decides: ${value.is === 'known' ? 'it is neither true nor false' : value.why.join('; ')}.`,
  )
}

function named({ rest }: Pool, roots: Readonly<Record<string, Value>>): Answer {
  if (rest === '*') return yes()
  const [, kind, value] = /^(subject|group|attribute\.[\w-]+)\/(.+)$/s.exec(rest) ?? []
  if (kind === undefined || value === undefined)
    return depends(`Which tokens ${short(rest)} means is not known here.`)
  const from = (root: string, key: string): Value => {
    const scope = roots[root]
    return scope?.is === 'known' && scope.value instanceof Given ? scope.value.select(key) : failed()
  }
  if (kind === 'subject')
    return truth(equal(from('google', 'subject'), known(value)), 'The name of the token in the pool')
  if (kind === 'group')
    return truth(within(known(value), from('google', 'groups')), 'The list of groups of the token')
  const attribute = kind.slice('attribute.'.length)
  return truth(equal(from('attribute', attribute), known(value)), `The attribute ${attribute} of the token`)
}

function conditionOf({ condition }: Provider, roots: Readonly<Record<string, Value>>): Answer {
  if (!condition) return yes()
  const value = evaluate(condition, rootsOf(roots))
  if (value.is === 'known' && value.value === true)
    return yes('The token meets the condition of the provider.')
  if (value.is === 'known' && value.value === false)
    return no(`The token does not meet the condition ${short(condition.text)}.`)
  return depends(
    `The condition of the provider decides (${short(condition.text)}): ${value.is === 'known' ? 'it is no truth' : value.why.join('; ')}.`,
  )
}

/** Without a list the token has to be issued for the provider itself. */
function audienceOf({ audiences, name }: Provider, { claims }: Token): Answer {
  const allowed = audiences.length
    ? audiences
    : [`https://iam.googleapis.com/${name}`, `//iam.googleapis.com/${name}`]
  const given = valueOf(claims, 'aud')
  const list = given.is === 'known' && typeof given.value === 'string' ? known([given]) : given
  if (list.is !== 'known' || !Array.isArray(list.value))
    return given.is === 'error'
      ? no('The token is issued for nobody.')
      : depends('For whom the token is issued is not known.')
  const isMeant = (list.value as readonly Value[]).some(
    (one) => one.is === 'known' && allowed.includes(String(one.value)),
  )
  return isMeant ? yes() : no('The token is issued for somebody else than the provider.')
}

function takenBy(provider: Provider, pool: Pool, token: Token): Answer {
  if (provider.disabled) return no(`The provider ${provider.name} is disabled.`)
  if (!provider.isRead)
    return depends(unseen(`which tokens the provider ${provider.name} takes was not read.`))
  if (provider.awsAccount !== undefined) return no('The provider takes principals of AWS, and no tokens.')
  if (provider.issuer === undefined)
    return depends(`Whom the provider ${provider.name} believes is not known here.`)
  if (plainIssuer(provider.issuer) !== plainIssuer(token.issuer))
    return no(`The provider ${provider.name} takes tokens of ${provider.issuer}.`)
  const roots = mapped(provider, assertionOf(token))
  const subject = provider.mapping.has('google.subject')
    ? yes()
    : no(`The provider ${provider.name} gives nobody a name.`)
  return all([subject, named(pool, roots), conditionOf(provider, roots), audienceOf(provider, token)])
}

/** What the mapping is where none is set. Source: the API reference of providers, `attributeMapping`. */
const AWS_MAPPING = new Map([
  ['google.subject', compiled('assertion.arn')],
  [
    'attribute.aws_role',
    compiled(
      "assertion.arn.contains('assumed-role') ? assertion.arn.extract('{account_arn}assumed-role/') + 'assumed-role/' + assertion.arn.extract('assumed-role/{role_name}/') : assertion.arn",
    ),
  ],
])
function takenByArn(provider: Provider, pool: Pool, arn: string): Answer {
  if (provider.disabled) return no(`The provider ${provider.name} is disabled.`)
  const [, account, role] =
    /^arn:aws[a-z-]*:(?:iam|sts)::(\d{12}):(?:role|assumed-role)\/(.+)$/.exec(arn) ?? []
  const owner = account ?? /^arn:aws[a-z-]*:iam::(\d{12}):/.exec(arn)?.[1]
  if (owner !== provider.awsAccount)
    return no(`The provider ${provider.name} takes principals of account ${provider.awsAccount}.`)
  // A role proves a session of it, whose name is chosen anew each time.
  const name = role?.split('/').at(-1)
  const shown =
    name === undefined
      ? [arn]
      : ['one', 'another'].map((session) => `arn:aws:sts::${owner}:assumed-role/${name}/${session}`)
  const whole = provider.mapping.size ? provider : { ...provider, mapping: AWS_MAPPING }
  const answers = shown.map((one) => {
    const entries = new Map<string, Value | undefined>([
      ['arn', known(one)],
      ['account', known(owner ?? '')],
    ])
    const roots = mapped(whole, new Given('assertion', entries))
    return all([named(pool, roots), conditionOf(whole, roots)])
  })
  return agree(answers, 'The name of the session decides, which is chosen when the role is assumed.')
}
