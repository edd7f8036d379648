// The directory over SCIM 2.0 (RFC 7644): people and groups as a provider of identities keeps them.
import { scim } from '@/app/api/scim/v2/_scim/endpoint'

export { scim as GET, scim as POST, scim as PUT, scim as PATCH, scim as DELETE }
