// Which permissions applications hold for themselves. Asked of each API that has any to give, not of each application: there
// are fewer of them.
import type { Stream } from '@/core/connector'
import { segment } from '../call'
import { pages } from '../pages'
import { APP_ROLES_GIVEN, PRINCIPALS } from './calls'
import { Lists } from './lists'
import { appRole, appRoleGrant } from './map-permissions'
import { AppRoleAssignment, Resource } from './shapes'

const KINDS = ['grant', 'entitlement'] as const
const RESOURCES = {
  path: '/servicePrincipals',
  query: {
    $select: 'id,appId,displayName,servicePrincipalType,appOwnerOrganizationId,appRoles',
    $top: '200',
  },
}
/** People and groups are assigned as well; those are not identities of this inventory. */
const isProgram = (type: string | undefined): boolean => !/^(user|group)$/i.test(type ?? '')
const givesToPrograms = ({ appRoles }: Resource): boolean =>
  appRoles.some(({ allowedMemberTypes }) => allowedMemberTypes.includes('Application'))

export const appRoles: Stream = {
  kinds: KINDS,
  async *collect({ session, scope, lacking }) {
    const lists = new Lists(session, APP_ROLES_GIVEN, AppRoleAssignment)
    for await (const api of pages(session, PRINCIPALS, RESOURCES, Resource)) {
      if (!givesToPrograms(api)) continue
      const listed = await lists.of({ path: `/servicePrincipals/${segment(api.id)}/appRoleAssignedTo` })
      lacking(KINDS, listed)
      if (listed.state !== 'known') continue
      const told = new Set<string>()
      for (const one of listed.value) {
        if (!isProgram(one.principalType)) continue
        const role = api.appRoles.find(({ id }) => id === one.appRoleId)
        if (!told.has(one.appRoleId)) yield appRole(api, role, one.appRoleId, scope.nativeId)
        told.add(one.appRoleId)
        yield appRoleGrant(api, role, one.appRoleId, { id: one.id, principal: one.principalId })
      }
    }
  },
}
