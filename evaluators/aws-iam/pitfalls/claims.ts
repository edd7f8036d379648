// Which claims of a token a row of trust asks for, and made-up tokens to try it with.
import type { Condition } from '../conditions'
import { contextOf, UNKNOWN, type Context } from '../context-keys'
import { widthOf, type Issuer, type Width } from '../../federation'
import type { Claim } from '../../federation/issuers'

/** One condition on a claim. */
export type Line = {
  claim: string
  values: readonly string[]
  how: 'exact' | 'pattern'
  negated: boolean
  qualifier: 'allvalues' | 'anyvalue' | undefined
}
const QUALIFIED = /^(?:for(anyvalue|allvalues):)?(.*?)(ifexists)?$/

/** Claims go by the name of the provider, and names of condition keys have no case. */
export function linesOf(conditions: readonly Condition[], provider: string): Line[] {
  const prefix = `${provider.toLowerCase()}:`
  return conditions.flatMap(({ operator, key, values }): Line[] => {
    const [, qualifier, name = ''] = QUALIFIED.exec(operator.toLowerCase()) ?? []
    if (!key.startsWith(prefix) || !name.startsWith('string')) return []
    return [
      {
        claim: key.slice(prefix.length),
        values: values.map(({ raw }) => raw),
        how: name.endsWith('like') ? 'pattern' : 'exact',
        negated: name.includes('not'),
        qualifier: qualifier === 'allvalues' || qualifier === 'anyvalue' ? qualifier : undefined,
      },
    ]
  })
}

const claimNamed = ({ claims }: Issuer, claim: string): string | undefined =>
  Object.keys(claims).find((name) => name.toLowerCase() === claim)

export const isChosen = (issuer: Issuer, claim: string): boolean => {
  const name = claimNamed(issuer, claim)
  return name !== undefined && issuer.claims[name]?.chosen === true
}
export const isKnown = (issuer: Issuer, claim: string): boolean => claimNamed(issuer, claim) !== undefined

const RANKS: readonly Width['width'][] = [
  'one',
  'repository',
  'namespace',
  'organisation',
  'lookalikes',
  'cluster',
  'everyone',
]
export type Asked = Width & { claim: string; value: string }

/** How wide one condition is: as its widest value. */
function widest(issuer: Issuer | undefined, { claim, values, how }: Line): Asked | undefined {
  const name = issuer ? claimNamed(issuer, claim) : claim
  let found: Asked | undefined
  for (const value of values) {
    // Compared as it stands, a wildcard stands for nothing: no token fits.
    if (how === 'exact' && value.includes('*')) continue
    const width = name === undefined ? undefined : widthOf(issuer, name, value, how)
    if (!width) return undefined
    if (!found || RANKS.indexOf(width.width) > RANKS.indexOf(found.width)) found = { ...width, claim, value }
  }
  return found
}

/** All conditions have to hold: the narrowest decides. What can be chosen, and what a token without the claim passes, does not count. */
export function narrowest(issuer: Issuer | undefined, lines: readonly Line[]): Asked | undefined {
  const all = lines
    .filter(({ negated, qualifier }) => !negated && qualifier !== 'allvalues')
    .filter(({ claim }) => !issuer || !isChosen(issuer, claim))
    .flatMap((line) => widest(issuer, line) ?? [])
  return all.sort((a, b) => RANKS.indexOf(a.width) - RANKS.indexOf(b.width))[0]
}

const STRANGERS: Readonly<Record<string, string>> = {
  owner: 'zq7-stranger',
  group: 'zq7',
  place: 'zq7-place',
  context: 'ref:refs/heads/main',
  namespace: 'zq7-namespace',
  account: 'zq7-account',
  number: '987654321098',
  domain: 'zq7.example',
}
const strangeValue = ({ reads }: Claim): string =>
  reads
    ? reads.map((part) => (typeof part === 'string' ? part : `${STRANGERS[part.field]}${part.ends}`)).join('')
    : 'zq7'

/** A text that fits the value. */
export const fitting = (value: string): string => value.replaceAll('*', '-zq7').replaceAll('?', 'q')

/**
 * A token of somebody whom the issuer serves and nobody here knows: what says whose it is is a stranger's, what can be
 * chosen is chosen to fit. Claims that the issuer does not make are absent.
 */
export function tokenOf(
  issuer: Issuer,
  provider: string,
  lines: readonly Line[],
  own: Readonly<Record<string, string>> = {},
): Context {
  const prefix = `${provider.toLowerCase()}:`
  const wanted = (claim: string): string | undefined => {
    const value = lines.find((line) => line.claim === claim && !line.negated)?.values[0]
    return value === undefined ? undefined : fitting(value)
  }
  const claims = new Map(
    Object.entries(issuer.claims).map(([name, of]) => {
      const claim = name.toLowerCase()
      const value = own[claim] ?? (of.chosen ? (wanted(claim) ?? 'zq7') : strangeValue(of))
      return [claim, [value]] as const
    }),
  )
  const named = contextOf({ 'aws:PrincipalIsAWSService': 'false' }, UNKNOWN)
  return (key) => (key.startsWith(prefix) ? (claims.get(key.slice(prefix.length)) ?? []) : named(key))
}
