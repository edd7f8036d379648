// The NIST Cybersecurity Framework 2.0: every active subcategory by its exact statement.
import { CSF2 } from '../csf2'
import type { Framework } from '../framework'

const FUNCTIONS: Record<string, string> = {
  GV: 'Govern',
  ID: 'Identify',
  PR: 'Protect',
  DE: 'Detect',
  RS: 'Respond',
  RC: 'Recover',
}

export const csf: Framework = {
  id: 'csf',
  title: 'NIST Cybersecurity Framework',
  version: '2.0 (NIST CSWP 29)',
  publisher: 'NIST',
  licence: 'US public domain: quoted.',
  quotable: true,
  controls: Object.entries(CSF2).map(([id, title]) => ({ id, title, group: FUNCTIONS[id.slice(0, 2)] })),
}
