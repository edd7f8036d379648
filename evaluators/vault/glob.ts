// Texts with stars as login methods compare them: `*` is any text, everything else is itself (github.com/ryanuber/go-glob).

/** Linear but for the number of stars: no pattern makes it slow. */
export function fitsGlob(pattern: string, text: string): boolean {
  const parts = pattern.split('*')
  const [head = '', ...rest] = parts
  const tail = rest.pop()
  if (tail === undefined) return pattern === text
  if (!text.startsWith(head)) return false
  let at = head.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - tail.length >= at && text.endsWith(tail)
}
