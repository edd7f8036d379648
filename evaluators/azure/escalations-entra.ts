// Ways through the directory: application permissions of Microsoft Graph, directory roles and ownership of applications.
import type { EntraEscalation } from './escalations'

const GRAPH = 'learn.microsoft.com: Microsoft Graph permissions reference'
const ROLES = 'learn.microsoft.com: Microsoft Entra built-in roles'
type Row = Omit<EntraEscalation, 'needs' | 'source'> & { only?: string }

const permission = (row: Row): EntraEscalation => ({
  ...row,
  needs: [(row.permission ?? []).map((one) => `Graph: ${one}`).join(' or ')],
  source: GRAPH,
})
const action = (row: Row): EntraEscalation => ({
  ...row,
  needs: [(row.action ?? []).join(' or ')],
  source: ROLES,
})
const all = (text: string): readonly string[] => text.trim().split(/\s+/)

const CREDENTIALS = 'It can add a credential to the application, and sign in as it.'
const OWNER = 'It can make itself the owner of the application, add a credential and sign in as it.'

export const ENTRA_ESCALATIONS: readonly EntraEscalation[] = [
  permission({
    id: 'Z01',
    title: 'Assign directory roles',
    permission: ['RoleManagement.ReadWrite.Directory'],
    gives: 'It can give itself any directory role, Global Administrator too.',
    to: 'administrator',
  }),
  permission({
    id: 'Z02',
    title: 'Assign application permissions',
    permission: ['AppRoleAssignment.ReadWrite.All'],
    gives: 'It can give itself any application permission, also the one to assign directory roles.',
    to: 'administrator',
  }),
  permission({
    id: 'Z03',
    title: 'Manage all applications',
    permission: all('Application.ReadWrite.All Application.ReadUpdate.All'),
    gives: CREDENTIALS,
    to: 'applications',
  }),
  permission({
    id: 'Z04',
    title: 'Manage owned applications',
    permission: ['Application.ReadWrite.OwnedBy'],
    only: 'It owns the application.',
    owned: true,
    gives: CREDENTIALS,
    to: 'applications',
  }),
  permission({
    id: 'Z05',
    title: 'Join groups',
    permission: all('Directory.ReadWrite.All Group.ReadWrite.All GroupMember.ReadWrite.All'),
    only: 'The group holds rights and is none that roles can be assigned to.',
    gives: 'It can join groups and hold what they hold.',
    to: 'more',
    open: 'Which groups there are, and what they hold, is not collected but for groups with programs in them.',
  }),
  permission({
    id: 'Z06',
    title: 'Write service principal endpoints',
    permission: ['ServicePrincipalEndpoint.ReadWrite.All'],
    gives: 'It can change service principals, which was seen to reach their owners as well.',
    to: 'more',
    open: 'What Microsoft permits by it beyond endpoints is not documented.',
  }),
  permission({
    id: 'Z07-assign',
    title: 'Assign directory roles through Privileged Identity Management',
    permission: ['RoleAssignmentSchedule.ReadWrite.Directory'],
    gives: 'It can give itself any directory role for a time.',
    to: 'administrator',
    open: 'Whether the tenant has the licence for it is not collected.',
  }),
  permission({
    id: 'Z07-eligible',
    title: 'Make principals eligible for directory roles',
    permission: ['RoleEligibilitySchedule.ReadWrite.Directory'],
    gives: 'It can make any user eligible for any directory role.',
    to: 'administrator',
    open: 'Only a person can activate that: whether it controls one is not known here.',
  }),
  permission({
    id: 'Z07-groups',
    title: 'Manage groups through Privileged Identity Management',
    permission: all(
      'PrivilegedAccess.ReadWrite.AzureADGroup PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
    ),
    gives: 'It can join groups that hold directory roles.',
    to: 'administrator',
    open: 'Which groups hold roles is not collected.',
  }),
  permission({
    id: 'Z07-policies',
    title: 'Rewrite the rules for activating roles',
    permission: all('RoleManagementPolicy.ReadWrite.Directory RoleManagementPolicy.ReadWrite.AzureADGroup'),
    gives: 'It can take approval and second factors away from activating roles.',
    to: 'more',
    open: 'Whether somebody that it controls is eligible for a role is not known here.',
  }),
  permission({
    id: 'Z08',
    title: 'Write how people sign in',
    permission: all(
      'UserAuthenticationMethod.ReadWrite.All UserAuthMethod-TAP.ReadWrite.All UserAuthMethod-Phone.ReadWrite.All UserAuthMethod-QR.ReadWrite.All UserAuthMethod-HardwareOATH.ReadWrite.All User-PasswordProfile.ReadWrite.All',
    ),
    gives: 'It can sign in as people, administrators among them.',
    to: 'administrator',
    open: 'People and what they hold are not collected; policies of the tenant may stand in the way.',
  }),
  permission({
    id: 'Z09',
    title: 'Write what guards the tenant',
    permission: all(
      'Domain.ReadWrite.All Organization.ReadWrite.All Policy.ReadWrite.PermissionGrant EntitlementManagement.ReadWrite.All AdministrativeUnit.ReadWrite.All DeviceManagementConfiguration.ReadWrite.All DeviceManagementRBAC.ReadWrite.All DeviceManagementScripts.ReadWrite.All Policy.ReadWrite.ConditionalAccess',
    ),
    gives: 'It can change who vouches for people, what they may consent to, or what runs on their devices.',
    to: 'administrator',
    open: 'Whether that leads to an administrator depends on how the tenant is set up, which is not collected.',
  }),
  {
    id: 'Z10',
    title: 'Own an application',
    needs: ['owner of the application or of its service principal'],
    owned: true,
    gives: CREDENTIALS,
    source: 'learn.microsoft.com: application: addPassword',
    to: 'applications',
    open: 'Microsoft asks a program for Application.ReadWrite.OwnedBy as well; that owning alone is enough was reported.',
  },
  action({
    id: 'Z11',
    title: 'Manage credentials of applications by a directory role',
    action: [
      'microsoft.directory/applications/credentials/update',
      'microsoft.directory/serviceprincipals/credentials/update',
    ],
    gives: CREDENTIALS,
    to: 'applications',
  }),
  action({
    id: 'Z12',
    title: 'Manage owners of applications by a directory role',
    action: [
      'microsoft.directory/applications/owners/update',
      'microsoft.directory/serviceprincipals/owners/update',
    ],
    gives: OWNER,
    to: 'applications',
  }),
  action({
    id: 'Z13-roles',
    title: 'Assign directory roles by a directory role',
    action: ['microsoft.directory/roleassignments/allproperties/alltasks'],
    gives: 'It can give itself any directory role, Global Administrator too.',
    to: 'administrator',
  }),
  action({
    id: 'Z13-passwords',
    title: 'Reset passwords by a directory role',
    action: ['microsoft.directory/users/password/update'],
    gives: 'It can reset passwords of people.',
    to: 'more',
    open: 'People and what they hold are not collected, nor which of them the role reaches.',
  }),
  action({
    id: 'Z13-groups',
    title: 'Manage members of groups by a directory role',
    action: ['microsoft.directory/groups/members/update'],
    gives: 'It can join groups that no roles can be assigned to, and hold what they hold.',
    to: 'more',
    open: 'Which groups there are, and what they hold, is not collected but for groups with programs in them.',
  }),
]
