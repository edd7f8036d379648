// What takes the place of a token kept in a Secret: one that the cluster makes for a pod, for one audience, and renews before it ends.
// Source: kubernetes.io, "Configure Service Accounts for Pods", "Launch a Pod using service account token projection".
import { fillIn } from '../fill-in'
import type { ProposedFile } from '../proposal'
import {
  ALIKE_MAX,
  inWords,
  stepsOf,
  usedBy,
  wordsOnly,
  type Consumer,
  type DraftWay,
  type Replaceable,
  type Replacer,
} from '../replacement'
import { yaml, type YamlValue } from '../yaml'

/** An hour: what the cluster gives out is renewed when most of it has passed. */
const SECONDS = 3600
const FOLDER = '/var/run/secrets/rollcall'

type Kind = { apiVersion: string; kind: string; word: string; spec: (pod: YamlValue) => YamlValue }
const ofTemplate = (pod: YamlValue): YamlValue => ({ template: { spec: pod } })
const DEPLOYMENT: Kind = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  word: 'deployment',
  spec: ofTemplate,
}
/** What can be changed in place. Pods and jobs cannot: they are made anew. */
const KINDS: Readonly<Record<string, Kind>> = {
  'kubernetes.deployment': DEPLOYMENT,
  'kubernetes.stateful-set': { ...DEPLOYMENT, kind: 'StatefulSet', word: 'statefulset' },
  'kubernetes.daemon-set': { ...DEPLOYMENT, kind: 'DaemonSet', word: 'daemonset' },
  'kubernetes.cron-job': {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    word: 'cronjob',
    spec: (pod) => ({ jobTemplate: { spec: ofTemplate(pod) } }),
  },
}

type Account = { namespace: string; name: string }
function accountOf({ identity }: Replaceable): Account {
  const [, namespace, name] =
    identity?.aliases
      .map((alias) => /^system:serviceaccount:([^:]+):([^:]+)$/.exec(alias))
      .find((found) => found !== null) ?? []
  return {
    namespace: namespace ?? fillIn('NAMESPACE'),
    name: name ?? fillIn('SERVICE_ACCOUNT'),
  }
}

const podOf = ({ name }: Account): YamlValue => ({
  serviceAccountName: name,
  containers: [
    {
      name: fillIn('CONTAINER'),
      volumeMounts: [{ name: 'rollcall-token', mountPath: FOLDER, readOnly: true }],
    },
  ],
  volumes: [
    {
      name: 'rollcall-token',
      projected: {
        sources: [
          {
            serviceAccountToken: {
              audience: fillIn('API_AUDIENCE'),
              expirationSeconds: SECONDS,
              path: 'token',
            },
          },
        ],
      },
    },
  ],
})

type Patched = { kind: Kind; name: string; namespace: string }
const patchFile = ({ kind, name, namespace }: Patched, account: Account, at: number): ProposedFile => ({
  name: at ? `${kind.word}-${at + 1}.yaml` : `${kind.word}.yaml`,
  language: 'yaml',
  text: yaml({
    apiVersion: kind.apiVersion,
    kind: kind.kind,
    metadata: { name, namespace },
    spec: kind.spec(podOf(account)),
  }),
})

/** `namespace/name`, as workloads go by. */
function patchedOf({ type, name, namespace }: Consumer): Patched[] {
  const kind = KINDS[type]
  const own = namespace === undefined ? name : name.replace(`${namespace}/`, '')
  return kind && namespace !== undefined ? [{ kind, name: own, namespace }] : []
}

function inPod(known: Replaceable): DraftWay {
  const account = accountOf(known)
  const found = known.consumers.flatMap(patchedOf)
  const patched: Patched[] = found.length
    ? found.slice(0, ALIKE_MAX)
    : [{ kind: DEPLOYMENT, name: fillIn('WORKLOAD'), namespace: account.namespace }]
  const issuer = known.issuers.find(({ type }) => type === 'kubernetes.token-issuer')
  return {
    id: 'pod',
    title: 'A token of one audience that the cluster makes for the pod',
    fits: 'Something that runs in this cluster uses it.',
    files: patched.map((one, at) => patchFile(one, account, at)),
    steps: stepsOf(
      known,
      'Each file is a patch, and no whole manifest: merge it into the manifest that is kept, or try it with kubectl patch --patch-file.',
      `Let the program read ${FOLDER}/token each time anew: the file is written again before the token ends. Take the Secret out of its volumes and variables.`,
    ),
    notes: [
      `A token for the API server itself is in every pod already, under /var/run/secrets/kubernetes.io/serviceaccount, unless that is switched off: a client library finds it, and no volume is needed.`,
      ...(issuer
        ? [
            `Tokens for the API server have one of its audiences; unless set otherwise that is its issuer, here ${inWords(issuer.name)}, with its scheme.`,
          ]
        : []),
      ...usedBy(known),
      ...(found.length
        ? []
        : [
            'What runs as this service account and can be changed in place was not seen: the patch is that of a Deployment.',
          ]),
      ...(found.length > ALIKE_MAX
        ? [`Others need the same: ${found.length} run as it, and patches for ${ALIKE_MAX} are written.`]
        : []),
      'That something runs as the service account does not tell that it uses this Secret.',
    ],
  }
}

const outside = (known: Replaceable): DraftWay => {
  const { namespace, name } = accountOf(known)
  return {
    id: 'outside',
    title: 'Sign-in by something that vouches for it outside the cluster',
    fits: 'It is used outside of the cluster: by a pipeline, by another cluster, by a person.',
    files: [],
    steps: wordsOnly(
      known,
      'Let the API server take tokens of the issuer that vouches for it (AuthenticationConfiguration, or the sign-in of the cloud that runs the cluster), for an audience of the cluster’s own, and bind its rights to the one subject it has there.',
      `Where nothing vouches for it, have a token made each time it is needed: the TokenRequest API for ${inWords(namespace)}/${inWords(name)}, with an audience and a life of minutes.`,
    ),
    notes: [
      'No configuration is made for it: how the API server takes tokens is set where the cluster is run.',
      'People sign in as themselves, and not as a service account.',
    ],
  }
}

export const kubernetesReplacer: Replacer = {
  types: ['kubernetes.legacy-token'],
  replace: (known) => [inPod(known), outside(known)],
}
