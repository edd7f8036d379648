// What this service understands, in the form in which SCIM asks for it (RFC 7643, 5 to 7).
import { RESULTS_MAX } from '@/governance/directory/scim/list-users'
import { ENTERPRISE, GROUP, USER } from '@/governance/directory/scim/schema-names'
import { scimList } from './answer'
import { location } from './location'
import { BODY_BYTES_MAX } from './request'

const SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema'
const RESOURCE_TYPE = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const CONFIG = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'

const config = () => ({
  schemas: [CONFIG],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: BODY_BYTES_MAX },
  filter: { supported: true, maxResults: RESULTS_MAX },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [
    {
      type: 'oauthbearertoken',
      name: 'API token',
      description: 'An API token of an administrator, limited to person:provision, as Authorization: Bearer.',
      primary: true,
    },
  ],
  meta: { resourceType: 'ServiceProviderConfig', location: location('ServiceProviderConfig') },
})

const type = (name: 'User' | 'Group', schema: string, schemaExtensions: unknown[] = []) => ({
  schemas: [RESOURCE_TYPE],
  id: name,
  name,
  endpoint: `/${name}s`,
  description: name === 'User' ? 'Somebody who can answer for identities' : 'A team',
  schema,
  schemaExtensions,
  meta: { resourceType: 'ResourceType', location: location('ResourceTypes', name) },
})
const types = () => [type('User', USER, [{ schema: ENTERPRISE, required: false }]), type('Group', GROUP)]

type More = Partial<Record<'required' | 'multiValued' | 'caseExact', boolean>> & {
  uniqueness?: string
  mutability?: string
  subAttributes?: unknown[]
  referenceTypes?: string[]
}
const attribute = (name: string, kind: string, description: string, more: More = {}) => ({
  name,
  type: kind,
  multiValued: false,
  description,
  required: false,
  ...(kind !== 'boolean' && kind !== 'complex' && { caseExact: false }),
  mutability: 'readWrite',
  returned: 'default',
  ...(kind !== 'boolean' && kind !== 'complex' && { uniqueness: 'none' }),
  ...more,
})

const schema = (id: string, name: string, description: string, attributes: unknown[]) => ({
  schemas: [SCHEMA],
  ...{ id, name, description, attributes },
  meta: { resourceType: 'Schema', location: location('Schemas', id) },
})

const userAttributes = () => [
  attribute('userName', 'string', 'What they sign in by', { required: true, uniqueness: 'server' }),
  attribute('externalId', 'string', 'What the sender calls them', { caseExact: true }),
  attribute('name', 'complex', 'The parts of their name', {
    subAttributes: [
      attribute('formatted', 'string', 'The whole name'),
      attribute('givenName', 'string', 'The given name'),
      attribute('familyName', 'string', 'The family name'),
    ],
  }),
  attribute('displayName', 'string', 'What they are called'),
  attribute('emails', 'complex', 'Their addresses: by the first, that of work or any hints name them', {
    multiValued: true,
    subAttributes: [
      attribute('value', 'string', 'The address'),
      attribute('type', 'string', 'work, home or other'),
      attribute('primary', 'boolean', 'Whether it is the first'),
    ],
  }),
  attribute('active', 'boolean', 'Whether they are there. Who is not has left.'),
]
const groupAttributes = () => [
  attribute('displayName', 'string', 'The name of the team', { required: true, uniqueness: 'server' }),
  attribute('externalId', 'string', 'What the sender calls it', { caseExact: true }),
  attribute('members', 'complex', 'Users that belong to it', {
    multiValued: true,
    subAttributes: [
      attribute('value', 'string', 'The id of a user', { caseExact: true, mutability: 'immutable' }),
      attribute('$ref', 'reference', 'The user', { mutability: 'immutable', referenceTypes: ['User'] }),
      attribute('display', 'string', 'What they are called', { mutability: 'readOnly' }),
      attribute('type', 'string', 'User', { mutability: 'immutable' }),
    ],
  }),
]
const managerAttribute = () =>
  attribute('manager', 'complex', 'Their manager', {
    subAttributes: [attribute('value', 'string', 'The id of a user', { caseExact: true })],
  })
const schemas = () => [
  schema(USER, 'User', 'Somebody who can answer for identities', userAttributes()),
  schema(ENTERPRISE, 'Enterprise User', 'Whom reminders that stay without an answer go to', [
    managerAttribute(),
  ]),
  schema(GROUP, 'Group', 'A team', groupAttributes()),
]

/** @returns undefined where there is nothing of that name */
export function discovery([kind, id, ...more]: readonly string[]): unknown {
  if (more.length) return undefined
  if (kind === 'ServiceProviderConfig' && id === undefined) return config()
  const found = kind === 'ResourceTypes' ? types() : kind === 'Schemas' ? schemas() : undefined
  if (!found || id === undefined) return found && scimList(found.length, 1, found)
  return found.find((one) => one.id === id)
}
