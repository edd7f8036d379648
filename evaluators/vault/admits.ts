// Who can become a role or an entity: what its login method asks, judged for one caller.
import type { AccessAnswer, Caller, Principal, TrustStatement } from '@/core/access'
import { all, any, depends, no, type Answer } from '../three-valued'
import { takesNamed, takesToken } from './admits-jwt'
import { bearsAlias, fromAddresses, takesAccount, takesAws, takesCloud } from './admits-names'
import { toldWith, unknownId } from './answers'
import type { Named, Token } from './callers'
import { aliasesOf, type MountedAlias } from './entities'
import { unseenTrusts } from './unseen'
import type { World } from './world'

const DISABLED = 'It is disabled: the server refuses its tokens until somebody enables it.'

export function admits(world: World, id: string, caller: Caller): AccessAnswer {
  const principal = world.principals.get(id)
  if (!principal) return unknownId(id, world.realm.name)
  const answer = judged(world, principal, caller)
  const unseen = answer.value === 'no' ? unseenTrusts(world.realm, principal) : []
  const note = principal.enabled === false ? [DISABLED] : []
  return toldWith({ ...answer, because: [...answer.because, ...note] }, unseen)
}

function judged(world: World, principal: Principal, caller: Caller): Answer {
  if (caller.kind === 'service') return no('Login methods do not let in services.')
  if (principal.type === 'vault.entity') return asEntity(world, principal, caller)
  if (!principal.trusts.length) return no(WITHOUT_TRUST[principal.type] ?? 'Nobody is said to be let in.')
  return any(principal.trusts.map((trust) => throughTrust(principal, trust, caller)))
}
const WITHOUT_TRUST: Readonly<Record<string, string>> = {
  'vault.approle-role': 'Only whoever has its role id and a secret id signs in, whoever that is.',
  'vault.userpass-user': 'Only whoever has its password signs in, whoever that is.',
  'vault.token-role': 'Only whoever may make tokens by it hands them on.',
  'vault.root': 'Only whoever has a root token is it.',
  'vault.token': 'Only whoever has the token is it.',
}

function throughTrust(role: Principal, trust: TrustStatement, caller: Named | Token): Answer {
  if (trust.effect !== 'allow' || trust.principalType === 'unresolvable')
    return depends(`What its trust in ${trust.principal.slice(0, 120)} means is not known.`)
  return all([byMethod(role, trust, caller), ...fromAddresses(trust)])
}

function byMethod(role: Principal, trust: TrustStatement, caller: Named | Token): Answer {
  const { principalType, principal } = trust
  if (principalType === 'anyone')
    return depends(
      'It asks for no secret id: whoever knows its role id signs in, and a role id is no secret.',
    )
  if (role.type === 'vault.kubernetes-role') return takesAccount(trust, caller)
  if (role.type === 'vault.jwt-role')
    return caller.kind === 'token' ? takesToken(role, trust, caller) : takesNamed(role, trust, caller)
  if (role.type === 'vault.cert-role')
    return depends(
      'It lets in whoever has a certificate that the authority of the role signed, with the names it asks for.',
    )
  const isCloud = /^vault\.(aws|azure|gcp)-role$/.test(role.type)
  if (!isCloud) return depends(`Whom its trust in ${principal.slice(0, 120)} lets in is not known here.`)
  if (caller.kind === 'token')
    return role.type === 'vault.aws-role'
      ? no('It lets in by a signed request to AWS, not by a token.')
      : depends('What the role asks of tokens of that cloud is not judged here.')
  return role.type === 'vault.aws-role' ? takesAws(trust, caller) : takesCloud(trust, caller)
}

/** By one of its aliases, through a role of the method that the alias is of: without such a role nobody signs in. */
function asEntity(world: World, entity: Principal, caller: Named | Token): Answer {
  const aliases = aliasesOf(entity, world.mounts)
  if (!aliases.length) return no('It has no alias: nobody signs in as it.')
  const behind = caller.kind === 'principal' ? world.principals.get(caller.id) : undefined
  if (behind && world.entitiesOf(behind).includes(entity))
    return { value: 'yes', because: [`Whoever signs in through ${behind.name} is this entity.`] }
  return any(aliases.map((alias) => byAlias(world, alias, caller)))
}

function byAlias(world: World, { mount, name }: MountedAlias, caller: Named | Token): Answer {
  const roles = mount === undefined ? [] : world.rolesAt(mount)
  const users = new Set(
    roles.flatMap(({ trusts }) =>
      trusts.map(({ conditions }) => String(conditions?.['user_claim'] ?? 'sub')),
    ),
  )
  const bears = bearsAlias(name, caller, users.size ? [...users] : ['sub'])
  if (bears.value === 'no') return bears
  const through = any(roles.map((role) => judged(world, role, caller)))
  if (!roles.length) return depends(...bears.because, 'Through which role it signs in was not seen.')
  return all([bears, through])
}
