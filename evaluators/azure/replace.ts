// What takes the place of a secret or certificate of an application, or of a key of a resource: a federated credential, or a managed identity.
// Source: learn.microsoft.com, "Workload identity federation", "Configure an application to trust a managed identity".
import { ofAccount, ofWorkflow } from '../federation/subjects'
import { fillIn } from '../fill-in'
import { block, hcl, reference, type HclBlock, type HclValue } from '../hcl'
import { plainName, type ProposedFile } from '../proposal'
import { stepsOf, usedBy, type DraftWay, type Replaceable, type Replacer } from '../replacement'
import { yaml } from '../yaml'

const AUDIENCE = 'api://AzureADTokenExchange'
const KEYS: Readonly<Record<string, { role: 'STORAGE_ROLE' | 'REGISTRY_ROLE'; off: string }>> = {
  'azure.storage-key': {
    role: 'STORAGE_ROLE',
    off: 'Switch the keys off on the storage account (shared_access_key_enabled = false): that ends tokens that were signed with them as well.',
  },
  'azure.registry-admin': {
    role: 'REGISTRY_ROLE',
    off: 'Switch the admin user off on the registry (admin_enabled = false).',
  },
  'azure.registry-password': {
    role: 'REGISTRY_ROLE',
    off: 'Delete the token of the registry that has this password.',
  },
}

const file = (name: string, ...blocks: readonly HclBlock[]): ProposedFile => ({
  name,
  language: 'hcl',
  text: hcl(...blocks),
})
const labelOf = ({ identity, credential }: Replaceable): string =>
  plainName(identity?.name ?? credential.name, '_')
const nameOf = (known: Replaceable): string => labelOf(known).replaceAll('_', '-')
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const tenantOf = ({ scope }: Replaceable): string => (UUID.test(scope.id) ? scope.id : fillIn('TENANT_ID'))

/** Federated credentials hang on the registration: a service principal alone cannot have one. */
const registration = ({ identity }: Replaceable): string =>
  identity?.facets.find(({ type }) => type === 'azure.application-registration')?.id ??
  fillIn('APPLICATION_OBJECT_ID')
const clientId = ({ identity }: Replaceable): string | undefined =>
  // Without a service principal the application goes by it.
  (identity?.aliases.length ? identity.aliases : identity ? [identity.id] : []).find((name) =>
    UUID.test(name),
  )

type Accepted = { name: string; issuer: HclValue; subject: HclValue }
const accepts = (known: Replaceable, { name, issuer, subject }: Accepted): HclBlock =>
  block(
    'resource',
    ['azuread_application_federated_identity_credential', `${labelOf(known)}_${name}`],
    ['application_id', `/applications/${registration(known)}`],
    ['display_name', `rollcall-${name}`],
    ['audiences', [AUDIENCE]],
    ['issuer', issuer],
    ['subject', subject],
  )

function commonNotes(known: Replaceable): string[] {
  const isForeign = registration(known).startsWith('FILL_IN')
  return [
    'The application keeps its id and all its rights: only how it proves itself changes.',
    ...(isForeign
      ? [
          'Its registration was not seen in this tenant. A federated credential can be added there only; where the application is a supplier’s, only the supplier can.',
        ]
      : []),
    'Issuer and subject are compared to the letter, also a slash at the end and upper case. An application has at most 20 federated credentials; which it has already was not looked at here.',
    'In clouds other than the public one the audience is another: api://AzureADTokenExchangeUSGov or api://AzureADTokenExchangeChina.',
  ]
}

const byWorkflow = (known: Replaceable): DraftWay => ({
  id: 'pipeline',
  title: 'A federated credential for one workflow of one repository',
  fits: 'A pipeline of GitHub Actions signs in as the application.',
  files: [
    file(
      'main.tf',
      accepts(known, {
        name: 'pipeline',
        issuer: 'https://token.actions.githubusercontent.com',
        subject: ofWorkflow.numbered ?? ofWorkflow.subject,
      }),
    ),
  ],
  steps: stepsOf(
    known,
    'Apply main.tf. It changes nothing else of the application, whose credential goes on working.',
    'Give the job the permission id-token: write, and let it sign in with tenant and client id alone.',
  ),
  notes: [
    'The subject names the repository by its numbers, which its tokens have only where it is set to sign so. Without the numbers the subject goes by names, and whoever takes over such a name comes in.',
    ...ofWorkflow.notes,
    ...commonNotes(known),
  ],
})

const byAccount = (known: Replaceable): DraftWay => ({
  id: 'pods',
  title: 'A federated credential for one service account of one cluster',
  fits: 'It is used in a cluster, of AKS or of anywhere, whose issuer Microsoft can reach.',
  files: [
    file(
      'main.tf',
      accepts(known, { name: 'pods', issuer: fillIn('CLUSTER_ISSUER'), subject: ofAccount.subject }),
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
          ...(clientId(known) !== undefined && {
            annotations: { 'azure.workload.identity/client-id': clientId(known) ?? '' },
          }),
        },
      }),
    },
  ],
  steps: stepsOf(
    known,
    'Apply main.tf, then service-account.yaml; where the service account is there already, add the annotation only.',
    'Label its pods azure.workload.identity/use: "true", let them run as the service account without the credential, and start them anew.',
  ),
  notes: [
    'In AKS the OIDC issuer and workload identity have to be switched on; elsewhere the webhook of Azure Workload Identity has to be installed.',
    ...ofAccount.notes,
    ...usedBy(known, ({ type }) => type.startsWith('kubernetes.')),
    ...commonNotes(known),
  ],
})

const ownIdentity = (known: Replaceable): HclBlock =>
  block(
    'resource',
    ['azurerm_user_assigned_identity', labelOf(known)],
    ['name', nameOf(known)],
    ['location', fillIn('LOCATION')],
    ['resource_group_name', fillIn('RESOURCE_GROUP')],
  )
const objectId = (known: Replaceable) =>
  reference(`azurerm_user_assigned_identity.${labelOf(known)}.principal_id`)

const byManaged = (known: Replaceable): DraftWay => ({
  id: 'managed',
  title: 'A managed identity that signs in as the application',
  fits: 'It is used by something that runs in Azure: a machine, a function, an app.',
  files: [
    file(
      'main.tf',
      ownIdentity(known),
      accepts(known, {
        name: 'managed',
        issuer: `https://login.microsoftonline.com/${tenantOf(known)}/v2.0`,
        subject: objectId(known),
      }),
    ),
  ],
  steps: stepsOf(
    known,
    'Apply main.tf, and assign the managed identity to what runs, and to nothing else.',
    'Let it ask for a token of the managed identity with this audience, and sign in with it as the application.',
  ),
  notes: [
    'Where what runs can do with an identity of its own, leave the application out: give the managed identity the role assignments of the application, and nothing has to be exchanged. Which these are is on the page of the identity.',
    'Whoever may assign the managed identity to something, or run something on what has it, has it too.',
    ...usedBy(known, ({ type }) => type.startsWith('azure.')),
    ...commonNotes(known),
  ],
})

/** `/subscriptions/…/storageAccounts/x/keys/key1` → the account. */
const resourceOf = ({ credential: { id } }: Replaceable): string =>
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/[^/]+\/[^/]+\/[^/]+)\//i.exec(id)?.[1] ??
  fillIn('RESOURCE_ID')

function insteadOfKey(known: Replaceable): DraftWay[] {
  const key = KEYS[known.credential.type]
  if (!key) return []
  return [
    {
      id: 'managed',
      title: 'A managed identity with one role on the resource',
      fits: 'What uses the key runs in Azure. What runs elsewhere signs in as an application with a federated credential, which is given the same role.',
      files: [
        file(
          'main.tf',
          ownIdentity(known),
          block(
            'resource',
            ['azurerm_role_assignment', labelOf(known)],
            ['scope', resourceOf(known)],
            ['role_definition_name', fillIn(key.role)],
            ['principal_id', objectId(known)],
          ),
        ),
      ],
      steps: stepsOf(
        known,
        'Apply main.tf, assign the managed identity to what uses the key, and let that sign in by it.',
        key.off,
      ),
      notes: [
        'Who holds the key was not seen: no source tells who uses it. The log of the resource tells requests by key from others.',
      ],
    },
  ]
}

export const azureReplacer: Replacer = {
  types: [
    'azure.client-secret',
    'azure.certificate-credential',
    'azure.symmetric-key',
    'azure.storage-key',
    'azure.registry-admin',
    'azure.registry-password',
  ],
  replace: (known) =>
    KEYS[known.credential.type]
      ? insteadOfKey(known)
      : [byWorkflow(known), byAccount(known), byManaged(known)],
}
