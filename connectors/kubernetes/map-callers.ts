// Whom a policy of the mesh means by its sources, in names that others bear.
import { inCluster, MESH_ITSELF, SERVICE_ACCOUNT, SPIFFE_ID, spiffeId } from './map-joins'
import { bareIssuer } from './place'
import type { Source } from './shapes-mesh'

export type Mesh = { uid: string; trustDomains: readonly string[] }
export type Caller = { to: string; value: string }
type Named = { domain: string; namespace: string; name: string }
const ANY = '*'
/** No name of a caller is longer: a text that is names nobody. */
const VALUE_CHARS_MAX = 600

/** `<trust domain>/ns/<namespace>/sa/<name>`, or with an open end behind one of its parts. */
const WHOLE = /^([^/]+)\/ns\/([^/]+)\/sa\/([^/]+)$/
const OPEN = /^([^/]+)(?:\/ns\/([^/]+))?(?:\/sa)?\/\*$/
function ofPrincipal(text: string): Named[] {
  const [, domain, namespace = ANY, name = ANY] = WHOLE.exec(text) ?? OPEN.exec(text) ?? []
  return domain === undefined ? [] : [{ domain, namespace, name }]
}
/** `<namespace>/<name>`, or the name of one in the namespace of the policy. */
function ofAccount(text: string, own: string): Named {
  const at = text.indexOf('/')
  return {
    domain: ANY,
    namespace: at < 0 ? own : text.slice(0, at),
    name: at < 0 ? text : text.slice(at + 1),
  }
}

function nameOf({ domain, namespace, name }: Named, { uid, trustDomains }: Mesh): Caller {
  const [own = MESH_ITSELF] = trustDomains
  const isOwn = domain === ANY || domain === MESH_ITSELF || trustDomains.includes(domain)
  const stated = isOwn ? own : domain
  // Every mesh that nobody gave a name has this one: only what is in the cluster itself can be meant for sure.
  if (stated === MESH_ITSELF) return { to: SERVICE_ACCOUNT, value: inCluster(uid, namespace, name) }
  return { to: SPIFFE_ID, value: spiffeId(stated, namespace, name) }
}

/** `<issuer>/<subject>` of a token that comes along with the call. */
function ofRequest(text: string): Caller[] {
  const at = text.lastIndexOf('/')
  const [issuer, subject] = [bareIssuer(text.slice(0, Math.max(at, 0))), text.slice(at + 1)]
  if (issuer === '' || issuer.includes(ANY) || subject === '') return []
  return [{ to: 'oidc.subject', value: `${issuer}|${subject}` }]
}

/** Those that it names. All that a source says has to hold together: the narrowest way of naming is taken. */
export function callersOf(source: Source, namespace: string, mesh: Mesh): Caller[] {
  const { principals, serviceAccounts, namespaces, requestPrincipals } = source
  const named = principals.length
    ? principals.flatMap(ofPrincipal)
    : serviceAccounts.length
      ? serviceAccounts.map((text) => ofAccount(text, namespace))
      : namespaces.map((text): Named => ({ domain: ANY, namespace: text, name: ANY }))
  return [...named.map((one) => nameOf(one, mesh)), ...requestPrincipals.flatMap(ofRequest)].filter(
    ({ value }) => value.length <= VALUE_CHARS_MAX,
  )
}

/** Whether it demands more of a caller than the one thing it is named by. */
export const isNarrowed = (source: Source): boolean =>
  Object.values(source).filter((texts) => texts.length > 0).length > 1
