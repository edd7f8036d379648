// Steps through the directory, worked out by hand.
import type { StepCase } from './azure-step-cases'
import * as w from './azure-world'

const APP_ADMIN = '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'
const HYBRID = '8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2'
const SYNC = 'd29b2b05-8046-44ba-8758-1e26182fcf32'
const PARTNER = 'e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8'
const OWN = 'Application.ReadWrite.OwnedBy'
const IDENTITY = `${w.RG}/providers/microsoft.managedidentity/userassignedidentities/id-strong`
const identity = w.principal('strong', [], {
  type: 'azure.managed-identity',
  tags: { assigned: 'by users' },
  aliases: [IDENTITY],
})

export const DIRECTORY_STEP_CASES: readonly StepCase[] = [
  {
    name: 'managing all applications',
    held: [w.appRole('Application.ReadWrite.All')],
    steps: ['Z03 principal other: yes', 'Z03 principal vendor: depends'],
    never: ['Z03 principal app', 'Z03 principal strong'],
    why: 'not itself, no managed identity, a vendor may have locked its own',
    others: [
      w.principal('other', []),
      w.principal('vendor', [], { type: 'azure.service-principal' }),
      identity,
    ],
  },
  {
    name: 'the same in the name of people',
    held: [w.scope('Application.ReadWrite.All')],
    steps: [],
    never: ['Z'],
    why: 'not on its own',
    others: [w.principal('other', [])],
  },
  {
    name: 'owning with the permission for it',
    held: [w.appRole(OWN)],
    steps: ['Z04 principal other: yes'],
    never: ['Z04 principal another'],
    why: 'only what it owns',
    others: [w.principal('other', [], { trusts: [w.owner('app')] }), w.principal('another', [])],
  },
  {
    name: 'owning alone',
    held: [],
    steps: ['Z10 principal other: depends'],
    why: 'addPassword asks a program for a permission as well',
    others: [w.principal('other', [], { trusts: [w.owner('app')] })],
  },
  {
    name: 'the permission without owning',
    held: [w.appRole(OWN)],
    steps: [],
    never: ['Z04'],
    why: 'it owns nothing',
    others: [w.principal('another', [])],
  },
  {
    name: 'giving directory roles',
    held: [w.appRole('RoleManagement.ReadWrite.Directory')],
    steps: ['Z01 administrator: yes'],
    why: 'permissions-reference',
  },
  {
    name: 'giving application permissions',
    held: [w.appRole('AppRoleAssignment.ReadWrite.All')],
    steps: ['Z02 administrator: yes'],
    why: 'permissions-reference',
  },
  {
    name: 'joining groups',
    held: [w.appRole('GroupMember.ReadWrite.All')],
    steps: ['Z05 more: depends'],
    why: 'which groups hold what is not collected',
  },
  {
    name: 'writing how people sign in',
    held: [w.appRole('UserAuthenticationMethod.ReadWrite.All')],
    steps: ['Z08 administrator: depends'],
    why: 'people are not collected',
  },
  {
    name: 'an application administrator',
    held: [w.directory(APP_ADMIN, 'Application Administrator')],
    steps: ['Z11 principal other: yes'],
    why: 'credentials of applications',
    others: [w.principal('other', [])],
  },
  {
    name: 'of one application',
    held: [w.directory(APP_ADMIN, 'Application Administrator', { place: { type: 'object', id: 'other' } })],
    steps: ['Z11 principal other: yes'],
    never: ['Z11 principal another'],
    why: 'app registration scope',
    others: [w.principal('other', []), w.principal('another', [])],
  },
  {
    name: 'in a unit',
    held: [
      w.directory(APP_ADMIN, 'Application Administrator', {
        place: { type: 'administrative-unit', id: 'u' },
      }),
    ],
    steps: [],
    never: ['Z11'],
    why: 'administrative-units: users, groups and devices only',
    others: [w.principal('other', [])],
  },
  {
    name: 'a hybrid identity administrator',
    held: [w.directory(HYBRID, 'Hybrid Identity Administrator')],
    steps: ['Z12 principal other: yes'],
    never: ['Z11 principal'],
    why: 'owners, not credentials',
    others: [w.principal('other', [])],
  },
  {
    name: 'the synchronisation account of today',
    held: [w.directory(SYNC, 'Directory Synchronization Accounts')],
    steps: [],
    never: ['Z'],
    why: 'one reading action',
    others: [w.principal('other', [])],
  },
  {
    name: 'a partner of the second tier',
    held: [w.directory(PARTNER, 'Partner Tier2 Support')],
    steps: ['Z13-roles administrator: yes', 'Z11 principal other: yes'],
    why: 'roleAssignments/allProperties/allTasks',
    others: [w.principal('other', [])],
  },
  {
    name: 'eligible for it',
    held: [w.directory(APP_ADMIN, 'Application Administrator', { eligible: true })],
    steps: ['Z11 principal other: depends'],
    why: 'once activated',
    others: [w.principal('other', [])],
  },
  {
    name: 'a managed identity that an application trusts',
    held: [],
    own: { type: 'azure.managed-identity' },
    steps: ['trust principal other: yes'],
    why: 'workload-identity-federation-config-app-trust-managed-identity',
    others: [
      w.principal('other', [], {
        trusts: [
          w.federated({ issuer: `https://login.microsoftonline.com/${w.TENANT}/v2.0`, subject: 'app' }),
        ],
      }),
    ],
  },
  {
    name: 'the same of an application',
    held: [],
    steps: [],
    never: ['trust'],
    why: 'AADSTS700222: tokens of Entra only from managed identities',
    others: [
      w.principal('other', [], {
        trusts: [
          w.federated({ issuer: `https://login.microsoftonline.com/${w.TENANT}/v2.0`, subject: 'app' }),
        ],
      }),
    ],
  },
]
