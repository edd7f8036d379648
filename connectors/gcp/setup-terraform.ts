// The same as Terraform: the role, the service account, and a pool through which Rollcall signs in without a key.
import type { GcpSettings } from './settings'
import { permissionsFor, placesOf, type Place } from './setup-places'

type Given = Partial<GcpSettings>
const quoted = (text: string): string => JSON.stringify(text)

const KINDS: Readonly<Record<string, { resource: string; field: string }>> = {
  organizations: { resource: 'google_organization_iam_member', field: 'org_id' },
  folders: { resource: 'google_folder_iam_member', field: 'folder' },
  projects: { resource: 'google_project_iam_member', field: 'project' },
}

function role(place: Place, at: number): string {
  const list = permissionsFor(place).map((name) => `    ${quoted(name)},`)
  const isProject = place.kind === 'projects'
  const type = isProject ? 'google_project_iam_custom_role' : 'google_organization_iam_custom_role'
  const where = isProject
    ? `  project     = ${quoted(place.id)}`
    : `  org_id      = ${place.kind === 'organizations' ? quoted(place.id) : 'var.organization'}`
  const member = KINDS[place.kind] ?? { resource: 'google_organization_iam_member', field: 'org_id' }
  return `resource "${type}" "rollcall_${at}" {
${where}
  role_id     = "rollcallInventory${at || ''}"
  title       = "Rollcall inventory"
  permissions = [
${list.join('\n')}
  ]
}

resource "${member.resource}" "rollcall_${at}" {
  ${member.field} = ${quoted(place.kind === 'folders' ? place.name : place.id)}
  role   = ${type}.rollcall_${at}.id
  member = google_service_account.rollcall.member
}`
}

const SIGN_IN = (project: string): string => `resource "google_service_account" "rollcall" {
  project    = ${quoted(project)}
  account_id = "rollcall"
}

resource "google_iam_workload_identity_pool" "rollcall" {
  project                   = ${quoted(project)}
  workload_identity_pool_id = "rollcall"
}

# The cluster Rollcall runs in. Only its own service account comes in.
resource "google_iam_workload_identity_pool_provider" "cluster" {
  project                            = ${quoted(project)}
  workload_identity_pool_id          = google_iam_workload_identity_pool.rollcall.workload_identity_pool_id
  workload_identity_pool_provider_id = "cluster"
  attribute_mapping                  = { "google.subject" = "assertion.sub" }
  attribute_condition                = "assertion.sub == 'system:serviceaccount:rollcall:rollcall'"
  oidc {
    issuer_uri = var.cluster_issuer
  }
}

resource "google_service_account_iam_member" "rollcall" {
  service_account_id = google_service_account.rollcall.name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principal://iam.googleapis.com/\${google_iam_workload_identity_pool.rollcall.name}/subject/system:serviceaccount:rollcall:rollcall"
}`

const variables = (places: readonly Place[]): string =>
  [
    'variable "cluster_issuer" { type = string }',
    ...(places.some(({ kind }) => kind === 'folders') ? ['variable "organization" { type = string }'] : []),
  ].join('\n')

export function terraform(given: Given): string {
  const places = placesOf(given)
  return [variables(places), SIGN_IN(given.quotaProject ?? 'PROJECT'), ...places.map(role)].join('\n\n')
}
