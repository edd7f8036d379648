// What is known of a request, as lines of key=value. Pure.

type Context = Record<string, string | string[]>

/** A key that is given twice holds both; one with nothing after its “=” is known not to be there. */
export function contextOf(text: string): { context?: Context } | { issue: string } {
  const context = new Map<string, string[]>()
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue
    const at = line.indexOf('=')
    const key = line.slice(0, at).trim()
    if (at < 0 || !key) return { issue: `Line ${i + 1} is not key=value: “${line.trim().slice(0, 80)}”.` }
    const value = line.slice(at + 1).trim()
    context.set(key, [...(context.get(key) ?? []), ...(value ? [value] : [])])
  }
  if (!context.size) return {}
  const pairs = [...context].map(([key, values]) => [key, values.length === 1 ? values[0]! : values] as const)
  return { context: Object.fromEntries(pairs) }
}
