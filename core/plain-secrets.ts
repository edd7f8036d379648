// What a connector tells of variables with secrets in plain, of their names alone: the same for every source.
import { absent, known, type Fact, type Unknown } from './fact'
import { PLAIN_MAX, type PlainSecrets } from './observation'
import { withoutSecretForm } from './secret-like'
import { tellsOfSecret } from './secret-name'

/** Names that are longer, that look like a secret themselves or that cannot be stored are only counted. */
const NAME_CHARS_MAX = 200
const isTold = (name: string): boolean => name.length <= NAME_CHARS_MAX && withoutSecretForm(name) === name
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * @param plain names of all variables whose values stand in the configuration
 * @param source the call that told them
 * @param open why there may be others, where not all of the configuration was seen
 */
export function plainSecrets(plain: Iterable<string>, source: string, open?: Unknown): Fact<PlainSecrets> {
  const all = [...new Set(plain)].filter(tellsOfSecret).sort(byText)
  if (!all.length) return open ?? absent(source)
  return known(
    {
      count: all.length,
      names: all.filter(isTold).slice(0, PLAIN_MAX),
      ...(open && { more: open.detail ?? `${open.source}: ${open.why}` }),
    },
    source,
  )
}
