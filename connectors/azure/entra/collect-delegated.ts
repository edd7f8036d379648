// What applications may do in the name of people who sign in to them: consents, each told once however many people gave it.
import type { Stream } from '@/core/connector'
import type { Observation } from '@/core/observation'
import { pages } from '../pages'
import { DELEGATED } from './calls'
import { principalRefs } from './directory'
import { delegatedGrant, delegatedScope, type Api, type Delegated } from './map-permissions'
import { DelegatedGrant } from './shapes'

const KINDS = ['grant', 'entitlement'] as const
const GRANTS = { path: '/oauth2PermissionGrants' }

export const delegatedGrants: Stream = {
  kinds: KINDS,
  async *collect({ session, scope: { nativeId: tenant } }) {
    const apis = new Map<string, Api>()
    for await (const ref of principalRefs(session)) apis.set(ref.id, ref)
    const told = new Set<string>()
    const once = function* (row: Observation): Generator<Observation> {
      const id = `${row.kind} ${row.nativeId}`
      if (!told.has(id)) yield row
      told.add(id)
    }
    for await (const grant of pages(session, DELEGATED, GRANTS, DelegatedGrant)) {
      const api = apis.get(grant.resourceId) ?? nameless(grant.resourceId)
      const consent = grant.consentType === 'AllPrincipals' ? 'AllPrincipals' : 'Principal'
      for (const scope of (grant.scope ?? '').split(/\s+/).filter(Boolean)) {
        const one: Delegated = { client: grant.clientId, api, scope, consent }
        yield* once(delegatedScope(one, tenant))
        yield* once(delegatedGrant(one))
      }
    }
  },
}

/** An API that came after the list of service principals was read, or is gone while the consent is not. */
const nameless = (id: string): Api => ({
  id,
  appId: undefined,
  displayName: undefined,
  appOwnerOrganizationId: undefined,
})
