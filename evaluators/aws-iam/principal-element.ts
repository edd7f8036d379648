// The Principal and NotPrincipal elements of policies of resources, and whom they mean.
import { isRecord } from './json'

export type Named = {
  type: 'anyone' | 'account' | 'identity' | 'service' | 'federated' | 'unresolvable'
  value: string
}
export type Principals = {
  named: readonly Named[]
  /** NotPrincipal: everybody but these. */
  except: boolean
}

const ACCOUNT = /^(?:arn:aws[a-z-]*:iam::)?(\d{12})(?::root)?$/

/** AWS shows the bare unique id (AROA…, AIDA…) once a principal is deleted: nobody can be it any more. */
export function awsNamed(text: string): Named {
  const account = ACCOUNT.exec(text)?.[1]
  if (text === '*') return { type: 'anyone', value: '*' }
  if (account !== undefined) return { type: 'account', value: account }
  if (/^arn:aws[a-z-]*:(iam|sts)::/.test(text)) return { type: 'identity', value: text }
  return { type: 'unresolvable', value: text }
}

const NAMERS: Readonly<Record<string, (text: string) => Named>> = {
  AWS: awsNamed,
  Service: (value) => ({ type: value === '*' ? 'anyone' : 'service', value }),
  Federated: (value) => ({ type: 'federated', value }),
  CanonicalUser: (value) => ({ type: 'unresolvable', value }),
}

/** Exactly one of both elements; undefined where it is in no form that is known. */
export function readPrincipals(listed: unknown, excepted: unknown): Principals | undefined {
  const except = listed === undefined
  const value = except ? excepted : listed
  if (!except && excepted !== undefined) return undefined
  if (value === '*') return { named: [{ type: 'anyone', value: '*' }], except }
  if (!isRecord(value)) return undefined
  const named: Named[] = []
  for (const [type, one] of Object.entries(value)) {
    const texts: unknown[] = Array.isArray(one) ? one : [one]
    const namer = Object.hasOwn(NAMERS, type) ? NAMERS[type] : undefined
    if (!namer || !texts.every((text): text is string => typeof text === 'string')) return undefined
    named.push(...texts.map(namer))
  }
  return named.length ? { named, except } : undefined
}
