// Roles that hold what the audit log of a cluster says that a subject did: one for each namespace, one for the whole cluster.
import type { Held, Principal, Question } from '@/core/access'
import {
  holding,
  plainName,
  textsIn,
  withheld,
  type Given,
  type Proposal,
  type ProposedFile,
  type Proposer,
  type Right,
} from '../proposal'
import { fits, fitsResource, readRole, rulesFor, type Rule } from './rules'
import { requestOf, type Request } from './question'
import { subjectOf } from './subjects'

const EVIDENCE =
  'The audit log of the API server tells what a subject did: it can be imported, or sent by the server.'
const RIGHTS_MAX = 2000

type Resource = Extract<Request, { kind: 'resource' }>
const TIMES = / \(\d+ times\)$/
/** `get deployments/scale.apps in shop`, as the connector writes it. */
const DEED = /^([a-z]+) ([^\s/.]+)(?:\/([^\s/.]+))?(?:\.(\S+))?(?: in (\S+))?$/
const AS_ACCOUNT = /^acted as system:serviceaccount:([^:\s]+):([^:\s]+)$/

/** The request that a line tells of; undefined where it tells of none exactly. */
export function requestIn(what: string): Resource | undefined {
  const text = what.replace(TIMES, '')
  const [, place, account] = AS_ACCOUNT.exec(text) ?? []
  if (place && account)
    return resource({ action: 'impersonate', resource: `serviceaccounts:${account}`, place })
  const [, verb, kind, sub, group, where] = DEED.exec(text) ?? []
  if (!verb || !kind) return undefined
  return resource({
    action: verb,
    resource: `${kind}${group ? `.${group}` : ''}${sub ? `/${sub}` : ''}`,
    ...(where && { place: where }),
  })
}
function resource(question: Question): Resource | undefined {
  const request = requestOf(question)
  return request.kind === 'resource' ? request : undefined
}
const isPath = (what: string): boolean => / a path of the API server( \(\d+ times\))?$/.test(what)
const isRefused = (what: string): boolean => what.startsWith('denied: ')
const questionOf = ({ verb, group, resource: kind, subresource, name, place }: Resource): Question => ({
  action: verb,
  resource: `${kind}${group && `.${group}`}${subresource && `/${subresource}`}${name && `:${name}`}`,
  ...(place && { place }),
})

/** Of whose names a log tells nothing: a rule that is limited to names may be what let it in. */
const mayFit = (rule: Rule, request: Resource): boolean => fitsResource(rule, request)
const inPlace = (held: Held, { place }: Resource): boolean => held.place === undefined || held.place === place
function rulesOf(held: Held, request: Resource): Rule[] {
  const role = held.document && readRole(held.document)
  if (!role || !inPlace(held, request)) return []
  return [...rulesFor(role, request.verb)].filter((rule) => mayFit(rule, request))
}

const rights: Proposer['rights'] = (held, { uses }) => {
  const role = held.document && readRole(held.document)
  if (!role) return undefined
  const requests = uses.flatMap((what) => (isRefused(what) ? [] : (requestIn(what) ?? [])))
  const found: Right[] = []
  for (const rule of role.rules) {
    for (const verb of rule.verbs)
      for (const name of rule.resources) {
        const one: Rule = { ...rule, verbs: new Set([verb]), resources: new Set([name]) }
        const hits = requests.filter(
          (request) =>
            (verb === '*' || verb === request.verb) && inPlace(held, request) && mayFit(one, request),
        )
        const names = rule.names ? ` named ${[...rule.names].join(', ')}` : ''
        const exact = hits.some((request) => fits(one, request))
        found.push({
          name: `${verb} ${name} of ${[...rule.groups].map((group) => group || '""').join(', ')}${names}`.slice(
            0,
            300,
          ),
          use: exact ? 'seen' : hits.length ? 'may-be' : 'not-seen',
        })
      }
    for (const url of rule.urls)
      found.push({
        name: `${[...rule.verbs].join(', ')} ${url}`,
        use: uses.some(isPath) ? 'may-be' : 'not-seen',
      })
    if (found.length > RIGHTS_MAX) break
  }
  return { told: requests.length > 0 || uses.some(isPath), rights: found.slice(0, RIGHTS_MAX) }
}

type Wanted = {
  request: Resource
  place: string
  group: string
  resource: string
  verb: string
  names: readonly string[]
}

function propose(given: Given): Proposal {
  const { realm, principal, uses } = given
  const done = [...new Set(uses.filter((what) => !isRefused(what)).map((what) => what.replace(TIMES, '')))]
  const requests = done.flatMap((what) => requestIn(what) ?? [])
  if (!requests.length) return withheld(`Nothing tells what it uses. ${EVIDENCE}`)
  const unread = principal.held.find(
    ({ document, language }) => language !== 'kubernetes-rbac' || !document || !readRole(document),
  )
  if (unread) return withheld(`${unread.name} could not be read: what it gives is not known.`)
  const elsewhere = groupsHolding(given)
  const wanted: Wanted[] = []
  const kept: Resource[] = []
  for (const request of requests) {
    const found = principal.held.flatMap((held) => rulesOf(held, request))
    if (found.length) wanted.push(wantedOf(request, found))
    else if (elsewhere.some((held) => rulesOf(held, request).length)) kept.push(request)
    else return withheld(`It was seen to ${inLog(request)}, and nothing that it holds now gives that.`)
  }
  const paths = principal.held.flatMap(pathRules)
  const roles = rolesOf(wanted, done.some(isPath) ? paths : [])
  const name = plainName(principal.name, '-')
  return {
    made: true,
    files: [fileOf(roles, name, principal)],
    realm: holding(
      realm,
      principal.id,
      roles.map((role) => heldOf(role, name)),
    ),
    asks: [...wanted.flatMap(asksOf), ...kept.map(questionOf)],
    notes: [
      ...principal.held.slice(0, 10).map(({ name: own, via }) => `${own} (${via}) is to be removed.`),
      ...kept.slice(0, 5).map((one) => `${inLog(one)}: it has this by a group, and keeps it.`),
      ...(done.some(isPath) && paths.length
        ? [
            'Rules about paths of the API server stay as they are: the log does not tell which path was asked for.',
          ]
        : []),
      'A log tells what was done in its time: what is done once a year may not be in it.',
    ],
  }
}

/** What is limited to names is asked for each of them: without a name it would be refused. */
const asksOf = ({ request, names }: Wanted): Question[] =>
  names.length ? names.map((name) => questionOf({ ...request, name })) : [questionOf(request)]

const inLog = ({ verb, group, resource: kind, subresource, place }: Resource): string =>
  `${verb} ${kind}${subresource && `/${subresource}`}${group && `.${group}`}${place && ` in ${place}`}`

/** Where only rules for some names let it in, it keeps these names: never more than it has now. */
function wantedOf(request: Resource, rules: readonly Rule[]): Wanted {
  const { place, group, verb, resource: kind, subresource, name } = request
  const free = rules.some((rule) => !rule.names)
  const names = free
    ? name
      ? [name]
      : []
    : [...new Set(rules.flatMap((rule) => [...(rule.names ?? [])]))].sort()
  return { request, place, group, resource: `${kind}${subresource && `/${subresource}`}`, verb, names }
}

/** Of the groups that the server surely puts it into. */
function groupsHolding({ realm, principal }: Given): Held[] {
  const groups = new Set(subjectOf(principal)?.groups)
  return realm.principals.flatMap((one) => {
    const own = one.id === principal.id ? undefined : subjectOf(one)
    return own?.kind === 'group' && groups.has(own.name) ? [...one.held] : []
  })
}

type RuleDocument = {
  apiGroups?: string[]
  resources?: string[]
  verbs: string[]
  resourceNames?: string[]
  nonResourceURLs?: string[]
}
type Role = { place: string; rules: RuleDocument[] }
function pathRules({ document, place }: Held): RuleDocument[] {
  const role = document && readRole(document)
  if (!role || place !== undefined) return []
  return role.rules.flatMap(({ urls, verbs }) =>
    urls.length ? [{ nonResourceURLs: [...urls], verbs: [...verbs] }] : [],
  )
}

/** Of one place first all verbs of a resource, then all resources with the same verbs: few rules, in a fixed order. */
function rolesOf(wanted: readonly Wanted[], paths: readonly RuleDocument[]): Role[] {
  const places = new Map<string, Map<string, { one: Wanted; verbs: Set<string> }>>()
  for (const one of wanted) {
    const inside = places.get(one.place) ?? new Map<string, { one: Wanted; verbs: Set<string> }>()
    places.set(one.place, inside)
    const key = JSON.stringify([one.group, one.resource, one.names])
    const same = inside.get(key) ?? { one, verbs: new Set<string>() }
    inside.set(key, same)
    same.verbs.add(one.verb)
  }
  if (paths.length && !places.has('')) places.set('', new Map())
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([place, inside]) => {
      const merged = new Map<string, RuleDocument>()
      for (const [, { one, verbs }] of [...inside].sort(([a], [b]) => (a < b ? -1 : 1))) {
        const sorted = [...verbs].sort()
        const key = JSON.stringify([one.group, sorted, one.names])
        const same = merged.get(key)
        if (same) same.resources?.push(one.resource)
        else
          merged.set(key, {
            apiGroups: [one.group],
            resources: [one.resource],
            verbs: sorted,
            ...(one.names.length && { resourceNames: [...one.names] }),
          })
      }
      return { place, rules: [...merged.values(), ...(place === '' ? paths : [])] }
    })
}

const heldOf = ({ place, rules }: Role, name: string): Held => ({
  id: `${place ? `role/${place}` : 'clusterrole'}/${name}`,
  name,
  language: 'kubernetes-rbac',
  effect: 'allow',
  via: place ? `attached RoleBinding ${place}/${name}` : `attached ClusterRoleBinding ${name}`,
  ...(place && { place }),
  document: { rules },
})

/** Any text in double quotes as JSON writes it is a string of YAML: yaml.org/spec/1.2.2, 7.3.1. */
const quoted = (text: string): string => JSON.stringify(text)
const listed = (texts: readonly string[]): string => `[${texts.map(quoted).join(', ')}]`
const FIELDS = ['apiGroups', 'resources', 'resourceNames', 'nonResourceURLs', 'verbs'] as const
function ruleLines(rule: RuleDocument): string[] {
  const given = FIELDS.flatMap((field) => (rule[field] ? [`${field}: ${listed(textsIn(rule[field]))}`] : []))
  return given.map((text, at) => `${at ? '  ' : '- '}${text}`)
}

function fileOf(roles: readonly Role[], name: string, principal: Principal): ProposedFile {
  const subject = subjectOf(principal)
  const who =
    subject?.kind === 'account'
      ? [
          '- kind: ServiceAccount',
          `  name: ${quoted(subject.own ?? '')}`,
          `  namespace: ${quoted(subject.namespace ?? '')}`,
        ]
      : [
          `- kind: ${subject?.kind === 'group' ? 'Group' : 'User'}`,
          `  name: ${quoted(subject?.name ?? principal.name)}`,
          '  apiGroup: rbac.authorization.k8s.io',
        ]
  const documents = roles.flatMap(({ place, rules }) => {
    const kind = place ? 'Role' : 'ClusterRole'
    const head = (of: string) => [
      'apiVersion: rbac.authorization.k8s.io/v1',
      `kind: ${of}`,
      'metadata:',
      `  name: ${quoted(name)}`,
      ...(place ? [`  namespace: ${quoted(place)}`] : []),
    ]
    return [
      [...head(kind), 'rules:', ...rules.flatMap(ruleLines)].join('\n'),
      [
        ...head(`${kind}Binding`),
        'roleRef:',
        '  apiGroup: rbac.authorization.k8s.io',
        `  kind: ${kind}`,
        `  name: ${quoted(name)}`,
        'subjects:',
        ...who,
      ].join('\n'),
    ]
  })
  return { name: `${name}.yaml`, language: 'yaml', text: `${documents.join('\n---\n')}\n` }
}

export const kubernetesProposer: Proposer = { platform: 'kubernetes', evidence: EVIDENCE, rights, propose }
