// What rules need beside the rows themselves, for whoever evaluates a scope.
export { factScope, type FactScope } from './fact-scope'
export { identityFacts, type IdentityFacts } from './identity-facts'
export { credentialFacts } from './credential-facts'
export { secretFacts } from './secret-facts'
export { ownerStanding, standingsOf } from './owner-standing'
