// What the connector is, as data: pages, the setup documents and the README are made from it. Loads nothing that speaks to
// Google Cloud.
import { defineManifest } from '@/core/connector'
import { PERMISSIONS } from './calls'
import { joins } from './joins'
import { ofType } from './of-type'
import { GcpSettings } from './settings'
import { setup } from './setup'

export const GCLOUD = 'gcp-gcloud-lists'
export const ASSET_EXPORT = 'gcp-asset-export'

export const gcpManifest = defineManifest<GcpSettings>({
  id: 'gcp',
  title: 'Google Cloud',
  summary:
    'Service accounts, their keys, who holds which role where, who can become whom, and what runs as which service account.',
  settings: GcpSettings,
  permissions: PERMISSIONS,
  streams: {
    'service-accounts': 'Service accounts: age, last use, state, owners.',
    'service-account-keys': 'Keys of service accounts: origin, age, end, last use, state.',
    'hmac-keys': 'HMAC keys for Cloud Storage.',
    'api-keys': 'API keys, and the service accounts they are bound to.',
    access:
      'Roles granted on every resource, with conditions, and what was seen in use of them; who can become which service account; principals from outside.',
    'workload-identity-pools': 'Pools and providers, by which workloads outside Google Cloud come in.',
    hierarchy: 'Which project lies in which folder, and what is above what is read.',
    restrictions: 'Deny policies and principal access boundaries.',
    workloads: 'Instances, node pools, Cloud Run and functions, and the service accounts they run as.',
    secrets: 'Stored secrets: age, newest version, rotation, owners.',
  },
  types: {
    'gcp.organization': 'Google Cloud organisation',
    'gcp.folder': 'Google Cloud folder',
    'gcp.project': 'Google Cloud project',
    'gcp.service-account': 'Service account',
    'gcp.foreign-service-account': 'Service account of another project',
    'gcp.service-agent': 'Service agent of Google',
    'gcp.federated-principal': 'Workload of an identity pool',
    'gcp.agent-identity': 'Agent',
    'gcp.resource-identity': 'Resource with an identity of its own',
    'gcp.everyone': 'Everyone',
    'gcp.service-account-key': 'Service account key',
    'gcp.hmac-key': 'HMAC key',
    'gcp.api-key': 'API key',
    'gcp.role': 'Role',
    'gcp.binding': 'Role on a resource',
    'gcp.workload-identity-provider': 'Workload identity provider',
    'gcp.workload-identity-rule': 'Rule of a workload identity provider',
    'gcp.tree': 'Part of the hierarchy',
    'gcp.deny-policy': 'Deny policy',
    'gcp.access-boundary': 'Principal access boundary',
    'gcp.access-boundary-binding': 'Binding of a principal access boundary',
    'gcp.gke-cluster': 'GKE cluster',
    'gcp.gke-node-pool': 'GKE node pool',
    'gcp.instance': 'Compute Engine instance',
    'gcp.run-service': 'Cloud Run service',
    'gcp.run-job': 'Cloud Run job',
    'gcp.function': 'Cloud Run function',
    'gcp.secret': 'Stored secret (Secret Manager)',
  },
  ofType,
  imports: [
    {
      id: GCLOUD,
      title: 'Service accounts and keys (gcloud)',
      command:
        '(gcloud iam service-accounts list --project=PROJECT --format=json; for a in $(gcloud iam service-accounts list --project=PROJECT --format="value(email)"); do gcloud iam service-accounts keys list --iam-account=$a --managed-by=user --format=json; done) > gcp-accounts.json',
      endings: ['.json', '.jsonl', '.txt'],
    },
    {
      id: ASSET_EXPORT,
      title: 'Asset inventory (gcloud)',
      command:
        '(gcloud asset list --organization=ORG --content-type=resource --asset-types=cloudresourcemanager.googleapis.com/Project,iam.googleapis.com/ServiceAccount,iam.googleapis.com/ServiceAccountKey,container.googleapis.com/Cluster,compute.googleapis.com/Instance,run.googleapis.com/Service,run.googleapis.com/Job,cloudfunctions.googleapis.com/CloudFunction,cloudfunctions.googleapis.com/Function,secretmanager.googleapis.com/Secret,secretmanager.googleapis.com/SecretVersion,apikeys.googleapis.com/Key --format=json; gcloud asset search-all-iam-policies --scope=organizations/ORG --format=json) > gcp-assets.json',
      endings: ['.json', '.jsonl', '.txt', '.ndjson'],
    },
  ],
  joins,
  gaps: [
    'The API has no creation date of a service account: only the audit log has one, which goes back 400 days.',
    'Last use is told by days and some days late, counts calls that failed, and leaves out HMAC keys, API keys and calls to Workspace by domain-wide delegation.',
    'Who is in a Google group is not in IAM: without the admin role Groups Reader, what service accounts hold through groups stays unknown.',
    'Roles that a service account holds through projectEditor and the like on buckets and datasets are not expanded.',
    'Domain-wide delegation is granted in the admin console of Workspace, and cannot be read: see there which client ids are allowed.',
    'Rights from a role on a folder or project are not written out for every resource below: that is for the analysis of access.',
    'Workforce pools, people and their groups are not part of the inventory.',
    'Namespaces and managed identities within a pool are not read.',
    'What was seen in use of a role is told of roles on projects, folders and organisations, where Recommender has an insight; never of what is held through a group.',
    'Keys that Google itself keeps for a service account are left out: they never leave its hands.',
    'Cloud Asset Inventory lags some minutes behind, and rarely misses a change.',
  ],
  intervalMinutes: 360,
  setup,
})
