// Whom one comes to act as through what runs and what the cluster is run by; each case from the documentation.
import { accountId } from './kubernetes-realm'
import {
  clusterRole,
  deployment,
  everywhere,
  inNamespace,
  placed,
  RBAC,
  role,
  rule,
  SHOP,
  wide,
  type Stepped,
} from './kubernetes-cases'

const each = (start: string, ids: readonly string[]): string[] => ids.map((id) => `${start} ${id}`)
const levels = { shop: 'privileged', ci: 'baseline', 'kube-system': undefined }
const nodes = ['n1']
const CERTS = 'certificates.k8s.io'
const WEB = deployment('shop', 'web', 'shop/web')
const policy = (namespaceSelector?: object) => ({
  id: 'w',
  type: 'kubernetes.validating-webhooks',
  name: 'kyverno',
  language: 'kubernetes-admission',
  aliases: [],
  document: {
    webhooks: [
      {
        name: 'validate.kyverno.svc',
        rules: [{ apiGroups: ['*'], apiVersions: ['*'], operations: ['CREATE'], resources: ['*/*'] }],
        namespaceSelector,
      },
    ],
  },
})

export const POD_CASES: readonly Stepped[] = [
  {
    because: 'K11: pods as each service account, and the node',
    world: placed([rule('create', 'pods')], { levels, nodes }),
    steps: [...each('yes K11', SHOP), 'yes K11-node more', 'yes K11-node node:n1'],
  },
  {
    because: 'K11: deployments are pods',
    world: placed([rule('create', 'deployments', 'apps')], { levels: { shop: 'restricted' } }),
    steps: each('yes K11', SHOP),
    not: ['K11-node'],
  },
  {
    because: 'K11: a deployment of the core group is none',
    world: placed([rule('create', 'deployments')]),
    steps: [],
    not: ['K11'],
  },
  {
    because: 'K11: without a label the default of the server decides',
    world: placed([rule('create', 'pods')], { levels: { shop: undefined } }),
    steps: ['depends K11-node more'],
  },
  {
    because: 'K11: a level that was not seen',
    world: placed([rule('create', 'pods')]),
    steps: ['depends K11-node more'],
  },
  {
    because: 'K11: names cannot limit what is made',
    world: placed([rule('create', 'pods', '', 'web')]),
    steps: [],
    not: ['K11'],
  },
  {
    because: 'K11: a webhook that may refuse it',
    world: placed([rule('create', 'pods')], { levels, rulings: [policy()] }),
    steps: each('depends K11', SHOP),
    not: [],
  },
  {
    because: 'K11: a webhook that leaves the namespace out',
    world: placed([rule('create', 'pods')], {
      levels,
      rulings: [
        policy({
          matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }],
        }),
      ],
    }),
    steps: each('yes K11', SHOP),
  },
  {
    because: 'K12: a deployment that is there',
    world: placed([rule('patch', 'deployments', 'apps')], { runners: [WEB], levels: { shop: 'baseline' } }),
    steps: each('yes K12', SHOP),
  },
  {
    because: 'K12: none is there',
    world: placed([rule('patch', 'deployments', 'apps')]),
    steps: [],
    not: ['K12'],
  },
  {
    because: 'K12: workloads that were not seen',
    world: placed([rule('patch', 'deployments', 'apps')], {
      unseen: [{ part: 'runners', words: 'list deployments was not read whole.' }],
    }),
    steps: ['depends K12 more'],
  },
  {
    because: 'K12: one by name',
    world: placed([rule('patch', 'deployments', 'apps', 'other')], { runners: [WEB] }),
    steps: [],
    not: ['K12'],
  },
  {
    because: 'K12: the image of a pod, as the service account it has',
    world: placed([rule('patch', 'pods')], { runners: [WEB] }),
    steps: [`yes K12-pods ${accountId('shop/web')}`],
  },
  {
    because: 'K13: commands in pods',
    world: placed([rule('create', 'pods/exec')], { runners: [WEB] }),
    steps: [`yes K13 ${accountId('shop/web')}`],
  },
  {
    because: 'K13: by get, which newer servers do not take for enough',
    world: placed([rule('get', 'pods/exec')], { runners: [WEB] }),
    steps: [`depends K13-get ${accountId('shop/web')}`],
    not: ['K13'],
  },
  {
    because: 'K13: get pods is not exec',
    world: placed([rule('get', 'pods pods/log')], { runners: [WEB] }),
    steps: [],
    not: ['K13', 'K13-get'],
    level: ['read'],
  },
  {
    because: 'K13: pods by names of which it is not told whose they are',
    world: placed([rule('create', 'pods/exec', '', 'web-abc12')], { runners: [WEB] }),
    steps: [`depends K13 ${accountId('shop/web')}`],
  },
  {
    because: 'K14: a container more',
    world: placed([rule('patch', 'pods/ephemeralcontainers')], {
      runners: [WEB],
      levels: { shop: 'restricted' },
    }),
    steps: [`yes K14 ${accountId('shop/web')}`],
  },
  {
    because: 'K15: get of nodes/proxy is enough',
    world: wide([rule('get', 'nodes/proxy')], { runners: [WEB] }),
    steps: ['yes K15 more', `yes K15 ${accountId('shop/web')}`],
    level: ['write'],
  },
  {
    because: 'K15: nodes are in no namespace',
    world: placed([rule('get', 'nodes/proxy')], { runners: [WEB] }),
    steps: [],
    not: ['K15'],
  },
  {
    because: 'K15: other subresources of nodes',
    world: wide([rule('get', 'nodes/metrics nodes/stats')]),
    steps: [],
    not: ['K15'],
    level: ['read'],
  },
  {
    because: 'K16: all three are needed, and a cluster that signs',
    world: wide([
      rule('create', 'certificatesigningrequests', CERTS),
      rule('update', 'certificatesigningrequests/approval', CERTS),
      rule('approve', 'signers', CERTS, 'kubernetes.io/kube-apiserver-client'),
    ]),
    steps: ['depends K16 administrator'],
    not: ['K16-node'],
    level: ['write', 'escalates'],
  },
  {
    because: 'K16: approving for another signer',
    world: wide([
      rule('create', 'certificatesigningrequests', CERTS),
      rule('update', 'certificatesigningrequests/approval', CERTS),
      rule('approve', 'signers', CERTS, 'kubernetes.io/kubelet-serving'),
    ]),
    steps: [],
    not: ['K16', 'K16-node'],
    level: ['write'],
  },
  {
    because: 'K17: webhooks that change what is written',
    world: wide([rule('create', 'mutatingwebhookconfigurations', 'admissionregistration.k8s.io')]),
    steps: ['depends K17 administrator', 'yes K17-reads more'],
  },
  {
    because: 'K17: webhooks that only refuse still read',
    world: wide([rule('patch', 'validatingwebhookconfigurations', 'admissionregistration.k8s.io')]),
    steps: ['yes K17-reads more'],
    not: ['K17'],
  },
  {
    because: 'K18: volumes of a node, past Pod Security',
    world: {
      ...placed([rule('create', 'pods persistentvolumeclaims')], {
        levels: { shop: 'restricted' },
        nodes,
        clusterRoles: [clusterRole('pv', [rule('create', 'persistentvolumes')])],
        clusterRoleBindings: [everywhere('ci/bot', 'pv')],
      }),
    },
    steps: ['yes K18 more', 'yes K18 node:n1'],
    not: ['K11-node'],
  },
  {
    because: 'K18: volumes are in no namespace',
    world: placed([rule('create', 'pods persistentvolumeclaims persistentvolumes')], {
      levels: { shop: 'restricted' },
    }),
    steps: [],
    not: ['K18', 'K18-claimed'],
  },
  {
    because: 'K19: relabel the namespace',
    world: placed([rule('create', 'pods'), rule('patch', 'namespaces')], { levels: { shop: 'restricted' } }),
    steps: ['yes K19 more'],
    not: ['K11-node'],
  },
  {
    because: 'K19: another namespace by name',
    world: placed([rule('create', 'pods'), rule('patch', 'namespaces', '', 'ci')], {
      levels: { shop: 'restricted' },
    }),
    steps: [],
    not: ['K19'],
  },
  {
    because: 'K20: the map of AWS identities',
    world: {
      accounts: ['kube-system/aws-node', 'ci/bot'],
      roles: [role('kube-system', 'r', [rule('update', 'configmaps', '', 'aws-auth')])],
      roleBindings: [inNamespace('kube-system', 'ci/bot', 'r')],
    },
    steps: ['depends K20 administrator'],
    level: ['write', 'escalates'],
  },
  {
    because: 'K20: a cluster that is none of EKS',
    world: {
      accounts: ['ci/bot'],
      roles: [role('kube-system', 'r', [rule('update', 'configmaps')])],
      roleBindings: [inNamespace('kube-system', 'ci/bot', 'r')],
    },
    steps: [],
    not: ['K20'],
    level: ['write'],
  },
  {
    because: 'K21: drive a strong pod away',
    world: wide([rule('delete', 'pods'), rule('patch', 'nodes')]),
    steps: ['depends K21 more'],
  },
  {
    because: 'K24: a role that gathers what it may write',
    world: wide([rule('escalate create', 'clusterroles', RBAC)], {
      clusterRoles: [
        clusterRole('all', [rule('get', 'pods')], {
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { in: 'yes' } }] },
        }),
      ],
      clusterRoleBindings: [everywhere('ci/bot', 'all')],
    }),
    steps: ['yes K24 administrator'],
    not: ['K03'],
    level: ['escalates'],
  },
  {
    because: 'K24: create and escalate, and nothing gathers',
    world: wide([rule('escalate create', 'clusterroles', RBAC)]),
    steps: [],
    not: ['K03', 'K24'],
    level: ['write'],
  },
  {
    because: 'K24: a role that is bound and not there',
    world: wide([rule('escalate create', 'clusterroles', RBAC)], {
      clusterRoleBindings: [everywhere('ci/bot', 'gone')],
    }),
    steps: ['yes K24 administrator'],
  },
  {
    because: 'K27: a node holds the tokens of its pods',
    world: { accounts: [], nodes },
    who: 'node:n1',
    steps: ['depends K27 more'],
    level: ['none', 'sensitive'],
  },
  {
    because: 'K23: bound to all service accounts, so each has it',
    world: {
      accounts: ['shop/web', 'ci/bot'],
      clusterRoles: [clusterRole('t', [rule('create', 'serviceaccounts/token')])],
      clusterRoleBindings: [everywhere('group:system:serviceaccounts', 't')],
    },
    steps: [`yes K08 ${accountId('shop/web')}`],
  },
  {
    because: 'questions about oneself are nothing',
    world: wide([rule('create', 'selfsubjectaccessreviews selfsubjectrulesreviews', 'authorization.k8s.io')]),
    steps: [],
    level: ['none'],
  },
  {
    because: 'a user may be in any group',
    world: {
      accounts: [],
      clusterRoles: [clusterRole('v', [rule('get', 'pods')])],
      clusterRoleBindings: [everywhere('user:alice', 'v')],
    },
    who: 'user:alice',
    steps: [],
    level: ['read', 'administrator'],
  },
]
