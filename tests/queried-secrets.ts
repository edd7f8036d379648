// Credentials and stored secrets for tests of their list: every fact in each of its states, names that sort badly, owners of some.
import { absent, known, unknown, type Fact, type Instant } from '@/core/fact'
import { CREDENTIAL_FORMS, type Of } from '@/core/observation'
import { ownerHint } from './queried-estate'
import { credential, identity, LOOKED, secret, type Look } from './scripted-source'

const SOURCE = 'demo:List'
const NAMES = ['same', 'same', 'Ünïcode', '名前'.repeat(75), 'a_b', 'a%b', '=1+1', "o'brien", 'zeta', 'Alpha']

/** Each of the three states in turn, with dates that are often equal. */
const instant = (at: number): Fact<Instant> => {
  if (at % 3 === 0) return absent(SOURCE)
  if (at % 3 === 1) return unknown('denied', 'demo:Use')
  return known(`2026-0${1 + (at % 8)}-01T00:00:00.000Z`, SOURCE)
}

export const secretHint = (of: string, value: string): Of<'owner-hint'> => ({
  kind: 'owner-hint',
  nativeId: `${of}/owner`,
  secret: of,
  names: 'person',
  value,
  via: 'metadata owner',
})

/** So many of each kind. Ann owns every fourth robot and every fifth secret; some credentials belong to nobody. */
export function vaultful(count: number): Look['streams'] {
  const numbers = Array.from({ length: count }, (_, at) => at)
  const observations = numbers.flatMap((at) => [
    identity(`robot-${at}`),
    credential(`key-${at}`, `robot-${at}`, {
      name: `${NAMES[at % NAMES.length]}`,
      form: CREDENTIAL_FORMS[at % CREDENTIAL_FORMS.length] ?? 'token',
      type: at % 7 ? 'demo.key' : 'demo.certificate',
      createdAt: instant(at),
      rotatedAt: instant(Math.floor(at / 3)),
      expiresAt: instant(Math.floor(at / 9)),
      lastUsedAt: instant(Math.floor(at / 27)),
      ...(at % 6 === 5 && { identity: at % 12 === 5 ? absent(SOURCE) : unknown('denied', 'demo:Owner') }),
      ...(at % 10 === 0 && { count: known(40, SOURCE) }),
    }),
    secret(`path/${at}`, {
      name: `${NAMES[(at + 3) % NAMES.length]}`,
      createdAt: instant(at + 1),
      rotatedAt: instant(Math.floor(at / 3) + 1),
      expiresAt: instant(Math.floor(at / 9) + 1),
      lastReadAt: instant(Math.floor(at / 27) + 1),
      ...(at % 2 && { copiedEverySeconds: known(3600, SOURCE) }),
    }),
    ...(at % 4 === 0 ? [ownerHint(`robot-${at}`, 'Ann@Example.com')] : []),
    ...(at % 5 === 0 ? [secretHint(`path/${at}`, 'Ann@Example.com')] : []),
    ...(at % 5 === 1 ? [secretHint(`path/${at}`, 'bob@example.com')] : []),
  ])
  return { main: { observations, kinds: [...LOOKED, 'secret'] } }
}
