// Texts of bounded length. Pure.

/** At most so many letters, with a sign that there were more; never half of a character. */
export const cutText = (text: string, max = 300): string =>
  text.length > max ? `${text.slice(0, max - 1).replace(/[\ud800-\udbff]$/, '')}…` : text
