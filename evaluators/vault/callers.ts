// Who knocks, by the names that login methods know callers by.
import type { Caller } from '@/core/access'

/** As issuers go by everywhere: without the scheme and without a slash at the end. */
export const bareIssuer = (issuer: string): string => issuer.replace(/^https:\/\//i, '').replace(/\/+$/, '')

const ACCOUNT = /^system:serviceaccount:([^:]+):([^:]+)$/
export const accountOf = (subject: string): string | undefined => {
  const [, namespace, name] = ACCOUNT.exec(subject) ?? []
  return namespace === undefined ? undefined : `${namespace}/${name}`
}

export type Named = Extract<Caller, { kind: 'principal' }>
export type Token = Extract<Caller, { kind: 'token' }>
/** Subjects of tokens that the caller can have made, with who makes them. */
export const subjectsOf = ({ aliases }: Named): { issuer: string; subject: string }[] =>
  aliases.flatMap((alias) => {
    const bar = alias.indexOf('|')
    return bar < 0 ? [] : [{ issuer: bareIssuer(alias.slice(0, bar)), subject: alias.slice(bar + 1) }]
  })
/** `namespace/name` of each service account that it is. */
export const accountsOf = (caller: Named): string[] => [
  ...new Set(
    subjectsOf(caller).flatMap(({ subject }) => {
      const account = accountOf(subject)
      if (account !== undefined) return [account]
      return /^[^/:]+\/[^/:]+$/.test(subject) ? [subject] : []
    }),
  ),
]

/** Values of a claim; undefined where it is not known, empty where the token has none. */
export function claimOf({ claims }: Token, name: string): readonly string[] | undefined {
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined
  return typeof value === 'string' ? [value] : value
}
export const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value]
    : Array.isArray(value)
      ? value.filter((one) => typeof one === 'string')
      : []
