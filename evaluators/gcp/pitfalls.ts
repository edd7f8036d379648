// Weak spots of who can become a service account: rows of the table of federation pitfalls that concern Google Cloud.
import type { Pitfall, TrustStatement } from '@/core/access'
import type { Answer } from '../three-valued'
import { issuerOf, type Claim, type Issuer } from '../federation'
import { evaluate, type Expression } from './cel'
import { Given, known, unknown, type Value } from './cel-values'
import { conditionOf, suffices } from './admits'
import { isCluster, poolOf, type Pool } from './members'
import { rootsFor, type Pools, type Provider } from './pools'
import { short } from './words'
import type { World } from './world'

type Severity = Pitfall['severity']
type Found = { id: string; severity: Severity; because: readonly string[]; open?: true }

const issuerFor = ({ issuer }: Provider): Issuer | undefined =>
  issuer === undefined ? undefined : issuerOf(issuer)

const claimOf = ({ claims }: Issuer, claim: string): Claim | undefined =>
  Object.hasOwn(claims, claim) ? claims[claim] : undefined
/** Whether a claim says whose a token is, as far as the table of issuers knows it. */
const tells = (issuer: Issuer, claim: string): boolean => {
  const of = claimOf(issuer, claim)
  return of !== undefined && of.chosen !== true
}
const isKnown = (issuer: Issuer, claim: string): boolean => claimOf(issuer, claim) !== undefined

const claimsIn = ({ text }: Expression): string[] =>
  [...text.matchAll(/assertion(?:\.(\w+)|\[\s*["'](\w+)["']\s*\])/g)].map(([, a, b]) => a ?? b ?? '')

/** Two that have nothing in common, so that no condition fits both by chance. */
const STRANGERS = ['somebody-else', '7']
/** A condition that holds whoever asks is none, nor is one that strangers meet: whose claims all have some value or other. */
function isOpen(provider: Provider): boolean {
  const { condition, mapping, issuer } = provider
  if (!condition) return true
  const claims = [condition, ...mapping.values()].flatMap(claimsIn)
  return STRANGERS.every((stranger) => {
    const entries = new Map<string, Value | undefined>(claims.map((claim) => [claim, known(stranger)]))
    entries.set('iss', issuer === undefined ? unknown('iss') : known(issuer))
    const value = evaluate(condition, rootsFor(provider, new Given('assertion', entries)))
    return value.is === 'known' && value.value === true
  })
}
/** Attributes that the condition asks for count as the claims they are made of. */
function asked({ condition, mapping }: Provider): string[] {
  if (!condition) return []
  const through = [...condition.text.matchAll(/(attribute\.\w+|google\.\w+)/g)].flatMap(([, key]) => {
    const expression = mapping.get(key ?? '')
    return expression ? claimsIn(expression) : []
  })
  return [...claimsIn(condition), ...through]
}
/** What of the token the member goes by. */
function goesBy({ rest }: Pool, { mapping }: Provider): string[] | undefined {
  if (rest === '*') return []
  const kind = /^(subject|group|attribute\.[\w-]+)\//.exec(rest)?.[1]
  if (kind === undefined) return undefined
  const expression = mapping.get(
    kind === 'subject' ? 'google.subject' : kind === 'group' ? 'google.groups' : kind,
  )
  return expression ? claimsIn(expression) : undefined
}

function ofProvider(pool: Pool, provider: Provider): Found[] {
  if (provider.disabled) return []
  if (!provider.isRead)
    return [
      {
        id: 'F20',
        severity: 'medium',
        open: true,
        because: [`What the provider ${provider.name} asks of tokens was not read.`],
      },
    ]
  const issuer = issuerFor(provider)
  const claims = goesBy(pool, provider)
  if (!issuer || claims === undefined) return []
  const open = isOpen(provider)
  const found: Found[] = []
  const owned = claims.filter((claim) => tells(issuer, claim))
  const scope = [...owned, ...(open ? [] : asked(provider).filter((claim) => tells(issuer, claim)))]
  if (open && issuer.serves === 'everyone') found.push(openIssuer(pool, provider, issuer, owned.length > 0))
  const chosen = chosenClaims(pool, provider, issuer, claims, open)
  if (chosen) found.push(chosen)
  const names = scope.filter((claim) => claimOf(issuer, claim)?.byName)
  if (names.length && names.length === scope.length)
    found.push({
      id: 'F10',
      severity: 'low',
      because: [
        `Who comes in is told by names of ${issuer.name} (${[...new Set(names)].join(', ')}). Somebody who takes such a name over comes in too: claims with ids do not change hands.`,
      ],
    })
  return found
}
function openIssuer({ rest }: Pool, { name, condition }: Provider, issuer: Issuer, isScoped: boolean): Found {
  const severity: Severity = rest === '*' ? 'critical' : isScoped ? 'low' : 'high'
  const bound = isScoped
    ? `Only the binding, to ${short(rest)}, keeps others out.`
    : `The binding, to ${short(rest)}, keeps nobody out.`
  return {
    id: 'F20',
    severity,
    because: [
      `The provider ${name} takes the token of everybody whom ${issuer.name} serves: ${condition ? `its condition keeps no stranger out (${short(condition.text)})` : 'it sets no condition'}.`,
      bound,
    ],
  }
}
/** A claim that whoever asks for the token can choose says nothing about who that is. */
function chosenClaims(
  { rest }: Pool,
  provider: Provider,
  issuer: Issuer,
  claims: readonly string[],
  open: boolean,
): Found | undefined {
  const limits = open ? [] : asked(provider).filter((claim) => tells(issuer, claim))
  if (rest !== '*' && claims.length > 0 && !claims.some((claim) => tells(issuer, claim))) {
    const strange = claims.filter((claim) => !isKnown(issuer, claim))
    const words = strange.length
      ? `Whether whoever asks ${issuer.name} for a token can choose ${strange.join(', ')}, of which ${short(rest)} is made, is not known here.`
      : `${short(rest)} is made of ${claims.join(', ')}, which whoever asks ${issuer.name} for a token can choose.`
    return {
      id: 'F22',
      severity: limits.length ? 'medium' : 'high',
      because: [words],
      ...(strange.length > 0 && { open: true }),
    }
  }
  const narrow = [...claims.filter((claim) => tells(issuer, claim)), ...limits]
  if (narrow.length && narrow.every((claim) => claimOf(issuer, claim)?.exact === 'organisation'))
    return {
      id: 'F22',
      severity: 'medium',
      because: [
        `It goes by ${[...new Set(narrow)].join(', ')} alone: every ${issuer.place} of the ${issuer.owner} comes in, whatever it runs.`,
      ],
    }
  return undefined
}

function ofPool(pool: Pool, pools: Pools): Found[] {
  if (isCluster(pool)) {
    const isDefault = /^subject\/ns\/default\//.test(pool.rest)
    return [
      {
        id: 'F23',
        severity: isDefault || !pool.rest.startsWith('subject/') ? 'medium' : 'low',
        because: [
          `The same namespace and name in any cluster of the pool ${pool.pool} is the same identity, also in clusters made later.`,
        ],
      },
    ]
  }
  const providers = pools.of(pool)
  const found = providers.flatMap((provider) => ofProvider(pool, provider))
  if (!providers.length)
    found.push({
      id: 'F20',
      severity: 'medium',
      open: true,
      because: [
        `The providers of the pool ${pool.pool} were not read: what they ask of tokens is not known.`,
      ],
    })
  if (pool.rest === '*')
    found.push({
      id: 'F21',
      severity: found.some(({ severity }) => severity === 'critical') ? 'critical' : 'high',
      because: [
        `Everybody whom the pool ${pool.pool} lets in may become it, now and by providers added later.`,
      ],
    })
  return found
}

function ofMember({ principal }: TrustStatement, pools: Pools): Found[] {
  if (principal === 'allUsers' || principal === 'allAuthenticatedUsers')
    return [
      {
        id: 'F15',
        severity: 'critical',
        because: [
          `${principal} may become it: that is anybody${principal === 'allUsers' ? '' : ' with a Google account'}.`,
        ],
      },
    ]
  if (principal.startsWith('deleted:'))
    return [
      {
        id: 'F17',
        severity: 'low',
        because: [`${short(principal)} is gone: nobody comes in by this, unless it is restored.`],
      },
    ]
  const pool = poolOf(principal)
  return pool ? ofPool(pool, pools) : []
}

export function pitfalls(world: World, pools: Pools, id: string): Pitfall[] {
  const principal = world.find(id) ?? world.realm.elsewhere.find((one) => one.id === id)
  return (principal?.trusts ?? []).flatMap((trust) => {
    if (trust.effect !== 'allow') return []
    const enough = suffices(trust.actions)
    const condition = conditionOf(trust)
    if (enough.value === 'no' || condition.value === 'no') return []
    return ofMember(trust, pools).map((found) => pitfall(trust, found, [enough, condition]))
  })
}
function pitfall(
  trust: TrustStatement,
  { id, severity, because, open }: Found,
  asked: readonly Answer[],
): Pitfall {
  const unsure = asked.filter(({ value }) => value === 'depends').flatMap(({ because: why }) => why)
  return {
    id,
    trust: trust.id,
    answer: open || unsure.length ? 'depends' : 'yes',
    severity,
    because: [...because, ...unsure],
  }
}
