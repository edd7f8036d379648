// Who can become a service account: the policies on it, and what is granted above it, against one caller.
import type { AccessAnswer, Caller, Principal, TrustStatement } from '@/core/access'
import { all, any, depends, no, yes, type Answer } from '../three-valued'
import { withUnseen } from './can'
import { conditionIn, holds } from './conditions'
import { means, poolOf, whoIs, type Who } from './members'
import { canonical } from './permissions'
import type { Pools } from './pools'
import { answered, short, unseen } from './words'
import type { World } from './world'

const TOKENS = ['getAccessToken', 'signBlob', 'signJwt'].map((verb) => `iam.serviceAccounts.${verb}`)
/** What lets one act as the account only by a detour, in words. */
const DETOURS: Readonly<Record<string, string>> = {
  'iam.serviceAccounts.implicitDelegation': 'It takes a second service account to come in by this.',
  'iam.serviceAccounts.actAs': 'It takes something of its own that runs as the service account.',
  'iam.serviceAccounts.getOpenIdToken': 'Identity tokens alone: what takes them is not known here.',
}

/** Whether the actions of the statement are enough to act as the account. */
export function suffices(actions: readonly string[]): Answer {
  if (actions.some((action) => TOKENS.includes(action))) return yes()
  const detours = actions.flatMap((action) => (Object.hasOwn(DETOURS, action) ? [DETOURS[action] ?? ''] : []))
  return detours.length
    ? depends(...detours)
    : no('The statement does not let anybody become the service account.')
}
export function conditionOf({ conditions }: TrustStatement): Answer {
  const condition = conditions && Object.keys(conditions).length ? conditionIn(conditions) : undefined
  return condition ? holds(condition, {}) : yes()
}

export function admits(world: World, pools: Pools, id: string, caller: Caller): AccessAnswer {
  const principal =
    world.find(id) ?? world.realm.elsewhere.find((one) => one.id === id || one.aliases.includes(id))
  if (!principal) return answered(depends(unseen(`${short(id)} is not in ${world.realm.id}.`)))
  const matches = matcher(world, pools, caller)
  const byTrust = any(
    principal.trusts.map((trust) => {
      const named = matches(trust.principal)
      if (named.value === 'no') return named
      const { value, because } = all([named, conditionOf(trust), suffices(trust.actions)])
      const words = `${short(trust.principal)} may become it.`
      if (trust.effect !== 'allow')
        return value === 'no'
          ? no()
          : depends(`A statement denies ${short(trust.principal)}, which is not of this platform.`)
      return { value, because: value === 'no' ? because : [words, ...because] }
    }),
  )
  const answer =
    byTrust.value === 'yes' || !world.find(principal.id)
      ? byTrust
      : any([byTrust, byGrant(world, pools, principal, caller)])
  const whole = withUnseen(world, answer)
  const missing = whole.value === 'no' ? world.unseen('trusts') : []
  const off =
    principal.enabled === false ? ['It is disabled: nobody can act as it until somebody enables it.'] : []
  return answered({
    value: missing.length ? 'depends' : whole.value,
    because: [...missing, ...whole.because, ...off],
  })
}

/** Judges members of policies against the caller, as far as its names or claims tell. */
function matcher(world: World, pools: Pools, caller: Caller): (member: string) => Answer {
  if (caller.kind === 'service')
    return (member) => {
      if (member === 'allUsers') return yes()
      return /gserviceaccount\.com$/.test(member)
        ? depends(`Whether ${short(member)} belongs to ${short(caller.name)} is not known.`)
        : no()
    }
  if (caller.kind === 'token')
    return (member) => {
      const pool = poolOf(member)
      if (pool) return pools.takes(pool, caller)
      return member === 'allUsers' ? yes() : no()
    }
  const own = world.find(caller.id)
  const who = own ? world.who(own) : whoIs([caller.id, ...caller.aliases], [], world.hierarchy)
  const arns = [caller.id, ...caller.aliases].filter((name) => /^arn:aws[a-z-]*:/.test(name))
  return (member) => matchesPrincipal(world, pools, member, who, arns, own)
}

function matchesPrincipal(
  world: World,
  pools: Pools,
  member: string,
  who: Who,
  arns: readonly string[],
  own: Principal | undefined,
): Answer {
  const pool = poolOf(member)
  if (pool && arns.length)
    return pools.of(pool).length
      ? pools.takesArn(pool, arns)
      : depends(unseen(`which tokens the pool ${pool.pool} takes was not read.`))
  const meant = means(member, who, world.hierarchy)
  const isGroup = /^(group:|principalSet:\/\/goog\/group\/)/.test(member)
  // What groups hold is written out for each member that could be read: who holds nothing by it is in none.
  if (meant.value === 'depends' && isGroup && own && !world.unseen('grants', 'principals').length) return no()
  return meant
}

/** What is granted above the account lets its holders become it as well. */
function byGrant(world: World, pools: Pools, principal: Principal, caller: Caller): Answer {
  const account = world.targets.account(principal.id)
  const permission = canonical('iam.serviceAccounts.getAccessToken')
  if (!account || permission === undefined) return no()
  const target = world.targets.ofAccount(account)
  const asked = world.asked(target)
  if (caller.kind === 'principal') {
    const own = world.find(caller.id)
    return own ? world.judged(world.holding(own), permission, target, asked) : no()
  }
  if (caller.kind === 'service') return no()
  return any(
    world.federated.map(({ principal: one, pool }) => {
      const held = world.judged(world.holding(one), permission, target, asked)
      return held.value === 'no' ? no() : all([pools.takes(pool, caller), held])
    }),
  )
}
