// What the Activity Logs of the made-up tenant tell: a pipeline and a machine that may do almost anything and do little of it.
import { ACTIVITY } from '../arm-calls'
import type { SampleAnswer } from './answer'
import { PERSON, PRINCIPALS, RESOURCES, SUBSCRIPTIONS } from './ids'

const event = (object: string, action: string, scope: string, status = 'Succeeded') => ({
  authorization: { action, scope },
  claims: { 'http://schemas.microsoft.com/identity/claims/objectidentifier': object },
  operationName: { value: action },
  status: { value: status },
  subStatus: { value: status === 'Failed' ? 'Forbidden' : '' },
})
const log = (subscription: string, events: readonly object[]): SampleAnswer => ({
  call: ACTIVITY,
  params: {
    path: `/subscriptions/${subscription}/providers/Microsoft.Insights/eventtypes/management/values`,
  },
  answer: { value: events },
})

const billing = RESOURCES.vault.split('/providers/')[0] ?? ''
const platform = RESOURCES.buildVm.split('/providers/')[0] ?? ''
const site = `${billing}/providers/Microsoft.Web/sites/invoices`
const deployer = PRINCIPALS.deployer.object
const machine = PRINCIPALS.buildVm.object

export const activitySample: readonly SampleAnswer[] = [
  log(SUBSCRIPTIONS.payments, [
    event(deployer, 'Microsoft.Resources/deployments/write', billing),
    event(deployer, 'Microsoft.Web/sites/write', site),
    event(deployer, 'Microsoft.Web/sites/restart/action', site),
    event(PERSON.object, 'Microsoft.Web/sites/delete', `${site}-old`),
  ]),
  log(SUBSCRIPTIONS.platform, [
    event(machine, 'Microsoft.ContainerRegistry/registries/importImage/action', platform),
    // It tried to give itself more, and was not let.
    event(machine, 'Microsoft.Authorization/roleAssignments/write', platform, 'Failed'),
    event(machine, 'Microsoft.Authorization/roleAssignments/write', platform, 'Started'),
  ]),
]
