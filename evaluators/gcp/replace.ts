// What takes the place of a key of a service account: a binding for one subject of a workload identity pool, or the account attached to what runs.
// Source: cloud.google.com/iam/docs/workload-identity-federation-with-deployment-pipelines; kubernetes-engine/docs/how-to/workload-identity.
import { ofWorkflow, subjectAt } from '../federation/subjects'
import { fillIn } from '../fill-in'
import { block, hcl, joined, reference, type HclBlock, type HclValue } from '../hcl'
import { plainName, type ProposedFile } from '../proposal'
import {
  ALIKE_MAX,
  inWords,
  stepsOf,
  usedBy,
  type DraftWay,
  type Replaceable,
  type Replacer,
  type Vouching,
} from '../replacement'
import { yaml } from '../yaml'

const USER = 'roles/iam.workloadIdentityUser'
const GITHUB = 'https://token.actions.githubusercontent.com'
const file = (...blocks: readonly HclBlock[]): ProposedFile => ({
  name: 'main.tf',
  language: 'hcl',
  text: hcl(...blocks),
})
const labelOf = ({ identity, credential }: Replaceable): string =>
  plainName((identity?.name ?? credential.name).split('@')[0] ?? '', '_')

type Account = { email: string; project: string }
function accountOf({ identity }: Replaceable): Account {
  const names = identity ? [identity.name, ...identity.aliases] : []
  const full = names.map((name) => /^projects\/([^/]+)\/serviceAccounts\/(.+)$/.exec(name)).find(Boolean)
  const email = names.find((name) => /^[^@\s/]+@[^@\s/]+\.gserviceaccount\.com$/.test(name))
  const ofEmail = /@([^.]+(?:\.[^.]+)?)\.iam\.gserviceaccount\.com$/.exec(email ?? '')?.[1]
  return {
    email: email ?? fillIn('SERVICE_ACCOUNT_EMAIL'),
    // A project of an older domain is written the other way round: `domain.com:project`.
    project: full?.[1] ?? (ofEmail?.includes('.') ? undefined : ofEmail) ?? fillIn('PROJECT'),
  }
}

function bound(known: Replaceable, way: string, member: HclValue): HclBlock {
  const { email, project } = accountOf(known)
  return block(
    'resource',
    ['google_service_account_iam_member', `${labelOf(known)}_${way.replaceAll('-', '_')}`],
    ['service_account_id', `projects/${project}/serviceAccounts/${email}`],
    ['role', USER],
    ['member', member],
  )
}

const NOTES = [
  'The service account keeps its email and its rights: only how one comes to act as it changes.',
  'Who may act as it already, by other bindings, was not looked at here.',
]

/** A pool of its own: what is bound to it is bound to nobody whom another provider lets in. */
function newPool(known: Replaceable): HclBlock[] {
  const { project } = accountOf(known)
  const { number } = ofWorkflow
  return [
    block(
      'resource',
      ['google_iam_workload_identity_pool', 'rollcall_pipeline'],
      ['project', project],
      ['workload_identity_pool_id', 'rollcall-pipeline'],
    ),
    block(
      'resource',
      ['google_iam_workload_identity_pool_provider', 'rollcall_pipeline'],
      ['project', project],
      [
        'workload_identity_pool_id',
        reference('google_iam_workload_identity_pool.rollcall_pipeline.workload_identity_pool_id'),
      ],
      ['workload_identity_pool_provider_id', 'github'],
      ['attribute_mapping', { 'google.subject': 'assertion.sub' }],
      ...(number ? [['attribute_condition', `assertion.${number.claim} == "${number.value}"`] as const] : []),
      block('oidc', [], ['issuer_uri', GITHUB]),
    ),
  ]
}

const byWorkflow = (known: Replaceable): DraftWay => ({
  id: 'pipeline',
  title: 'A pool that takes the tokens of one repository, and a binding for one workflow of it',
  fits: 'A pipeline of GitHub Actions acts as the service account.',
  files: [
    file(
      ...newPool(known),
      bound(
        known,
        'pipeline',
        joined(
          'principal://iam.googleapis.com/',
          reference('google_iam_workload_identity_pool.rollcall_pipeline.name'),
          `/subject/${ofWorkflow.subject}`,
        ),
      ),
    ),
  ],
  steps: stepsOf(
    known,
    'Apply main.tf. It changes nothing else of the service account, whose key goes on working.',
    'Give the job the permission id-token: write, and let it sign in through the provider as the service account.',
  ),
  notes: [
    'The token has to be made for the provider itself, which is the audience that it takes unless another is named.',
    'A pool of such a name may be there already, also one deleted in the last 30 days: choose another name then.',
    ...ofWorkflow.notes,
    ...NOTES,
  ],
})

const PROVIDER = /^(projects\/[^/]+\/locations\/global\/workloadIdentityPools\/[^/]+)\/providers\/[^/]+$/
/** `pool/provider (issuer, disabled)` */
const issuerIn = ({ name }: Vouching): string => /\(([^()]*)\)$/.exec(name)?.[1] ?? ''
const isIssuer = (text: string): boolean => /^[^\s,]+\.[^\s,]+$/.test(text)

/** Pools that are there: the binding is all that is lacking. */
const byProvider = (known: Replaceable): DraftWay[] =>
  known.issuers
    .filter(
      (one) =>
        one.type === 'gcp.workload-identity-provider' && PROVIDER.test(one.id) && isIssuer(issuerIn(one)),
    )
    .slice(0, ALIKE_MAX)
    .map((one, at) => {
      const way = `issuer-${at + 1}`
      const issuer = issuerIn(one)
      const { subject, notes } = subjectAt(issuer)
      const pool = PROVIDER.exec(one.id)?.[1] ?? ''
      return {
        id: way,
        title: `A binding for one subject that ${inWords(issuer)} vouches for`,
        fits: `What uses the key gets tokens of ${inWords(issuer)}, which the provider ${inWords(one.name.split(' ')[0] ?? '')} takes.`,
        files: [file(bound(known, way, `principal://iam.googleapis.com/${pool}/subject/${subject}`))],
        steps: stepsOf(
          known,
          'Apply main.tf. It changes nothing else of the service account, whose key goes on working.',
          'Let what uses the key sign in through the provider as the service account.',
        ),
        notes: [
          'What the provider makes the name of a token is decided by its mapping, which was not looked at here: the subject in the binding is that of google.subject, and is that of the token only where google.subject is assertion.sub.',
          'What the provider asks of a token beside that is its condition. Whoever any provider of the pool gives the same name comes in too.',
          ...notes,
          ...NOTES,
        ],
      }
    })

const POOL = /\(([a-z0-9.:-]+)\.svc\.id\.goog\)$/
/** Projects whose clusters were seen, each with its pool. */
const clusterProjects = ({ issuers }: Replaceable): string[] => [
  ...new Set(
    issuers.flatMap(({ type, name }) => (type === 'gcp.gke-cluster' ? (POOL.exec(name)?.[1] ?? []) : [])),
  ),
]

function byAccount(known: Replaceable): DraftWay[] {
  const projects = clusterProjects(known)
  const { email } = accountOf(known)
  return (projects.length ? projects.slice(0, ALIKE_MAX) : [fillIn('PROJECT')]).map((project, at) => {
    const way = at ? `pods-${at + 1}` : 'pods'
    return {
      id: way,
      title: `A binding for one service account of the clusters of ${projects.length ? project : 'a project'}`,
      fits: 'It is used in a cluster of GKE.',
      files: [
        file(
          block('data', ['google_project', 'clusters'], ['project_id', project]),
          bound(
            known,
            way,
            joined(
              'principal://iam.googleapis.com/projects/',
              reference('data.google_project.clusters.number'),
              `/locations/global/workloadIdentityPools/${project}.svc.id.goog/subject/ns/${fillIn('NAMESPACE')}/sa/${fillIn('SERVICE_ACCOUNT')}`,
            ),
          ),
        ),
        {
          name: 'service-account.yaml',
          language: 'yaml',
          text: yaml({
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: {
              name: fillIn('SERVICE_ACCOUNT'),
              namespace: fillIn('NAMESPACE'),
              annotations: { 'iam.gke.io/gcp-service-account': email },
            },
          }),
        },
      ],
      steps: stepsOf(
        known,
        'Apply main.tf, then service-account.yaml; where the service account is there already, add the annotation only.',
        'Let the pods run as the service account, without the key among their files and variables, and start them anew.',
      ),
      notes: [
        'One pool is for all clusters of the project: the same namespace and name in another of them comes in as well.',
        'Workload Identity Federation has to be switched on for the cluster and its node pool.',
        ...usedBy(known, ({ type }) => type.startsWith('kubernetes.')),
        ...NOTES,
      ],
    }
  })
}

function attached(known: Replaceable): DraftWay {
  const { email } = accountOf(known)
  const machine = block('service_account', [], ['email', email], ['scopes', ['cloud-platform']])
  return {
    id: 'attached',
    title: 'The service account attached to what runs',
    fits: 'It is used by something that runs in Google Cloud: an instance, a service of Cloud Run, a function.',
    files: [{ name: 'attached.tf', language: 'hcl', text: hcl(machine) }],
    steps: stepsOf(
      known,
      'Put the block into the google_compute_instance that uses the key. For a service of Cloud Run the argument is service_account of its template, for a function service_account_email of its service_config.',
      'Apply it. An instance is stopped and started for it.',
      'Take the key out of its files and GOOGLE_APPLICATION_CREDENTIALS: libraries would go on using it first.',
    ),
    notes: [
      'Whoever may attach the account (iam.serviceAccounts.actAs) and run something has it.',
      ...usedBy(known, ({ type }) => type.startsWith('gcp.')),
      ...NOTES,
    ],
  }
}

const HMAC =
  'An HMAC key signs requests to the XML interface of Cloud Storage. Without one, what uses it has to ask with tokens: by a client library of Google, or with the header of OAuth.'

export const gcpReplacer: Replacer = {
  types: ['gcp.service-account-key', 'gcp.hmac-key'],
  replace: (known) =>
    [byWorkflow(known), ...byAccount(known), attached(known), ...byProvider(known)].map((way) =>
      known.credential.type === 'gcp.hmac-key' ? { ...way, notes: [HMAC, ...way.notes] } : way,
    ),
}
