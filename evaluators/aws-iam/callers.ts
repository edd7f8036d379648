// Whom a principal element of a resource's policy means, asked for one caller.
import type { Three } from './condition-operators'
import type { Named, Principals } from './principal-element'
import type { Subject } from './subject'

/**
 * How a caller is meant, which decides what else it needs: `user` and `session` are named themselves, `role` by the role
 * behind the session, `account` by delegation to its account, `anyone` by a star.
 */
export type How = 'user' | 'session' | 'role' | 'account' | 'anyone'
export type Meant = { how: How; value: Three }

export type Caller = Pick<Subject, 'kind' | 'arn' | 'account'>

const NOBODY: Meant = { how: 'anyone', value: 'no' }
const STRENGTH: readonly How[] = ['anyone', 'account', 'role', 'session', 'user']

export function meant({ named, except }: Principals, caller: Caller): Meant {
  const found = named.map((one) => meantBy(one, caller)).filter(({ value }) => value !== 'no')
  if (!except) {
    const certain = found.filter(({ value }) => value === 'yes')
    return strongest(certain.length ? certain : found) ?? NOBODY
  }
  // AWS: NotPrincipal spares somebody only where the account, and for a role its session, is named beside it.
  if (!found.length) return { how: 'anyone', value: 'yes' }
  const spares = found.some(({ how, value }) => value === 'yes' && (how === 'user' || how === 'anyone'))
  return { how: 'anyone', value: spares ? 'no' : 'depends' }
}

const strongest = (found: readonly Meant[]): Meant | undefined =>
  [...found].sort((a, b) => STRENGTH.indexOf(b.how) - STRENGTH.indexOf(a.how))[0]

function meantBy({ type, value }: Named, { kind, arn, account }: Caller): Meant {
  if (type === 'anyone') return { how: 'anyone', value: 'yes' }
  if (type === 'account')
    return { how: 'account', value: account === undefined ? 'depends' : account === value ? 'yes' : 'no' }
  if (type !== 'identity') return NOBODY
  if (arn === undefined) return { how: 'role', value: 'depends' }
  if (value === arn)
    return { how: kind === 'user' ? 'user' : kind === 'root' ? 'account' : 'role', value: 'yes' }
  // Whoever assumes the role chooses the name of the session.
  return isSessionOf(value, arn) ? { how: 'session', value: 'depends' } : NOBODY
}

function isSessionOf(session: string, role: string): boolean {
  const [, partition, account, name] =
    /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(session) ?? []
  if (name === undefined) return false
  return role.startsWith(`arn:${partition}:iam::${account}:role/`) && role.endsWith(`/${name}`)
}
