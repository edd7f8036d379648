// Every call this connector can make, by the permission that gives it. None of them gives out a value of a secret or a key.
import type { Permission } from '@/core/connector'
import { ARM_CALLS } from './arm-calls'
import { ENTRA_CALLS } from './entra/calls'
import { permissionsOf, type Call } from './call'
import { SIGN_IN } from './sign-in'

const LOGIN_CALLS = {
  [SIGN_IN]: {
    api: 'login',
    path: '',
    gives: 'Signs in to the tenant with what this connection says. Nothing needs to be granted.',
    needs: '',
  },
} as const satisfies Record<string, Call>

export const CALLS: Readonly<Record<string, Call>> = { ...LOGIN_CALLS, ...ENTRA_CALLS, ...ARM_CALLS }
export const PERMISSIONS: readonly Permission[] = permissionsOf(CALLS)
