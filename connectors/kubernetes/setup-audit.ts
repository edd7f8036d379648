// The documents by which an API server is told to send its audit events: metadata only, with a token that can do nothing else.
import type { Receives, SetupDocument } from '@/core/connector'

const FOLDER = '/etc/kubernetes/rollcall'
const TOKEN_FILE = `${FOLDER}/token`
const RULES: readonly (readonly [why: string, ...lines: string[]])[] = [
  [
    'What nobody is identified by.',
    "nonResourceURLs: ['/healthz*', '/livez*', '/readyz*', '/version', '/openapi/*']",
  ],
  [
    'The heartbeat of each node, every ten seconds.',
    "userGroups: ['system:nodes']",
    "verbs: ['get', 'update', 'patch']",
    'resources: [{ group: coordination.k8s.io, resources: [leases] }]',
  ],
  [
    'Events tell what happened, not who may.',
    "resources: [{ group: '', resources: [events] }, { group: events.k8s.io, resources: [events] }]",
  ],
]

const POLICY = [
  '# Never a level above Metadata: bodies of requests hold Secrets and tokens. They would be left out unread, but would travel.',
  'apiVersion: audit.k8s.io/v1',
  'kind: Policy',
  'omitStages: [RequestReceived, ResponseStarted]',
  'rules:',
  ...RULES.flatMap(([why, ...lines]) => [
    `  # ${why}`,
    '  - level: None',
    ...lines.map((line) => `    ${line}`),
  ]),
  '  - level: Metadata',
  '',
].join('\n')

const webhook = (address: string): string =>
  [
    'apiVersion: v1',
    'kind: Config',
    'clusters:',
    '  - name: rollcall',
    '    cluster:',
    `      server: ${JSON.stringify(address)}`,
    '      # Where the certificate of Rollcall is not signed by an authority that the host trusts:',
    `      # certificate-authority: ${FOLDER}/ca.crt`,
    'users:',
    '  - name: rollcall',
    '    user:',
    '      # The token stands in a file of its own, not here.',
    `      tokenFile: ${TOKEN_FILE}`,
    'contexts:',
    '  - name: rollcall',
    '    context: { cluster: rollcall, user: rollcall }',
    'current-context: rollcall',
    '',
  ].join('\n')

const COMMANDS = [
  '# 1. Where Rollcall runs: a token that may send events and nothing else. It is shown once, and ends.',
  'npm run -s rollcall -- token create --name cluster-audit --only source:receive --days 365',
  '# 2. On each host of the control plane: the two files, and the token in a third one.',
  `install -d -m 700 ${FOLDER}`,
  `install -m 600 /dev/stdin ${TOKEN_FILE}`,
  '# 3. Flags of kube-apiserver; its pod has to mount the folder. A policy that is there already can stay.',
  `#    --audit-policy-file=${FOLDER}/audit-policy.yaml`,
  `#    --audit-webhook-config-file=${FOLDER}/audit-webhook.yaml`,
  '#    What is refused or times out is sent again; what no longer fits into its buffer the API server drops and counts:',
  "kubectl get --raw /metrics | grep -E '^apiserver_audit_(error|event)_total'",
  '',
].join('\n')

const documents = (address: string): SetupDocument[] => [
  { title: 'What is told of (audit-policy.yaml)', language: 'yaml', text: POLICY },
  { title: 'Where it is sent to (audit-webhook.yaml)', language: 'yaml', text: webhook(address) },
  { title: 'Commands and flags', language: 'shell', text: COMMANDS },
]

export const RECEIVES: Receives = {
  title: 'Audit events of the API server',
  format: 'EventList of audit.k8s.io/v1 as JSON, as the webhook backend of the API server posts it.',
  stream: 'audit-log',
  setup: documents,
}
