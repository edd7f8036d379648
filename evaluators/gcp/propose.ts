// Custom roles that hold what a service account was seen using, binding by binding, in the form of gcloud and Terraform.
import type { Held, Question, Realm, Ruling } from '@/core/access'
import {
  exercisedOf,
  holding,
  isText,
  plainName,
  textsIn,
  withheld,
  type Given,
  type Proposal,
  type ProposedFile,
  type Proposer,
} from '../proposal'

const EVIDENCE =
  'Policy insights of Recommender (recommender.iamPolicyInsights.list) tell which permissions of a role were used; they speak of roles on projects, folders and organisations alone.'
/** Permissions of one custom role (cloud.google.com/iam/quotas). */
const PERMISSIONS_MAX = 3000
const NODE = /^\/\/cloudresourcemanager\.googleapis\.com\/(projects|folders|organizations)\/([^/]+)$/

type Narrowed = { held: Held; role: string; resource: string; actions: readonly string[]; own: string }

function roleOf({ rulings }: Realm, role: string): readonly string[] | undefined {
  const found = rulings.find(({ id, type }) => id === role && type === 'gcp.role')?.document
  return found && Array.isArray(found['includedPermissions'])
    ? textsIn(found['includedPermissions'])
    : undefined
}

const rights: Proposer['rights'] = (held, given) => {
  const role = held.document?.['role']
  if (!isText(role)) return undefined
  const used = exercisedOf(given, held)
  const actions = new Set(used?.actions)
  const granted = roleOf(given.realm, role)
  if (!granted && !used) return undefined
  const names = [...new Set([...(granted ?? []), ...actions])].sort()
  return {
    told: used !== undefined,
    rights: names.map((name) => ({ name, use: actions.has(name) ? 'seen' : 'not-seen' })),
  }
}

function propose(given: Given): Proposal {
  const { realm, principal } = given
  const told = principal.held.filter((held) => exercisedOf(given, held))
  if (!told.length) return withheld(`Nothing tells what it uses. ${EVIDENCE}`)
  const narrowed: Narrowed[] = []
  for (const held of told) {
    const [role, resource] = [held.document?.['role'], held.document?.['resource']]
    const actions = [...(exercisedOf(given, held)?.actions ?? [])].sort()
    if (!isText(role) || !isText(resource)) return withheld(`${held.name} could not be read.`)
    if (!actions.length) continue
    const granted = roleOf(realm, role)
    const beyond = granted && actions.find((one) => !granted.includes(one))
    if (beyond !== undefined)
      return withheld(
        `${beyond} was seen in use by ${held.name}, and the role as it was read does not hold it: a proposal would give more than now.`,
      )
    if (actions.length > PERMISSIONS_MAX)
      return withheld(`More permissions than a custom role can hold (${PERMISSIONS_MAX}) are in use.`)
    const name = `${plainName(principal.name.split('@')[0] ?? '', '_')}_${narrowed.length + 1}`
    const [, kind, id] = NODE.exec(resource) ?? []
    const parent = kind === 'projects' ? `projects/${id}` : organisationOf(realm)
    if (!kind || !parent) return withheld(`Where a custom role for ${held.name} could lie is not known.`)
    narrowed.push({ held, role, resource, actions, own: `${parent}/roles/${name}` })
  }
  const kept = principal.held.filter((held) => !told.includes(held))
  return {
    made: true,
    files: narrowed.length ? narrowed.flatMap((one) => filesOf(one, principal.name)) : [removal(told)],
    realm: holding(realm, principal.id, [...kept, ...narrowed.map(heldOf)], narrowed.map(rulingOf)),
    asks: narrowed.flatMap(asksOf),
    notes: notesOf(told, kept, narrowed),
  }
}

const organisationOf = ({ id }: Realm): string | undefined =>
  /^organizations\/\d+$/.test(id) ? id : undefined
const conditionOf = ({ document }: Held) => document?.['condition']
const heldOf = ({ held, own, resource }: Narrowed): Held => ({
  ...held,
  id: `${own}@${resource}`,
  name: `${own} on ${resource}`,
  document: { ...held.document, role: own },
})
const rulingOf = ({ own, actions }: Narrowed): Ruling => ({
  id: own,
  type: 'gcp.role',
  name: own,
  aliases: [],
  language: 'gcp-iam',
  document: { stage: 'GA', includedPermissions: [...actions] },
})
const asksOf = ({ resource, actions }: Narrowed): Question[] =>
  actions.map((action) => ({ action, resource }))

const quoted = (text: string): string => JSON.stringify(text)
function filesOf({ held, own, actions, role, resource }: Narrowed, name: string): ProposedFile[] {
  const id = own.slice(own.lastIndexOf('/') + 1)
  const yaml = [
    `title: ${quoted(`What ${name} uses`)}`,
    `description: ${quoted(`In place of ${held.name}`.slice(0, 250))}`,
    'stage: GA',
    'includedPermissions:',
    ...actions.map((one) => `- ${one}`),
    '',
  ].join('\n')
  return [
    { name: `${id}.yaml`, language: 'yaml', text: yaml },
    { name: `${id}.tf`, language: 'hcl', text: terraform({ held, own, actions, role, resource }, name) },
  ]
}

/** registry.terraform.io/providers/hashicorp/google: google_project_iam_custom_role, google_*_iam_member. */
function terraform({ held, own, actions, resource }: Narrowed, name: string): string {
  const id = own.slice(own.lastIndexOf('/') + 1)
  const [, kind = '', place = ''] = NODE.exec(resource) ?? []
  const isProject = own.startsWith('projects/')
  const custom = isProject ? 'google_project_iam_custom_role' : 'google_organization_iam_custom_role'
  const on = { projects: 'project', folders: 'folder', organizations: 'organization' }[kind] ?? 'project'
  const where =
    on === 'project'
      ? `project = ${quoted(place)}`
      : on === 'folder'
        ? `folder = ${quoted(`folders/${place}`)}`
        : `org_id = ${quoted(place)}`
  const condition = conditionOf(held) as Record<string, unknown> | undefined
  const conditions = condition
    ? [
        '  condition {',
        ...['title', 'description', 'expression'].flatMap((key) =>
          isText(condition[key]) ? [`    ${key} = ${escaped(condition[key])}`] : [],
        ),
        '  }',
      ]
    : []
  return [
    `resource "${custom}" "${id}" {`,
    `  role_id = "${id}"`,
    `  ${isProject ? `project = ${quoted(place)}` : `org_id = ${quoted(own.split('/')[1] ?? '')}`}`,
    `  title = ${escaped(`What ${name} uses`)}`,
    '  permissions = [',
    ...actions.map((one) => `    ${escaped(one)},`),
    '  ]',
    '}',
    `resource "google_${on}_iam_member" "${id}" {`,
    `  ${where}`,
    `  role = ${custom}.${id}.name`,
    `  member = ${escaped(`serviceAccount:${name}`)}`,
    ...conditions,
    '}',
    '',
  ].join('\n')
}
/** In Terraform a dollar or percent sign before a brace begins a template. */
const escaped = (text: string): string => quoted(text).replaceAll('${', '$${').replaceAll('%{', '%%{')

const removal = (told: readonly Held[]): ProposedFile => ({
  name: 'remove.yaml',
  language: 'yaml',
  text: [
    '# Nothing of these bindings was seen in use.',
    'remove:',
    ...told.map(({ name }) => `- ${quoted(name)}`),
    '',
  ].join('\n'),
})

function notesOf(told: readonly Held[], kept: readonly Held[], narrowed: readonly Narrowed[]): string[] {
  const gone = told.filter((held) => !narrowed.some((one) => one.held === held))
  return [
    ...narrowed.map(({ held, own }) => `${own} takes the place of ${held.name}, which is to be removed.`),
    ...gone.map(({ name }) => `${name} goes: nothing of it was seen in use in the window.`),
    ...kept.map(({ name }) => `${name} stays: nothing tells whether it is used.`),
    'Some permissions cannot be part of custom roles: cloud.google.com/iam/docs/custom-roles-permissions-support.',
  ].slice(0, 20)
}

export const gcpProposer: Proposer = { platform: 'gcp', evidence: EVIDENCE, rights, propose }
