// Ways through resources that run as an identity: whoever controls one acts as its identity.
import type { ArmEscalation } from './escalations'

type Row = {
  id: string
  title: string
  needs: string[]
  type: string
  gives?: string
  open?: string
  only?: string
}
const runner = ({ id, title, needs, type, gives, open, only }: Row): ArmEscalation => ({
  id,
  title,
  needs,
  ...(only !== undefined && { only }),
  gives: gives ?? 'It can run code there, and so act as the identities of the resource.',
  source: `learn.microsoft.com: Azure permissions (${needs[0]?.split('/')[0] ?? ''})`,
  on: { at: 'runner', type: type.toLowerCase() },
  ...(open !== undefined && { open }),
})

const VM = 'Microsoft.Compute/virtualMachines'
const VMSS = 'Microsoft.Compute/virtualMachineScaleSets'
const SITE = 'Microsoft.Web/sites'
const ARC = 'Microsoft.HybridCompute/machines'
const JOB = 'Microsoft.App/jobs'
const ASSIGN = 'Microsoft.ManagedIdentity/userAssignedIdentities/assign/action'
const FEDERATED = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write'

const ON_RESOURCES: readonly Row[] = [
  {
    id: 'Z22-run-command',
    title: 'Run a command on a virtual machine',
    needs: [`${VM}/runCommand/action`],
    type: VM,
  },
  {
    id: 'Z22-managed-run',
    title: 'Make a run command of a virtual machine',
    needs: [`${VM}/runCommands/write`],
    type: VM,
  },
  {
    id: 'Z22-extension',
    title: 'Install an extension on a virtual machine',
    needs: [`${VM}/extensions/write`],
    type: VM,
  },
  {
    id: 'Z22-login',
    title: 'Sign in to a virtual machine as its administrator',
    needs: [`data:${VM}/loginAsAdmin/action`],
    type: VM,
    only: 'The extension for signing in with Entra is installed, and the machine can be reached.',
    open: 'Whether people sign in there through Entra is not collected.',
  },
  {
    id: 'Z22-scale-set-run',
    title: 'Run a command on a machine of a scale set',
    needs: [`${VMSS}/virtualMachines/runCommand/action`],
    type: VMSS,
  },
  {
    id: 'Z22-scale-set',
    title: 'Rewrite a scale set',
    needs: [`${VMSS}/write`],
    type: VMSS,
    gives: 'It can write extensions and start scripts of the machines, and so act as their identities.',
  },
  {
    id: 'Z22-arc-run',
    title: 'Run a command on an Arc machine',
    needs: [`${ARC}/runCommands/write`],
    type: ARC,
  },
  {
    id: 'Z22-arc-extension',
    title: 'Install an extension on an Arc machine',
    needs: [`${ARC}/extensions/write`],
    type: ARC,
  },
  {
    id: 'Z25',
    title: 'Write and start a runbook',
    needs: [
      'Microsoft.Automation/automationAccounts/runbooks/write',
      'Microsoft.Automation/automationAccounts/jobs/write',
    ],
    type: 'Microsoft.Automation/automationAccounts',
  },
  {
    id: 'Z26-publish',
    title: 'Read the publishing profile of a web app',
    needs: [`${SITE}/publishxml/action`],
    type: SITE,
    only: 'Publishing with a user name and a password is switched on.',
    gives: 'It can read credentials that publish code to the app, which then acts as its identities.',
    open: 'Whether the app accepts publishing credentials is not collected.',
  },
  {
    id: 'Z26-settings',
    title: 'Write the settings of a web app',
    needs: [`${SITE}/config/write`],
    type: SITE,
    gives: 'It can point the app at other code by its settings, and so act as its identities.',
  },
  { id: 'Z26-deploy', title: 'Deploy to a web app', needs: [`${SITE}/extensions/write`], type: SITE },
  { id: 'Z26-write', title: 'Rewrite a web app', needs: [`${SITE}/write`], type: SITE },
  {
    id: 'Z27',
    title: 'Rewrite a logic app',
    needs: ['Microsoft.Logic/workflows/write'],
    type: 'Microsoft.Logic/workflows',
  },
  {
    id: 'Z33-container-app',
    title: 'Rewrite a container app',
    needs: ['Microsoft.App/containerApps/write'],
    type: 'Microsoft.App/containerApps',
  },
  {
    id: 'Z33-container-job',
    title: 'Rewrite and start a container job',
    needs: [`${JOB}/write`, `${JOB}/start/action`],
    type: JOB,
  },
  {
    id: 'Z33-container-group',
    title: 'Run a command in a container group',
    needs: ['Microsoft.ContainerInstance/containerGroups/containers/exec/action'],
    type: 'Microsoft.ContainerInstance/containerGroups',
  },
  {
    id: 'Z33-data-factory',
    title: 'Write and run a pipeline of a data factory',
    needs: [
      'Microsoft.DataFactory/factories/pipelines/write',
      'Microsoft.DataFactory/factories/pipelines/createrun/action',
    ],
    type: 'Microsoft.DataFactory/factories',
  },
  {
    id: 'Z33-machine-learning',
    title: 'Start a job of a machine learning workspace',
    needs: ['Microsoft.MachineLearningServices/workspaces/jobs/write'],
    type: 'Microsoft.MachineLearningServices/workspaces',
    open: 'Which identity its compute runs as is not collected.',
  },
]

const identity = (name: string, compute: string): ArmEscalation => ({
  id: `Z23-${name}`,
  title: `Give an identity to compute of its own (${compute})`,
  needs: [ASSIGN, compute],
  only: 'It may assign the identity, and write compute anywhere.',
  gives: 'It can run its own code as the identity.',
  source: 'learn.microsoft.com: Managed identity best practice recommendations',
  on: { at: 'identity', anywhere: [compute] },
})

const cluster = (name: string, need: string, title: string, open: string): ArmEscalation => ({
  id: `Z28-${name}`,
  title,
  needs: [need],
  gives: 'It can come to be cluster-admin of the AKS cluster.',
  source: 'learn.microsoft.com: Access and identity options for Azure Kubernetes Service',
  on: { at: 'cluster' },
  open,
})

export const RESOURCE_ESCALATIONS: readonly ArmEscalation[] = [
  ...ON_RESOURCES.map(runner),
  identity('virtual-machine', `${VM}/write`),
  identity('scale-set', `${VMSS}/write`),
  identity('web-app', `${SITE}/write`),
  identity('container-group', 'Microsoft.ContainerInstance/containerGroups/write'),
  identity('container-app', 'Microsoft.App/containerApps/write'),
  identity('automation', 'Microsoft.Automation/automationAccounts/write'),
  identity('logic-app', 'Microsoft.Logic/workflows/write'),
  identity('deployment-script', 'Microsoft.Resources/deploymentScripts/write'),
  {
    id: 'Z24',
    title: 'Let an identity trust an issuer of its own',
    needs: [FEDERATED],
    gives: 'It can add a federated credential, and sign in as the identity from anywhere.',
    source:
      'learn.microsoft.com: Configure a user-assigned managed identity to trust an external identity provider',
    on: { at: 'identity', anywhere: [] },
  },
  cluster(
    'admin-credential',
    'Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action',
    'Read the administrator credential of an AKS cluster',
    'Whether local accounts of the cluster are switched off is not collected.',
  ),
  cluster(
    'run-command',
    'Microsoft.ContainerService/managedClusters/runCommand/action',
    'Run a command in an AKS cluster',
    'Whether commands are switched off for the cluster is not collected.',
  ),
  cluster(
    'azure-rbac',
    'data:Microsoft.ContainerService/managedClusters/rbac.authorization.k8s.io/clusterrolebindings/write',
    'Bind roles in an AKS cluster by roles of Azure',
    'Whether the cluster goes by roles of Azure is not collected.',
  ),
]
