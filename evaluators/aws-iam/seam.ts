// What is known of ways to more rights and of weak trust, for `platform.ts`.
export { ESCALATIONS, escalationSteps } from './escalations'
export { consultedFor, OthersHeld } from './escalations/consulted'
export { Trusted } from './escalations/trusted'
export { trustPitfalls } from './pitfalls'
