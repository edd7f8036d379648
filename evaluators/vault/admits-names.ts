// Whether roles that go by names let somebody in: service accounts of a cluster, and principals of clouds.
import type { TrustStatement } from '@/core/access'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { accountOf, accountsOf, claimOf, textsOf, type Named, type Token } from './callers'
import { fitsGlob } from './glob'

const CLUSTER = 'Whether the token is of the cluster that the method belongs to is not told by the role.'

/** Names are compared as globs (`StrListContainsGlob` in path_login.go of the Kubernetes method). */
function fitsAccount({ principal }: TrustStatement, account: string): boolean {
  const [namespace = '', name = ''] = account.split('/')
  const [wantedNamespace = '', wantedName = ''] = principal.split('/')
  return fitsGlob(wantedNamespace, namespace) && fitsGlob(wantedName, name)
}

export function takesAccount(trust: TrustStatement, caller: Named | Token): Answer {
  const { audience, bound_service_account_namespace_selector: selector } = trust.conditions ?? {}
  const accounts = caller.kind === 'principal' ? accountsOf(caller) : tokenAccounts(caller)
  if (!accounts) return depends('Which service account the token is of is not known.')
  const [account] = accounts.filter((one) => fitsAccount(trust, one))
  if (account === undefined) return no(`It lets in ${trust.principal} only.`)
  const answers = [yes(`It lets in ${trust.principal}, which ${account} is.`)]
  if (selector !== undefined)
    answers.push(depends('It lets in namespaces by their labels, and which those are is not known here.'))
  const wanted = textsOf(audience)
  if (caller.kind === 'token') {
    answers.push(depends(CLUSTER))
    const given = claimOf(caller, 'aud')
    if (wanted.length && !given)
      answers.push(depends(`It asks for the audience ${wanted.join()}; that of the token is not known.`))
    else if (wanted.length && !given?.some((one) => wanted.includes(one)))
      answers.push(no(`It asks for the audience ${wanted.join()}.`))
  } else if (wanted.length)
    answers.push(
      yes(`It asks for the audience ${wanted.join()}, which whoever has the token made can ask for.`),
    )
  return all(answers)
}

function tokenAccounts(token: Token): string[] | undefined {
  return claimOf(token, 'sub')?.flatMap((subject) => accountOf(subject) ?? [])
}

const ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(role|user)\/(.+)$/
const accountAndName = (arn: string): string | undefined => {
  const [, account, kind, name = ''] = ARN.exec(arn) ?? []
  return kind === 'role' ? `${account}/${(name.split('/').at(-1) ?? '').toLowerCase()}` : undefined
}
const INSTANCE = [
  ...[
    'bound_iam_instance_profile_arn',
    'bound_ec2_instance_id',
    'bound_region',
    'bound_vpc_id',
    'inferred_entity_type',
  ],
]

/** A role of AWS by ARN: exactly, as its sessions show it without a path, or with a star at the end. */
export function takesAws(trust: TrustStatement, caller: Named): Answer {
  const { principal, principalType } = trust
  const conditions = trust.conditions ?? {}
  const names = [caller.id, ...caller.aliases]
  const accounts = [...names, caller.realm].flatMap(
    (name) => ARN.exec(name)?.[1] ?? (/^\d{12}$/.test(name) ? name : []),
  )
  const lowered = names.map((name) => name.toLowerCase())
  const named = (): boolean => {
    if (principalType === 'account') return accounts.includes(principal)
    if (principal.endsWith('*'))
      return names.some((name) => name.startsWith('arn:') && fitsGlob(principal, name))
    return names.includes(principal) || lowered.includes(accountAndName(principal) ?? '-')
  }
  if (principal === 'aws')
    return depends('It goes by bounds of instances alone, which are not known of the caller.')
  if (!named()) return no(`It lets in ${principal} only.`)
  const answers = [yes(`It lets in ${principal}.`)]
  const wanted = textsOf(conditions['bound_account_id'])
  if (wanted.length && !accounts.some((one) => wanted.includes(one)))
    answers.push(
      accounts.length
        ? no(`It lets in the accounts ${wanted.join(', ')} only.`)
        : depends('The account of the caller is not known.'),
    )
  const further = INSTANCE.filter((key) => conditions[key] !== undefined)
  if (conditions['auth_type'] === 'ec2') further.push('the document of an instance')
  if (further.length)
    answers.push(depends(`It asks for ${further.join(', ')}, which is not known of the caller.`))
  return all(answers)
}

/** Identities of Azure and service accounts of Google, by object id or email. */
export function takesCloud({ principal, conditions = {} }: TrustStatement, caller: Named): Answer {
  const isBare = principal === 'azure' || principal === 'google'
  if (!isBare && ![caller.id, ...caller.aliases].some((name) => fitsGlob(principal, name)))
    return no(`It lets in ${principal} only.`)
  const further = Object.keys(conditions).filter((key) => key !== 'token_bound_cidrs' && key !== 'type')
  if (!isBare && !further.length) return yes(`It lets in ${principal}.`)
  return depends(
    `It lets in ${isBare ? 'whoever meets its bounds' : principal}; ${further.join(', ') || 'which those are'} is not known of the caller.`,
  )
}

/** Addresses from which tokens of the role may be used. */
export function fromAddresses({ conditions = {} }: TrustStatement): Answer[] {
  const bounds = ['token_bound_cidrs', 'secret_id_bound_cidrs'].flatMap((key) => textsOf(conditions[key]))
  return bounds.length
    ? [depends(`It lets in from the addresses ${[...new Set(bounds)].join(', ')} only.`)]
    : []
}

/** An alias of an entity: what signs in by it, by the names that methods give. */
export function bearsAlias(name: string, caller: Named | Token, users: readonly string[]): Answer {
  if (caller.kind === 'principal') {
    const subjects = caller.aliases.flatMap((alias) => [alias, alias.slice(alias.indexOf('|') + 1)])
    return [...subjects, ...accountsOf(caller)].includes(name)
      ? yes(`The caller signs in as ${name}.`)
      : no(`It signs in as ${name}.`)
  }
  return any(
    users.map((claim) => {
      const given = claimOf(caller, claim)
      if (!given) return depends(`Which ${claim} the token has is not known.`)
      return given.includes(name) || given.some((one) => accountOf(one) === name)
        ? yes(`The token has the ${claim} ${name}.`)
        : no(`It signs in as ${name}.`)
    }),
  )
}
