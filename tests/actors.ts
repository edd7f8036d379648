// Actors for tests: one of each role, with no account behind them.
import { ROLES, type Actor, type Role } from '@/core/permissions'

export const actorAs = (role: Role): Actor => ({ kind: 'user', id: `test-${role}`, name: `An ${role}`, role })
export const ACTORS: Actor[] = ROLES.map(actorAs)
