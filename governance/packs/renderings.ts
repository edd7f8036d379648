// Files of a pack that are made of its facts instead of from the record.
import { readmeHtml } from '@/evidence/readme/readme'
import { FORMATS } from '@/evidence/renderings'
import type { Rendering } from './part'

const readme: Rendering = {
  id: 'readme',
  file: 'readme.html',
  about:
    'What was asked, what came of it, what was not seen, and how to check it and do it again. Prints well.',
  isUsual: true,
  async *render(facts) {
    yield await Promise.resolve(new TextEncoder().encode(readmeHtml(facts)))
  },
}
export const renderings: readonly Rendering[] = [readme, ...FORMATS]
/** Those that each ready-made pack holds. */
export const ALWAYS: readonly string[] = renderings.map(({ id }) => id)
