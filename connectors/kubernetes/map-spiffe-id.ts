// A ClusterSPIFFEID as an identity: who gets it, and by which pattern SPIRE knows the names it makes; and what it picks by.
import { absent, known, unknown } from '@/core/fact'
import { LINKS_MAX, type Link } from '@/core/join'
import type { Of } from '@/core/observation'
import { accountLink, SPIFFE_ID } from './map-joins'
import { createdAt } from './map-service-account'
import { restriction } from './map-restriction'
import { LIST } from './permissions'
import { selectorText } from './selector'
import type { SpiffeId } from './shapes-extensions'

/** `<namespace>/<name>` of the service accounts whose pods it picks, by its id. */
export type Picked = ReadonlyMap<string, ReadonlySet<string>>

/** Selectors may be long; a reason has an end. */
const REASON_CHARS_MAX = 600
function reasonFor({ spec }: SpiffeId): string {
  const pods = selectorText(spec.podSelector)
  const namespaces = selectorText(spec.namespaceSelector)
  const which = [
    pods === '' ? 'every pod' : `pods with ${pods}`,
    namespaces === '' ? '' : `in namespaces with ${namespaces}`,
    spec.fallback === true ? 'that no other ClusterSPIFFEID picks' : '',
  ].filter(Boolean)
  return `It is for ${which.join(' ').slice(0, REASON_CHARS_MAX)}, and pods of this service account are among them.`
}

function accountLinks(id: SpiffeId, picked: Picked, uid: string): Link[] {
  const accounts = [...(picked.get(id.metadata.uid) ?? [])].sort()
  const reason = reasonFor(id)
  const links = accounts.map((account) => {
    const [namespace = '', name = ''] = account.split('/')
    return accountLink({ uid, namespace, name, reason }, 'becomes-this')
  })
  if (links.length < LINKS_MAX) return links
  const { authority: _, ...all } = accountLink({ uid, namespace: '*', name: '*', reason }, 'becomes-this')
  return [{ ...all, match: 'pattern', reason: `${reason} There are more than are told one by one.` }]
}

/** The template with every place that is filled in left open. */
const patternOf = (template: string): string => template.replace(/\{\{.*?\}\}/g, '*').replace(/\*{2,}/g, '*')
const trustDomain = (template: string): string | undefined =>
  /^spiffe:\/\/([a-z0-9._-]+)\//.exec(template)?.[1]

function madeLink(template: string): Link {
  const value = patternOf(template)
  const domain = trustDomain(template)
  return {
    relation: 'declared',
    means: 'same',
    to: SPIFFE_ID,
    match: value.includes('*') ? 'pattern' : 'exact',
    value,
    ...(domain !== undefined && { authority: `spiffe:${domain}` }),
    reason: 'SPIRE makes these entries from it.',
  }
}

export function spiffeIdentity(id: SpiffeId, picked: Picked, uid: string): Of<'identity'> {
  const source = LIST.spiffeIds
  const { metadata, spec } = id
  return {
    kind: 'identity',
    nativeId: metadata.uid,
    aliases: [],
    links: [...accountLinks(id, picked, uid), madeLink(spec.spiffeIDTemplate)],
    type: 'kubernetes.spiffe-id',
    name: metadata.name,
    class: 'machine',
    classReason: 'Only pods get a SPIFFE ID from it.',
    createdAt: createdAt(metadata, source),
    enabled: known(true, source),
    lastUsedAt: unknown('not-offered', source, 'SPIRE knows what it issued, the cluster does not'),
    description: known(`Gives ${spec.spiffeIDTemplate}`, source),
    maxSessionSeconds: absent(source, 'it is issued as certificates and tokens, not as a session'),
    tags: known(metadata.labels, source),
  }
}

/** What it picks pods by and what it makes of them, for whoever judges how many get the same name. */
export function spiffeRule({ metadata, spec }: SpiffeId): Of<'entitlement'> {
  const { spiffeIDTemplate, podSelector, namespaceSelector, workloadSelectorTemplates: further } = spec
  const { fallback, admin, downstream } = spec
  return restriction(metadata, {
    type: 'kubernetes.spiffe-id',
    language: 'kubernetes-spiffe-id',
    document: known(
      {
        spiffeIDTemplate,
        podSelector: selectorText(podSelector),
        namespaceSelector: selectorText(namespaceSelector),
        ...(fallback && { fallback }),
        ...(admin && { admin }),
        ...(downstream && { downstream }),
        ...(further.length && { workloadSelectorTemplates: further }),
      },
      LIST.spiffeIds,
    ),
  })
}
