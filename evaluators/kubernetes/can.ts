// Whether a principal may do one thing: what SelfSubjectAccessReview of the API server would answer it.
import type { AccessAnswer, Question } from '@/core/access'
import { nameOf, type Cluster, type Own } from './cluster'
import { inWords, remarkOn, requestOf, type Request } from './question'
import { fits, fitsResource, rulesFor, type Rule } from './rules'
import { MASTERS, withGroups, type Subject } from './subjects'

/** Remarks kept with one answer. */
const REMARKS_MAX = 5
const MASTERS_GIVES = `Members of ${MASTERS} may do everything: the API server asks no role about them.`
export const NODE_MISSING = 'What the node authorizer gives to nodes is not judged: it is no RBAC.'

export function can(cluster: Cluster, id: string, question: Question): AccessAnswer {
  const principal = cluster.principals.get(id) ?? cluster.guests.get(id)
  const known = cluster.subjects.get(id)
  const { refused } = cluster.guests.get(id) ?? {}
  if (refused !== undefined) return { answer: 'no', because: [refused] }
  if (!principal || !known) return stranger(cluster, id)
  const subject = withGroups(known, question.context)
  const request = requestOf(question)
  if (subject.groups.includes(MASTERS)) return { answer: 'yes', because: [MASTERS_GIVES] }
  const judged = allowed(cluster.grantsOf(subject), request)
  if (judged.answer !== 'no') return judged
  const missing = [
    ...openParts(cluster, request),
    ...openGroups(cluster, subject, request),
    ...openNames(cluster, subject),
  ]
  if (missing.length) return { answer: 'depends', because: judged.because, missing }
  return judged
}

function stranger(cluster: Cluster, id: string): AccessAnswer {
  const entry = cluster.guests.get(id)
  if (entry) return { answer: 'depends', because: [`${entry.name} lets it in.`], missing: entry.missing }
  const missing = cluster.principals.has(id)
    ? `${id} is no user, group, service account or node: the API server knows nobody by it.`
    : `${id} is not among the principals that were collected.`
  return { answer: 'depends', because: ['Who is asked about is not known here.'], missing: [missing] }
}

/** By the grants alone, all of which are known. */
export function allowed(grants: readonly Own[], request: Request): AccessAnswer {
  const open: string[] = []
  const foreign: string[] = []
  let giving: string | undefined
  for (const own of grants) {
    const { state, place, role } = own.grant
    if (!holdsAt(place, request)) continue
    if (state === 'foreign') foreign.push(`${nameOf(own)} is no document of RBAC: what it does is not known.`)
    if (state === 'unread') open.push(`${nameOf(own)} could not be read.`)
    if (state === 'unplaced') open.push(`In which namespace ${nameOf(own)} holds was not collected.`)
    if (state !== 'read' || !role) continue
    const rule = ruleFor(own, request)
    if (rule) giving ??= `${nameOf(own)}, rule ${rule.at}, allows it: ${ruleInWords(rule)}${remarks(own)}.`
    for (const at of role.mysteries) open.push(`Rule ${at} of ${nameOf(own)} is in no form that is known.`)
  }
  if (giving !== undefined && !foreign.length) return { answer: 'yes', because: [giving] }
  const missing = [...foreign, ...open].slice(0, REMARKS_MAX)
  if (missing.length)
    return {
      answer: 'depends',
      because: giving === undefined ? [`Nothing that could be read allows ${inWords(request)}.`] : [giving],
      missing,
    }
  return { answer: 'no', because: refusal(grants, request) }
}

const remarks = ({ grant: { place, role } }: Own): string =>
  `${place === undefined ? '' : `, in namespace ${place} only`}${role?.isComputed ? ', as computed from the roles it gathers' : ''}`

/** A RoleBinding holds for requests in its namespace, and for nothing else. */
export const holdsAt = (place: string | undefined, request: Request): boolean =>
  place === undefined || (request.kind === 'resource' && request.place === place)

function ruleFor({ grant: { role } }: Own, request: Request): Rule | undefined {
  if (!role) return undefined
  for (const rule of rulesFor(role, request.verb)) if (fits(rule, request)) return rule
  return undefined
}

const listed = (texts: Iterable<string>): string =>
  [...texts].map((text) => (text === '' ? '""' : text)).join(', ')
export function ruleInWords({ verbs, groups, resources, names, urls }: Rule): string {
  const what = urls.length ? listed(urls) : `${listed(resources)} of ${listed(groups)}`
  return `${listed(verbs)} on ${what}${names ? ` named ${listed(names)}` : ''}`.slice(0, 300)
}

/** Why nothing allows it, with what comes close. */
function refusal(grants: readonly Own[], request: Request): string[] {
  const close: string[] = []
  for (const own of grants) {
    if (close.length >= REMARKS_MAX) break
    const { state, role } = own.grant
    if (state === 'gone') close.push(`${nameOf(own)} gives nothing: there is no such role.`)
    if (state !== 'read' || !role) continue
    const remark = nearMiss(own, request)
    if (remark) close.push(`${nameOf(own)} ${remark}.`)
  }
  const remark = remarkOn(request)
  const first = grants.length
    ? `None of the ${grants.length} bindings that name it, or groups it is in, allows it to ${inWords(request)}.`
    : `No binding names it or a group it is in, so nothing allows it to ${inWords(request)}.`
  return [first, ...(remark ? [remark] : []), ...close]
}

function nearMiss(own: Own, request: Request): string | undefined {
  const { place, role } = own.grant
  if (!holdsAt(place, request)) {
    if (!ruleFor(own, request)) return undefined
    return request.kind === 'url'
      ? 'names the path, and a RoleBinding gives none'
      : `allows it only in namespace ${place}`
  }
  if (!role || request.kind === 'url') return undefined
  for (const rule of rulesFor(role, request.verb)) {
    if (fitsResource(rule, request))
      return `allows it only for the names ${listed(rule.names ?? []).slice(0, 200)}`
    if (request.subresource && fitsResource(rule, { ...request, subresource: '' }))
      return `allows ${request.verb} on ${request.resource}, which does not reach its subresource ${request.subresource}`
  }
  return undefined
}

/** Grants that were not seen and could allow it. */
function openParts(cluster: Cluster, request: Request): string[] {
  const missing = cluster.unseenGrants
  const { only } = cluster
  if (only !== undefined && request.kind === 'resource' && request.place && request.place !== only)
    missing.push(`What is granted in namespace ${request.place} is not collected.`)
  return missing
}

/** Of an identity that is let in from elsewhere: whose names it can bear there, and what was not read of that. */
export function openNames(cluster: Cluster, { guest }: Subject): string[] {
  const entry = guest === undefined ? undefined : cluster.guests.get(guest)
  if (!entry) return []
  const named = cluster.usersLike(entry).map(({ name }) => name)
  if (!named.length) return [...entry.missing]
  const names = named.slice(0, REMARKS_MAX).join(', ')
  return [
    ...entry.missing,
    `It is ${names} as well where its session is called so, which whoever assumes it chooses.`,
  ]
}

/** Groups that it may be in, which nobody tells the cluster beforehand. */
function openGroups(cluster: Cluster, subject: Subject, request: Request): string[] {
  if (subject.kind === 'node') return [NODE_MISSING]
  if (!subject.hasOtherGroups) return []
  const giving = cluster.groups.flatMap(({ name }) => {
    if (subject.groups.includes(name) || name === MASTERS || name.startsWith('system:serviceaccounts'))
      return []
    if (name === 'system:unauthenticated') return []
    const own = cluster.grantsOfGroup(name).map((grant) => ({ grant, group: name }))
    return allowed(own, request).answer === 'no' ? [] : [name]
  })
  const names = [...giving.slice(0, REMARKS_MAX), MASTERS].join(', ')
  return [
    `Which groups ${subject.name} is in is decided outside of the cluster: as a member of ${names} it may do it.`,
  ]
}
