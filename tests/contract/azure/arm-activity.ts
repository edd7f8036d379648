// Activity Logs of the made-up tenant, and how they are asked for: the filter as it is documented, and no property that cannot be
// selected.
import { ARM_CANARIES, DELETED, PAYMENTS, PERSON, PLATFORM } from './arm-tenant'
import { principalId } from './graph-tenant'

type Event = Record<string, unknown>
const SCHEMAS = 'http://schemas.microsoft.com/identity/claims'
const XML = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'
const valued = (value: string) => ({ value, localizedValue: value })

let count = 0
function event(who: string | undefined, action: string, scope: string, more: Event = {}): Event {
  const id = String(++count).padStart(12, '0')
  return {
    authorization: { action, scope, role: 'whatever' },
    caller: 'planted-caller@acme.example',
    channels: 'Operation',
    claims: {
      aud: 'https://management.azure.com/',
      ipaddr: '203.0.113.77',
      name: 'Planted Name',
      [`${XML}/upn`]: 'planted-upn@acme.example',
      ...(who !== undefined && { [`${SCHEMAS}/objectidentifier`]: who }),
    },
    category: valued('Administrative'),
    correlationId: `c0000000-0000-4000-8000-${id}`,
    eventTimestamp: '2026-11-10T10:00:00.1234567Z',
    httpRequest: { clientIpAddress: '203.0.113.78', method: 'POST' },
    operationId: `a0000000-0000-4000-8000-${id}`,
    operationName: valued(action),
    properties: { requestbody: ARM_CANARIES[0], responseBody: ARM_CANARIES[1] },
    resourceId: scope,
    status: valued('Succeeded'),
    subStatus: valued(''),
    ...more,
  }
}
const started = { status: valued('Started') }
const forbidden = { status: valued('Failed'), subStatus: valued('Forbidden') }

const pay = `/subscriptions/${PAYMENTS}/resourceGroups/rg-pay`
const platform = `/subscriptions/${PLATFORM}/resourceGroups/rg-platform`
const machine = `${pay}/providers/Microsoft.Compute/virtualMachines/vm-build`
const receipts = `${pay}/providers/Microsoft.Storage/storageAccounts/stshopreceipts`
const START = 'Microsoft.Compute/virtualMachines/start/action'
const ASSIGN = 'Microsoft.Authorization/roleAssignments/write'
const RESTART = 'Microsoft.Compute/virtualMachines/restart/action'

/** By subscription, newest first. */
export const activities: Record<string, Event[]> = {
  [PAYMENTS]: [
    event(principalId(41), START, machine, { subStatus: valued('OK') }),
    event(principalId(41), START, machine, started),
    event(principalId(41).toUpperCase(), 'MICROSOFT.COMPUTE/VIRTUALMACHINES/WRITE', machine.toUpperCase()),
    // It tried, and was not let.
    event(principalId(41), ASSIGN, pay, forbidden),
    event(principalId(41), ASSIGN, pay, started),
    // Of a policy: its token is that of whoever asked for something else.
    event(principalId(41), 'Microsoft.Sql/servers/write', pay, {
      category: valued('Policy'),
      operationName: valued('Microsoft.Authorization/policies/audit/action'),
    }),
    event(principalId(20), 'Microsoft.Storage/storageAccounts/listKeys/action', receipts),
    // Beside what it holds a role on.
    event(principalId(20), 'Microsoft.Storage/storageAccounts/delete', `${receipts}old`),
    event(DELETED, 'Microsoft.Web/sites/write', `${pay}/providers/Microsoft.Web/sites/func-receipts`, {
      status: valued('Failed'),
      subStatus: valued('Conflict'),
    }),
    event(PERSON, 'Microsoft.Web/sites/delete', `${pay}/providers/Microsoft.Web/sites/func-receipts`),
    event(undefined, 'Microsoft.Insights/AutoscaleSettings/Scaleup/Action', pay, { claims: null }),
    event(principalId(3), 'Microsoft.Compute/virtualMachines/read', machine),
  ],
  [PLATFORM]: [
    event(principalId(40), RESTART, `${platform}/providers/Microsoft.Compute/virtualMachines/vm-tool`),
    // In another resource group than the role of its group is held in.
    event(
      principalId(41),
      RESTART,
      `/subscriptions/${PLATFORM}/resourceGroups/rg-other/providers/Microsoft.Compute/virtualMachines/x`,
    ),
  ],
}
/** Must be found nowhere but here. */
export const ACTIVITY_CANARIES = [
  'planted-caller',
  'planted-upn',
  'Planted Name',
  '203.0.113.77',
  '203.0.113.78',
]

/** "Valid values" of `$select`: learn.microsoft.com/azure/azure-monitor/essentials/rest-activity-log. */
const SELECTABLE = new Set(
  'authorization,claims,correlationId,description,eventDataId,eventName,eventTimestamp,httpRequest,level,operationId,operationName,properties,resourceGroupName,resourceProviderName,resourceId,status,submissionTimestamp,subStatus,subscriptionId'.split(
    ',',
  ),
)
const WHEN = "'\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?Z'"
const FILTER = new RegExp(`^eventTimestamp ge ${WHEN} and eventTimestamp le ${WHEN}$`)

/** Undefined: the question is not one that is documented. */
export function askedActivity(subscription: string, query: URLSearchParams): Event[] | undefined {
  const select = (query.get('$select') ?? '').split(',')
  if (query.get('api-version') !== '2015-04-01' || !FILTER.test(query.get('$filter') ?? '')) return undefined
  if (!select.every((one) => SELECTABLE.has(one))) return undefined
  return (activities[subscription] ?? []).map((one) =>
    Object.fromEntries(Object.entries(one).filter(([key]) => select.includes(key))),
  )
}
