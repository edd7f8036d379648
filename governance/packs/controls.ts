// Which controls a pack is asked about, with the rules that speak to each.
import type { Control, Framework } from '../frameworks/framework'
import { FRAMEWORKS } from '../frameworks/frameworks'
import { rulesOf } from '../frameworks/rules-of-controls'

export type AskedControl = { framework: Framework; control: Control; rules: readonly string[] }

/** A framework alone is all of its controls. What names none is left out: whoever asked was told so when asking. */
export function controlsAsked(asked: readonly string[]): AskedControl[] {
  const wanted = new Set(asked)
  return FRAMEWORKS.flatMap((framework) =>
    framework.controls.flatMap((control) => {
      const id = `${framework.id}:${control.id}`
      return wanted.has(framework.id) || wanted.has(id) ? [{ framework, control, rules: rulesOf(id) }] : []
    }),
  )
}

/** The rules a pack is about; undefined: it was asked of no control, and is about all of them. */
export function rulesAsked(asked: readonly string[]): string[] | undefined {
  if (!asked.length) return undefined
  return [...new Set(controlsAsked(asked).flatMap(({ rules }) => rules))].sort()
}
