// Commands for a shell, as text. Whatever a name holds, it stays one word there. Nothing of it is ever run here.
// Source: POSIX.1-2017, Shell Command Language, 2.2.2 “Single-Quotes”.
import { fillIn } from './fill-in'

const PLAIN = /^[\w.,:@%/+][\w.,:@%/+-]*$/
/** What a terminal takes for a key, or shows otherwise than it is: nobody can type it, and nothing is made of it. */
const UNTYPED = /[^\P{Cc}\n\t]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u

/** What programs of clouds take for a file to read, or for what is typed, where a value should stand. */
const READ = /^@|^-$|^(fileb?|https?):\/\//

/** One word, quoted where it has to be. */
export function word(text: string): string {
  if (UNTYPED.test(text) || READ.test(text)) return fillIn('NAME')
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/**
 * A command in which what is put in between is never more than a part of the word it stands in. Options are written as
 * `--name=${value}`: a value that begins with a dash is no option then.
 * @example shell`aws iam delete-user --user-name=${name}`
 */
export const shell = (parts: TemplateStringsArray, ...names: readonly string[]): string =>
  parts.reduce((text, part, at) => `${text}${word(names[at - 1] ?? '')}${part}`)

/** A name where a program takes no options with values, and would take a dash for one. */
export const noOption = (name: string): string => (name.startsWith('-') ? fillIn('NAME') : name)
