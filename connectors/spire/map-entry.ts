// Registration entries as rows: the SPIFFE ID that several may give, who gets it by each, and what rights come with it.
import { absent, known, unknown, type Fact } from '@/core/fact'
import type { Of } from '@/core/observation'
import { withoutSecret } from '@/core/secret-like'
import { ENTRIES } from './calls'
import { accountLinks, identityKeys } from './joins'
import { holdsToken, instantOf, selectorText, serverOf, uriOf } from './names'
import type { Entry } from './shapes'

/** Issuer of JWT-SVIDs without `https://`: undefined where there is none that is known, and then whether one may be missing. */
export type Named = { issuer: string | undefined; unseen: boolean }
export const LANGUAGE = 'spire-entry'
export const ADMIN = 'admin'
export const DOWNSTREAM = 'downstream'

/** Entries of one SPIFFE ID, in the order of their ids. */
export function byIdentity(entries: readonly Entry[]): Map<string, Entry[]> {
  const all = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1))
  const found = new Map<string, Entry[]>()
  for (const entry of all)
    found.set(uriOf(entry.spiffe_id), [...(found.get(uriOf(entry.spiffe_id)) ?? []), entry])
  return found
}

/** For nodes and not for what runs on them: below the server, or for the agent that is its parent. */
export const isOfNodes = ({ parent_id, selectors }: Entry): boolean =>
  uriOf(parent_id) === serverOf(parent_id.trust_domain) || selectors.every(({ type }) => type === 'spiffe_id')

/** The first that was made. Servers before 1.6.3 keep no date: then the first is not known. */
function createdAt(entries: readonly Entry[]): Fact<string> {
  if (entries.some(({ created_at }) => created_at === 0))
    return unknown('not-offered', ENTRIES, 'an entry has no date of its own')
  return known(instantOf(Math.min(...entries.map(({ created_at }) => created_at))), ENTRIES)
}

const NO_USE = 'the server does not keep when an SVID was issued; its log may'
export function entryIdentity(
  uri: string,
  entries: readonly Entry[],
  { issuer, unseen }: Named,
): Of<'identity'> {
  const isNode = entries.every(isOfNodes)
  const [first] = entries
  const hints = [...new Set(entries.map(({ hint }) => hint).filter(Boolean))]
  const names = [...new Set(entries.flatMap(({ dns_names }) => dns_names))]
  return {
    kind: 'identity',
    nativeId: uri,
    aliases: [],
    ...(first && !holdsToken(first.spiffe_id) && { keys: identityKeys(uri, issuer) }),
    ...(unseen && { joiningUnseen: true as const }),
    type: isNode ? 'spire.node-alias' : 'spire.workload',
    name: uri,
    class: 'machine',
    classReason: isNode ? 'It stands for nodes.' : 'Only what an agent has attested on its node gets it.',
    createdAt: createdAt(entries),
    enabled: known(true, ENTRIES),
    lastUsedAt: unknown('not-offered', ENTRIES, NO_USE),
    description: absent(ENTRIES, 'entries have no description'),
    maxSessionSeconds: absent(ENTRIES, 'it is issued as certificates and tokens, not as a session'),
    tags: known(
      Object.fromEntries(
        [
          ['hint', hints.join(', ')],
          ['dns_names', names.join(', ')],
          ['store_svid', entries.some(({ store_svid }) => store_svid) ? 'true' : ''],
        ].flatMap(([key = '', text = '']) => (text === '' ? [] : [[key, withoutSecret(text)] as const])),
      ),
      ENTRIES,
    ),
  }
}

/** Whoever fits all selectors of an entry, on a node that is its parent or goes by that name. */
export function entryTrust(entry: Entry): Of<'trust'> {
  const { id, parent_id, expires_at, federates_with, admin, downstream, store_svid } = entry
  const selectors = [...new Set(entry.selectors.map(selectorText))].sort()
  const links = isOfNodes(entry) ? [] : accountLinks(selectors)
  return {
    kind: 'trust',
    nativeId: id,
    identity: uriOf(entry.spiffe_id),
    principalType: uriOf(parent_id) === serverOf(parent_id.trust_domain) ? 'service' : 'identity',
    principal: uriOf(parent_id),
    effect: 'allow',
    actions: ['attest'],
    conditions: {
      parent: uriOf(parent_id),
      selectors,
      ...(admin && { admin }),
      ...(downstream && { downstream }),
      ...(store_svid && { store_svid }),
      ...(federates_with.length && { federates_with: [...new Set(federates_with)].sort() }),
      ...(expires_at && { expires_at: instantOf(expires_at) }),
    },
    ...(links.length && { links }),
  }
}

const GIVES: Readonly<Record<string, string>> = {
  [ADMIN]: 'Administrator of the server API',
  [DOWNSTREAM]: 'Downstream server of the trust domain',
}
export const rights = (): Of<'entitlement'>[] =>
  [ADMIN, DOWNSTREAM].map((name) => ({
    kind: 'entitlement',
    nativeId: name,
    aliases: [],
    type: 'spire.right',
    name: GIVES[name] ?? name,
    language: LANGUAGE,
    managedBy: 'provider',
    document: known({ right: name }, ENTRIES),
  }))

export const entryGrants = (entry: Entry): Of<'grant'>[] =>
  [ADMIN, DOWNSTREAM].flatMap((name) =>
    (name === ADMIN ? entry.admin : entry.downstream)
      ? [
          {
            kind: 'grant' as const,
            nativeId: `${entry.id}/${name}`,
            identity: uriOf(entry.spiffe_id),
            entitlement: name,
            entitlementName: GIVES[name] ?? name,
            effect: 'allow' as const,
            via: 'attached' as const,
            viaName: entry.id,
          },
        ]
      : [],
  )

const FORMS = [
  { field: 'x509_svid_ttl', type: 'spire.x509-svid', form: 'certificate', name: 'X.509-SVID' },
  { field: 'jwt_svid_ttl', type: 'spire.jwt-svid', form: 'token', name: 'JWT-SVID' },
] as const
const AS_SERVER = 'an entry leaves it to the server, whose setting is not told'

/**
 * What it is issued as. Each value is made anew, so that only how long it lives is told of all of them. A JWT-SVID can be asked
 * for by any: it is told where an entry says how long it lives.
 */
export function entryCredentials(uri: string, entries: readonly Entry[]): Of<'credential'>[] {
  return FORMS.flatMap(({ field, type, form, name }) => {
    const spans = entries.map((entry) => entry[field])
    if (form === 'token' && spans.every((span) => span === 0)) return []
    const lifetime: Fact<number> = spans.includes(0)
      ? unknown('not-offered', ENTRIES, AS_SERVER)
      : known(Math.max(...spans), ENTRIES)
    const eachAnew = unknown('not-offered', ENTRIES, 'each value is issued anew, and the server keeps none')
    return [
      {
        kind: 'credential' as const,
        nativeId: `${uri}#${name}`,
        identity: known(uri, ENTRIES),
        type,
        form,
        name,
        createdAt: eachAnew,
        rotatedAt: eachAnew,
        expiresAt: eachAnew,
        lastUsedAt: unknown('not-offered', ENTRIES, NO_USE),
        lastUsedWhere: unknown('not-offered', ENTRIES, NO_USE),
        enabled: known(true, ENTRIES),
        lifetimeSeconds: lifetime,
      },
    ]
  })
}
