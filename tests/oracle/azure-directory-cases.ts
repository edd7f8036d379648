// Questions about the directory and levels of privilege, worked out by hand from Microsoft's documentation.
import type { AccessAnswer, Held, PrivilegeLevel, Realm } from '@/core/access'
import * as w from './azure-world'

const GLOBAL = '62e90394-69f5-4237-9190-012177145e10'
const APP_ADMIN = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'
const SYNC = 'd29b2b05-8046-44ba-8758-1e26182fcf32'
const READERS = '88d8e3e3-8f55-4a1e-953a-9b9898b8876b'
const UNIT = { type: 'administrative-unit', id: 'unit-1' }
const OBJECT = { type: 'object', id: 'object-1' }
const CREDENTIALS = 'microsoft.directory/applications/credentials/update'
const ROLES = 'RoleManagement.ReadWrite.Directory'

export type DirectoryCase = {
  name: string
  held: readonly Held[]
  action: string
  resource?: string
  answer: AccessAnswer['answer']
  why: string
}

export const DIRECTORY_CASES: readonly DirectoryCase[] = [
  {
    name: 'an application permission',
    held: [w.appRole(ROLES)],
    action: ROLES,
    answer: 'yes',
    why: 'permissions-overview: app-only access',
  },
  {
    name: 'the same as a delegated scope',
    held: [w.scope(ROLES)],
    action: ROLES,
    answer: 'depends',
    why: 'permissions-overview: acts as the signed-in user',
  },
  {
    name: 'writing includes reading',
    held: [w.appRole('User.ReadWrite.All')],
    action: 'User.Read.All',
    answer: 'yes',
    why: 'permissions-reference: read and write',
  },
  {
    name: 'reading includes no writing',
    held: [w.appRole('User.Read.All')],
    action: 'User.ReadWrite.All',
    answer: 'no',
    why: 'permissions-reference',
  },
  {
    name: 'another constraint',
    held: [w.appRole('Application.ReadWrite.OwnedBy')],
    action: 'Application.ReadWrite.All',
    answer: 'no',
    why: 'permissions-reference: only those it owns',
  },
  {
    name: 'names are not told apart by case',
    held: [w.appRole(ROLES)],
    action: ROLES.toLowerCase(),
    answer: 'yes',
    why: 'one permission',
  },
  {
    name: 'a permission told by its id alone',
    held: [w.appRole(null, { id: '9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8' })],
    action: ROLES,
    answer: 'yes',
    why: 'permissions-reference: identifier of the application permission',
  },
  {
    name: 'an id that is not known',
    held: [w.appRole(null, { id: 'eeeeeeee-0000-4000-8000-00000000000e' })],
    action: ROLES,
    answer: 'depends',
    why: 'it may be any permission',
  },
  {
    name: 'a permission that is switched off',
    held: [w.appRole(ROLES, { enabled: false })],
    action: ROLES,
    answer: 'depends',
    why: 'appRole: isEnabled',
  },
  {
    name: 'a permission of which that is not told',
    held: [w.appRole(ROLES, { enabled: null })],
    action: ROLES,
    answer: 'depends',
    why: 'not told',
  },
  {
    name: 'the same name of another API',
    held: [w.appRole(ROLES, { resource: 'Own API', appId: 'ffffffff-0000-4000-8000-00000000000f' })],
    action: ROLES,
    answer: 'no',
    why: 'a permission is of one API',
  },
  {
    name: 'an API that calls itself Microsoft Graph',
    held: [w.appRole(ROLES, { appId: 'ffffffff-0000-4000-8000-00000000000f' })],
    action: ROLES,
    answer: 'no',
    why: 'display names are free; the application id is not Microsoft Graph',
  },
  {
    name: 'a permission of an own API',
    held: [
      w.appRole('Invoices.Read', { resource: 'Own API', appId: 'ffffffff-0000-4000-8000-00000000000f' }),
    ],
    action: 'Invoices.Read',
    resource: 'Own API',
    answer: 'yes',
    why: 'held for that API',
  },
  { name: 'nothing', held: [], action: ROLES, answer: 'no', why: 'it holds nothing' },
  {
    name: 'a role of Azure is none of the directory',
    held: [w.at(w.OWNER, '/')],
    action: ROLES,
    answer: 'no',
    why: 'rbac-and-directory-admin-roles: Azure roles do not manage the directory',
  },
  {
    name: 'a directory role is none of Azure',
    held: [w.directory(GLOBAL, 'Global Administrator')],
    action: 'Microsoft.Compute/virtualMachines/read',
    resource: w.VM,
    answer: 'no',
    why: 'rbac-and-directory-admin-roles: not by default, it has to elevate its access',
  },
  {
    name: 'an application administrator manages credentials',
    held: [w.directory(APP_ADMIN, 'Application Administrator')],
    action: CREDENTIALS,
    resource: '/',
    answer: 'yes',
    why: 'permissions-reference (Entra): Application Administrator',
  },
  {
    name: 'of one application, that one',
    held: [w.directory(APP_ADMIN, 'Application Administrator', { place: OBJECT })],
    action: CREDENTIALS,
    resource: '/object-1',
    answer: 'yes',
    why: 'assign-roles-different-scopes: app registration scope',
  },
  {
    name: 'of one application, not all',
    held: [w.directory(APP_ADMIN, 'Application Administrator', { place: OBJECT })],
    action: CREDENTIALS,
    resource: '/',
    answer: 'no',
    why: 'assign-roles-different-scopes',
  },
  {
    name: 'in a unit, not the tenant',
    held: [w.directory(GLOBAL, 'Global Administrator', { place: UNIT })],
    action: CREDENTIALS,
    resource: '/',
    answer: 'no',
    why: 'administrative-units',
  },
  {
    name: 'in a unit, of an object that may be in it',
    held: [w.directory(GLOBAL, 'Global Administrator', { place: UNIT })],
    action: 'microsoft.directory/users/password/update',
    resource: '/user-1',
    answer: 'depends',
    why: 'who is in it is not collected',
  },
  {
    name: 'eligible is not held',
    held: [w.directory(APP_ADMIN, 'Application Administrator', { eligible: true })],
    action: CREDENTIALS,
    resource: '/',
    answer: 'depends',
    why: 'pim-configure: has to be activated',
  },
  {
    name: 'a role of its own that permits it',
    held: [w.directory(w.CUSTOM, 'Rotator', { actions: [CREDENTIALS] })],
    action: CREDENTIALS,
    resource: '/',
    answer: 'yes',
    why: 'custom-available-permissions',
  },
  {
    name: 'a role of its own that permits everything of applications',
    held: [
      w.directory(w.CUSTOM, 'Apps', { actions: ['microsoft.directory/applications/allProperties/allTasks'] }),
    ],
    action: CREDENTIALS,
    resource: '/',
    answer: 'yes',
    why: 'custom-available-permissions: allProperties, allTasks',
  },
  {
    name: 'a role of its own that permits something else',
    held: [w.directory(w.CUSTOM, 'Namer', { actions: ['microsoft.directory/applications/basic/update'] })],
    action: CREDENTIALS,
    resource: '/',
    answer: 'no',
    why: 'custom-available-permissions: basic properties',
  },
  {
    name: 'the synchronisation account of today',
    held: [w.directory(SYNC, 'Directory Synchronization Accounts')],
    action: CREDENTIALS,
    resource: '/',
    answer: 'no',
    why: 'permissions-reference (Entra): one reading action only',
  },
  {
    name: 'a built-in role that is not kept',
    held: [w.directory('12345678-0000-4000-8000-000000000012', 'Some Administrator')],
    action: CREDENTIALS,
    resource: '/',
    answer: 'depends',
    why: 'what it permits is not kept',
  },
]

export type LevelCase = {
  name: string
  held: readonly Held[]
  certain: PrivilegeLevel
  possible: PrivilegeLevel
  why: string
  more?: Partial<Realm>
}
const NO_PRIVILEGED = `((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAllValues:GuidNotEquals {${w.OWNER}, ${w.UAA}, ${w.RBAC_ADMIN}}))`

export const LEVEL_CASES: readonly LevelCase[] = [
  {
    name: 'Owner of a subscription',
    held: [w.at(w.OWNER, w.S1)],
    certain: 'administrator',
    possible: 'administrator',
    why: 'everything, and giving roles',
  },
  {
    name: 'Owner of a management group',
    held: [w.at(w.OWNER, w.GROUP)],
    certain: 'administrator',
    possible: 'administrator',
    why: 'above subscriptions',
  },
  {
    name: 'Owner of a resource group',
    held: [w.at(w.OWNER, w.RG)],
    certain: 'sensitive',
    possible: 'sensitive',
    why: 'a part of a subscription, with its keys',
  },
  {
    name: 'Contributor of a subscription',
    held: [w.at(w.CONTRIBUTOR, w.S1)],
    certain: 'sensitive',
    possible: 'sensitive',
    why: 'reads keys, gives no roles',
  },
  {
    name: 'User Access Administrator of a subscription',
    held: [w.at(w.UAA, w.S1)],
    certain: 'escalates',
    possible: 'escalates',
    why: 'can make itself Owner',
  },
  {
    name: 'the same, without the privileged roles',
    held: [w.at(w.RBAC_ADMIN, w.S1, { condition: NO_PRIVILEGED })],
    certain: 'write',
    possible: 'escalates',
    why: 'can make itself Contributor, not Owner',
  },
  { name: 'Reader', held: [w.at(w.READER, w.S1)], certain: 'read', possible: 'read', why: '*/read' },
  {
    name: 'reading secrets',
    held: [w.at(w.SECRETS_USER, w.VAULT)],
    certain: 'sensitive',
    possible: 'sensitive',
    why: 'stored secrets',
  },
  {
    name: 'eligible for Owner',
    held: [w.at(w.OWNER, w.S1, { eligible: true })],
    certain: 'none',
    possible: 'administrator',
    why: 'held only once activated',
  },
  {
    name: 'a role that was not read',
    held: [w.at(w.CUSTOM, w.S1)],
    certain: 'none',
    possible: 'administrator',
    why: 'it may permit everything',
  },
  {
    name: 'Owner where denials were not read',
    held: [w.at(w.OWNER, w.S1)],
    certain: 'administrator',
    possible: 'administrator',
    why: 'a ceiling that was not seen lowers nothing',
    more: { unseen: [{ part: 'rulings', words: 'Deny assignments were not read.' }] },
  },
  {
    name: 'Owner where everything is denied',
    held: [w.at(w.OWNER, w.S1)],
    certain: 'none',
    possible: 'none',
    why: 'a denial that was seen wins',
    more: { rulings: [...w.ROLES, w.deny(w.S1, { actions: ['*'] })] },
  },
  {
    name: 'Global Administrator',
    held: [w.directory(GLOBAL, 'Global Administrator')],
    certain: 'administrator',
    possible: 'administrator',
    why: 'tier 0',
  },
  {
    name: 'Global Administrator of a unit',
    held: [w.directory(GLOBAL, 'Global Administrator', { place: UNIT })],
    certain: 'write',
    possible: 'write',
    why: 'a part of the tenant',
  },
  {
    name: 'assigning directory roles',
    held: [w.appRole(ROLES)],
    certain: 'administrator',
    possible: 'administrator',
    why: 'tier 0',
  },
  {
    name: 'assigning application permissions',
    held: [w.appRole('AppRoleAssignment.ReadWrite.All')],
    certain: 'escalates',
    possible: 'escalates',
    why: 'gives itself the former',
  },
  {
    name: 'assigning directory roles in the name of people',
    held: [w.scope(ROLES)],
    certain: 'none',
    possible: 'administrator',
    why: 'never on its own',
  },
  {
    name: 'reading mail',
    held: [w.appRole('Mail.Read')],
    certain: 'sensitive',
    possible: 'sensitive',
    why: 'data of people',
  },
  {
    name: 'reading the directory',
    held: [w.appRole('Directory.Read.All'), w.directory(READERS, 'Directory Readers')],
    certain: 'read',
    possible: 'read',
    why: 'reads only',
  },
  { name: 'nothing', held: [], certain: 'none', possible: 'none', why: 'nothing' },
  {
    name: 'nothing, where grants were not read',
    held: [],
    certain: 'none',
    possible: 'administrator',
    why: 'anything may be held',
    more: { unseen: [{ part: 'grants', words: 'Some roles were not read.' }] },
  },
]
