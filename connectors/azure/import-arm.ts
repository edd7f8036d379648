// Role assignments and user-assigned identities from files of the Azure CLI, as if a tenant answered. The CLI lists what is in
// one subscription: nothing is ever said to be gone because a file does not hold it.
import type { ImportFormat, OpenedFile } from '@/core/connector'
import { z } from 'zod'
import { ASSIGNMENTS, IDENTITIES, SUBSCRIPTIONS } from './arm-calls'
import type { Connection } from './connection'
import { PRINCIPALS } from './entra/calls'
import { checkFile, type Checked } from './file-check'
import { explainFile, FilePages, NotInFile } from './file-pages'
import { ASSIGNMENTS_FILE, IDENTITIES_FILE, IMPORTS } from './imports'
import { RoleAssignment, ManagedIdentity } from './shapes-arm'
import { SIGN_IN } from './sign-in'

/** The CLI lays out flat what the service nests. */
const nested = (element: unknown): unknown => {
  const { id, ...properties } = element as Record<string, unknown>
  return { id, properties }
}
const Assignment = z.looseObject({}).transform(nested).pipe(RoleAssignment)
const ASSIGNMENT_FIELDS = [
  'condition',
  'conditionVersion',
  'createdBy',
  'createdOn',
  'delegatedManagedIdentityResourceId',
  'description',
  'id',
  'name',
  'principalId',
  'principalName',
  'principalType',
  'resourceGroup',
  'roleDefinitionId',
  'roleDefinitionName',
  'scope',
  'type',
  'updatedBy',
  'updatedOn',
]
const IDENTITY_FIELDS = [
  'clientId',
  'id',
  'isolationScope',
  'location',
  'name',
  'principalId',
  'resourceGroup',
  'systemData',
  'tags',
  'tenantId',
  'type',
]
const commandOf = (id: string): string =>
  IMPORTS.find((format: ImportFormat) => format.id === id)?.command ?? ''

const connectionFor = (checked: Checked): Connection => ({
  tenantId: checked.tenantId,
  cloud: 'public',
  subscriptions: [],
  keyVaultObjects: true,
  previewApis: true,
  activityDays: 0,
  limits: { vaultItemsMax: 1 },
})

type Answer = (params: Readonly<Record<string, unknown>>) => Promise<unknown>
function opened(checked: Checked, pages: FilePages, answers: Record<string, Answer>): OpenedFile {
  return {
    report: () => checked.report,
    transport: {
      async send(permission, params) {
        if (permission === SIGN_IN) return connectionFor(checked)
        const answer = Object.hasOwn(answers, permission) ? answers[permission] : undefined
        if (!answer) throw new NotInFile('not in the imported file')
        return await answer(params)
      },
      explain: explainFile,
      close: () => pages.close(),
    },
  }
}

/** @throws RollcallError naming line or path when the file cannot be read whole */
export async function openAssignments(path: string): Promise<OpenedFile> {
  const what = { what: 'role assignments', id: 'id', shape: Assignment, fields: ASSIGNMENT_FIELDS }
  const checked = await checkFile(path, {
    command: commandOf(ASSIGNMENTS_FILE),
    lists: { roleAssignments: what },
  })
  const pages = new FilePages(checked)
  return opened(checked, pages, {
    // No subscription is asked for: the whole list is given where the root is asked.
    [SUBSCRIPTIONS]: async () => ({ value: [] }),
    [ASSIGNMENTS]: async ({ link }) => {
      const page = await pages.page('roleAssignments', link)
      return { ...page, value: page.value.map(nested) }
    },
  })
}

/** An identity as the directory has it: by its service principal, which names the resource. */
const principalOf = (element: unknown): unknown => {
  const { id, name, clientId, principalId } = element as Record<string, unknown>
  return {
    id: principalId,
    appId: clientId,
    displayName: name,
    servicePrincipalType: 'ManagedIdentity',
    alternativeNames: [id],
  }
}
/** `/subscriptions/<id>/…` → the id */
const subscriptionOf = ({ id }: Record<string, unknown>): string | undefined =>
  /^\/subscriptions\/([^/]+)\//i.exec(String(id))?.[1]?.toLowerCase()

/** @throws RollcallError naming line or path when the file cannot be read whole */
export async function openIdentities(path: string): Promise<OpenedFile> {
  const what = { what: 'user-assigned identities', id: 'id', shape: ManagedIdentity, fields: IDENTITY_FIELDS }
  const checked = await checkFile(path, {
    command: commandOf(IDENTITIES_FILE),
    lists: { identities: what },
    note: subscriptionOf,
  })
  const pages = new FilePages(checked)
  return opened(checked, pages, {
    [SUBSCRIPTIONS]: async () => ({
      value: [...checked.notes].sort().map((subscriptionId) => ({ subscriptionId })),
    }),
    [PRINCIPALS]: async ({ link }) => {
      const page = await pages.page('identities', link)
      return { ...page, value: page.value.map(principalOf) }
    },
    [IDENTITIES]: async ({ skipToken }) => {
      const { value, nextLink } = await pages.page('identities', skipToken)
      return {
        totalRecords: checked.counts.get('identities') ?? 0,
        data: value,
        resultTruncated: 'false',
        ...(nextLink !== undefined && { $skipToken: nextLink }),
      }
    },
  })
}
