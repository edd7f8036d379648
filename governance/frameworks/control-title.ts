// Looks up what a control id such as `csf:PR.AA-05` or `nist-800-53:AC-2(3)` stands for.
import { FRAMEWORKS } from './frameworks'

const TITLES = new Map(
  FRAMEWORKS.map(({ id, controls }) => [id, new Map(controls.map((one) => [one.id, one.title]))]),
)

/** The title or statement of an active control, or undefined where there is none: withdrawn, misspelt, or unknown. */
export function controlTitle(control: string): string | undefined {
  const colon = control.indexOf(':')
  return TITLES.get(control.slice(0, colon))?.get(control.slice(colon + 1))
}
