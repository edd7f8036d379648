// The documents a person applies so that Rollcall may read exactly what it asks for, signed in without a key.
import type { SetupDocument } from '@/core/connector'
import { APIS, IAM_PERMISSIONS } from './calls'
import { permissionsFor, placesOf, type Place } from './setup-places'
import type { GcpSettings } from './settings'
import { terraform } from './setup-terraform'

type Given = Partial<GcpSettings>
const ROLE = 'rollcallInventory'

function roleText(place: Place): string {
  const known = new Map(IAM_PERMISSIONS.map((one) => [one.name, one]))
  const lines = permissionsFor(place).flatMap((name) => {
    const one = known.get(name)
    return [`# ${one?.optional ? 'Optional. ' : ''}${one?.gives ?? ''}`, `- ${name}`]
  })
  return [
    'title: Rollcall inventory',
    'description: Reads metadata of machine identities. Holds nothing that gives out a value, a key or a token.',
    'stage: GA',
    'includedPermissions:',
    ...lines,
  ].join('\n')
}

const GCLOUD: Readonly<Record<string, string>> = {
  organizations: 'organizations',
  folders: 'resource-manager folders',
  projects: 'projects',
}
/** Folders have no roles of their own: theirs is made in the organisation. */
function commandsFor(place: Place, member: string): string {
  const { kind, id } = place
  const flag =
    kind === 'projects'
      ? `--project=${id}`
      : `--organization=${kind === 'organizations' ? id : 'ORGANIZATION_NUMBER'}`
  const role =
    kind === 'projects'
      ? `projects/${id}/roles/${ROLE}`
      : `organizations/${kind === 'organizations' ? id : 'ORGANIZATION_NUMBER'}/roles/${ROLE}`
  return [
    `gcloud iam roles create ${ROLE} ${flag} --file=rollcall-role.yaml`,
    `gcloud ${GCLOUD[kind] ?? 'organizations'} add-iam-policy-binding ${id} --member="${member}" --role="${role}" --condition=None`,
  ].join('\n')
}

function commands(given: Given): string {
  const { quotaProject, impersonate } = given
  const project = quotaProject ?? 'PROJECT'
  const account = impersonate ?? `rollcall@${project}.iam.gserviceaccount.com`
  const member = `serviceAccount:${account}`
  return [
    `gcloud services enable ${APIS.join(' ')} sts.googleapis.com iamcredentials.googleapis.com --project=${project}`,
    ...(impersonate === undefined
      ? [`gcloud iam service-accounts create rollcall --project=${project}`]
      : []),
    ...placesOf(given).map((place) => commandsFor(place, member)),
    ...(quotaProject === undefined
      ? []
      : [
          '# Calls count against the quota project.',
          `gcloud projects add-iam-policy-binding ${quotaProject} --member="${member}" --role="roles/serviceusage.serviceUsageConsumer" --condition=None`,
        ]),
    ...(impersonate === undefined
      ? []
      : [
          '# Whoever signs in acts as the service account: fill in who that is.',
          `gcloud iam service-accounts add-iam-policy-binding ${impersonate} --member="MEMBER" --role="roles/iam.serviceAccountTokenCreator"`,
        ]),
    '# Last use and HMAC keys are asked of each project: enable these APIs where there are service accounts.',
    '# gcloud services enable policyanalyzer.googleapis.com storage.googleapis.com --project=<each project>',
    '# Members of Google groups: give the service account the admin role Groups Reader at admin.google.com.',
  ].join('\n')
}

export const setup = (settings: Given): SetupDocument[] => [
  {
    title: 'Custom role (rollcall-role.yaml)',
    language: 'yaml',
    text: roleText(placesOf(settings)[0] ?? { kind: 'organizations', id: '', name: '' }),
  },
  { title: 'Commands: the role, and who holds it', language: 'shell', text: commands(settings) },
  {
    title: 'Terraform: role, service account, and signing in without a key',
    language: 'hcl',
    text: terraform(settings),
  },
]
