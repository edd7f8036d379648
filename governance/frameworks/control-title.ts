// Looks up what a control id such as `csf:PR.AA-05` or `owasp-nhi:NHI5:2025` stands for.
import { CSF2 } from './csf2'
import { OWASP_NHI } from './owasp-nhi'

const FRAMEWORKS = new Map<string, ReadonlyMap<string, string>>([
  ['owasp-nhi', new Map(Object.entries(OWASP_NHI))],
  ['csf', new Map(Object.entries(CSF2))],
])

/** The title or statement of an active control, or undefined where there is none: withdrawn, misspelt, or unknown. */
export function controlTitle(control: string): string | undefined {
  const colon = control.indexOf(':')
  return FRAMEWORKS.get(control.slice(0, colon))?.get(control.slice(colon + 1))
}
