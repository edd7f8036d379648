// Users with a password: a person, unless the name says that a program signs in.
import { absent, known, unknown } from '@/core/fact'
import type { IdentityClass, Of } from '@/core/observation'
import { NO_DATE, NO_USE } from './observed'

/** Parts of a name that people do not bear. */
const PROGRAM =
  /(^|[-_.])(svc|service|srv|bot|ci|cd|app|job|cron|agent|robot|system|jenkins|terraform|backup)([-_.]|$)/i

export const userClass = (name: string): { class: IdentityClass; classReason: string } =>
  PROGRAM.test(name)
    ? {
        class: 'unclear',
        classReason: 'It has a password, as people do, and a name as programs have.',
      }
    : { class: 'human', classReason: 'It signs in with a user name and a password.' }

const LIST = 'list auth/<userpass>/users'

/** Every user has exactly one password. Nothing is known of it but that it is there. */
export const passwordOf = (user: string, name: string): Of<'credential'> => ({
  kind: 'credential',
  nativeId: `${user}/password`,
  identity: known(user, LIST),
  type: 'vault.userpass-password',
  form: 'password',
  name: `Password of ${name}`,
  createdAt: unknown('not-offered', LIST, NO_DATE),
  rotatedAt: unknown('not-offered', LIST, 'the server does not tell when it was changed'),
  expiresAt: absent(LIST, 'passwords have no end date'),
  lastUsedAt: unknown('not-offered', LIST, NO_USE),
  lastUsedWhere: unknown('not-offered', LIST, NO_USE),
  enabled: known(true, LIST),
})
