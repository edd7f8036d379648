// Every rule, one line each.
import credentialLongLived from './credential-long-lived/rule'
import identityAdministrator from './identity-administrator/rule'
import identityOwnerless from './identity-ownerless/rule'
import { registered, type Registered } from './registered'

export const rules: readonly Registered[] = [
  registered(credentialLongLived),
  registered(identityAdministrator),
  registered(identityOwnerless),
]
