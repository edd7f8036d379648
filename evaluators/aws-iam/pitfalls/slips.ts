// Slips of the pen in trust in tokens: wildcards where none is read, ForAllValues, and no audience.
import type { Issuer } from '../../federation'
import { depends, yes } from '../../three-valued'
import type { AwsAccess } from '../aws-access'
import { isChosen, narrowest, type Line } from './claims'
import { found, type Found } from './found'

const cut = (text: string): string => text.slice(0, 120)

/** F05 and F06, as far as nothing worse was told of them. */
export function slips(issuer: Issuer, lines: readonly Line[], isWide: boolean): Found[] {
  const dead = lines.find(
    ({ how, negated, values }) => how === 'exact' && !negated && values.some((value) => value.includes('*')),
  )
  const loose = lines.find(
    ({ qualifier, claim, negated }) => qualifier === 'allvalues' && !negated && !isChosen(issuer, claim),
  )
  return [
    ...(dead
      ? found(
          {
            id: 'F05',
            severity: 'low',
            because: [
              `${dead.claim} is compared as it stands (${cut(dead.values.find((value) => value.includes('*')) ?? '')}): its wildcard stands for nothing, so no token fits.`,
            ],
          },
          yes(),
        )
      : []),
    ...(loose && !isWide
      ? found(
          {
            id: 'F06',
            severity: 'medium',
            because: [
              `ForAllValues on ${loose.claim} is true of a token without that claim: it keeps nobody out who can have one made without it.`,
            ],
          },
          yes(),
        )
      : []),
  ]
}

/** They have an audience of their own, or none that tells anything. */
const OWN_AUDIENCE = ['google', 'cognito', 'amazon', 'facebook', 'bitbucket']

/**
 * F08. AWS takes tokens for the audiences of the provider only (IAM user guide, "Create an OpenID Connect identity
 * provider"): with one of them a condition on it adds nothing. Not told of trust that strangers come in by anyhow.
 */
export function audienceOf(
  { realm }: AwsAccess,
  provider: string,
  issuer: Issuer,
  lines: readonly Line[],
): Found[] {
  if (OWN_AUDIENCE.includes(issuer.id) || lines.some(({ claim, negated }) => claim === 'aud' && !negated))
    return []
  const known = realm.things.find(({ id }) => id === provider)?.audiences
  if (known) {
    if (known.length < 2) return []
    const because = [
      `It asks for no audience, and the provider takes ${known.length} (${known.slice(0, 3).map(cut).join(', ')}): tokens made for any of them let one in.`,
    ]
    return found({ id: 'F08', severity: 'medium', because }, yes())
  }
  // One subject is let in, whatever its token is for.
  if (narrowest(issuer, lines)?.width === 'one') return []
  const because = [
    'It asks for no audience: tokens made for anything else that the provider takes let one in.',
  ]
  return found(
    { id: 'F08', severity: 'low', because },
    depends('How many audiences the provider takes is not told.'),
  )
}
