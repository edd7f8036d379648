// The subcategories of NIST CSF 2.0 that rules speak to. Its statements are public domain and quoted from the catalogue.
import { frameworkOf } from '../../frameworks/frameworks'
import { rulesOf } from '../../frameworks/rules-of-controls'
import { rules } from '@/rules'
import type { ReadyPack } from '.'

const CSF = 'csf'
/** Those that no rule speaks to stay out: there is nothing to say of them. */
const controls = (frameworkOf(CSF)?.controls ?? [])
  .map(({ id }) => `${CSF}:${id}`)
  .filter((id) => rulesOf(id).length > 0)

const TITLES = new Map(rules.map(({ meta }) => [meta.id, meta.title]))
const list = new Intl.ListFormat('en', { type: 'conjunction' })
/** Named by what each rule finds: these are the tests. */
const testOf = (control: string): string =>
  `Everything in scope was looked at for: ${list.format(rulesOf(control).map((id) => `“${TITLES.get(id) ?? id}”`))}.`

export const csf: ReadyPack = {
  id: CSF,
  title: 'NIST Cybersecurity Framework 2.0',
  about:
    'How the identities that are read stand to the subcategories of CSF 2.0 that rules speak to, as of one instant, with changes of the last quarter.',
  controls,
  parts: [
    ...[
      'population',
      'credentials',
      'entitlements',
      'findings',
      'decisions',
      'exceptions',
      'remediation',
      'changes',
    ],
    ...['sources', 'reconciliation', 'activity', 'quality', 'rules'],
  ],
  filter: {},
  toComplete: [
    'The scopes it is about, where it is not about all of them.',
    'The period, where it is not the last 90 days.',
  ],
  days: 90,
  tests: Object.fromEntries(controls.map((control) => [control, testOf(control)])),
}
