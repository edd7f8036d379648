// What the Kubernetes connector is, as data: pages, the setup role and the README are made from it. Loads no client.
import { defineManifest, type ImportFormat } from '@/core/connector'
import { joins } from './map-joins'
import { ofType } from './of-type'
import { PERMISSIONS } from './permissions'
import { KubernetesSettings } from './settings'
import { setup } from './setup'
import { RECEIVES } from './setup-audit'

export const OBJECTS_FORMAT: ImportFormat = {
  id: 'kubectl-json',
  title: 'Objects of a cluster (JSON)',
  command:
    '{ kubectl get --raw /.well-known/openid-configuration; kubectl get -A -o json namespaces,serviceaccounts,nodes,pods,replicasets.apps,deployments.apps,statefulsets.apps,daemonsets.apps,jobs.batch,cronjobs.batch,roles,clusterroles,rolebindings,clusterrolebindings; } > cluster.json',
  endings: ['.json'],
}
export const MANIFESTS_FORMAT: ImportFormat = {
  id: 'kubernetes-manifests',
  title: 'Manifests (YAML)',
  command: '{ echo "# cluster: acme-prod"; kubectl kustomize . ; } > manifests.yaml',
  endings: ['.yaml', '.yml'],
  otherIds: true,
}
export const AUDIT_FORMAT: ImportFormat = {
  id: 'kubernetes-audit-log',
  title: 'Audit log of the API server (JSON lines)',
  command:
    "{ kubectl get namespace kube-system -o json | tr -d '\\n'; echo; cat audit.log; } > cluster-audit.log",
  endings: ['.log', '.jsonl', '.json'],
}

export const kubernetesManifest = defineManifest<KubernetesSettings>({
  id: 'kubernetes',
  title: 'Kubernetes',
  summary:
    'Service accounts, the workloads that run as them, their tokens, roles and cloud identities, in one or more clusters.',
  settings: KubernetesSettings,
  permissions: PERMISSIONS,
  streams: {
    'service-accounts': 'Service accounts with their owners and the cloud identities they name.',
    nodes: 'Nodes and the machines they run on.',
    'token-issuer': 'The issuer by which others know tokens of the cluster.',
    workloads:
      'What runs as which service account, the Secrets it reads, which of its variables have secrets in plain, and the tokens it is given.',
    roles: 'What roles allow.',
    bindings: 'Who holds which role, with users and groups that only bindings name.',
    secrets: 'Old tokens that never end, and Secrets by name and age.',
    'external-secrets': 'Secrets that are copied from a vault.',
    certificates: 'Certificates that cert-manager keeps, and who signs them.',
    'signing-requests': 'Client certificates that the cluster signed lately.',
    'spiffe-ids': 'SPIFFE IDs and whose pods get them.',
    server: 'The version of the API server.',
    'pod-security':
      'The Pod Security level of each namespace: which pods it lets in; and its labels, by which rules pick it.',
    admission: 'Policies and webhooks that decide which objects the cluster lets in.',
    'mesh-policies': 'Which workloads of an Istio mesh may call which, and how they prove who they are.',
    'audit-log': 'What identities did, from an imported audit log or as the API server sends it.',
  },
  types: {
    'kubernetes.cluster': 'Cluster',
    'kubernetes.namespace': 'Namespace',
    'kubernetes.service-account': 'Service account',
    'kubernetes.node': 'Node',
    'kubernetes.user': 'Kubernetes user',
    'kubernetes.group': 'Kubernetes group',
    'kubernetes.spiffe-id': 'ClusterSPIFFEID',
    'kubernetes.token-issuer': 'Token issuer of a cluster',
    'kubernetes.deployment': 'Deployment',
    'kubernetes.replica-set': 'Replica set',
    'kubernetes.stateful-set': 'Stateful set',
    'kubernetes.daemon-set': 'Daemon set',
    'kubernetes.cron-job': 'Cron job',
    'kubernetes.job': 'Job',
    'kubernetes.pod': 'Pod',
    'kubernetes.pod-owner': 'Owner of pods',
    'kubernetes.bound-token': 'Service account token',
    'kubernetes.legacy-token': 'Old service account token',
    'kubernetes.client-certificate': 'Client certificate',
    'kubernetes.certificate': 'cert-manager certificate',
    'kubernetes.cert-issuer': 'cert-manager issuer',
    'kubernetes.cluster-cert-issuer': 'cert-manager cluster issuer',
    'kubernetes.role': 'Role',
    'kubernetes.cluster-role': 'Cluster role',
    'kubernetes.secret': 'Kubernetes Secret',
    'kubernetes.external-secret': 'External secret',
    'kubernetes.server': 'API server',
    'kubernetes.namespace-labels': 'Labels of a namespace',
    'kubernetes.pod-security': 'Pod Security level',
    'kubernetes.admission-policy': 'Admission policy',
    'kubernetes.admission-binding': 'Binding of an admission policy',
    'kubernetes.validating-webhooks': 'Validating webhooks',
    'kubernetes.mutating-webhooks': 'Mutating webhooks',
    'kubernetes.authorization-policy': 'Istio authorization policy',
    'kubernetes.peer-authentication': 'Istio peer authentication',
  },
  ofType,
  imports: [OBJECTS_FORMAT, MANIFESTS_FORMAT, AUDIT_FORMAT],
  joins,
  gaps: [
    'Tokens that were issued on request (kubectl create token) leave no object: only the audit log tells of them.',
    'The last use of a service account is not recorded by the cluster, except the day for old tokens kept in Secrets.',
    'Client certificates are listed for about an hour after they were signed. Older ones stay valid and are not seen.',
    'Users and groups are known by the names in bindings: who bears them is decided outside the cluster.',
    'With secret metadata off, old tokens are not looked at. The right to list Secrets would also give their values.',
    'The longest lifetime of a token is a setting of the API server that it does not tell.',
    'Associations of EKS Pod Identity and access entries of EKS are kept by AWS, not in the cluster: a connection to the AWS account reads them.',
    'What profiles of seccomp, AppArmor and SELinux forbid a container, and as which user an image runs, is not read.',
    'Which Pod Security level holds without a label, and who is exempt from it, are settings of the API server that it does not tell.',
    'The trust domain of an Istio mesh is not read, because the ConfigMap that holds it holds more: it is a setting here. Calls of Istio are judged by nobody yet.',
    'Of admission, mutating policies and the objects that parametrize policies are not read; nor are engines such as Kyverno and Gatekeeper, except their webhooks.',
    'External Secrets: only stores on Vault, AWS, Azure Key Vault and Google Secret Manager are followed to their source.',
    'Authorization by webhook or node authorizer is not seen: what an identity may do is judged by roles and bindings.',
  ],
  follows: true,
  receives: RECEIVES,
  intervalMinutes: 60,
  setup,
})
