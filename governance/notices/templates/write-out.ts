// Writes notices out as a message: one by itself, or several of one person as the mail of a day. Text and HTML say the same.
import type { Message } from '@/core/sender'
import type { Content } from './content'
import { type Html, html } from './html'
import { instantWords } from './instant-words'

/** In one mail; the others are counted, and stand in the application. */
const SHOWN_MAX = 50
const SUBJECT_MAX = 200
const VALUE_MAX = 2000

export type Reader = {
  baseUrl: string
  zone: string
  /** Where one says when one wants to be told; or which notices a channel takes. None: whoever has no account. */
  settings: 'own' | 'channel' | 'none'
}
type Written = Pick<Message, 'subject' | 'text' | 'html' | 'link'>

/** One line: whatever breaks lines or hides text is a space. */
const line = (text: string, max: number): string => {
  const flat = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ').trim()
  return (flat.length > max ? `${flat.slice(0, max - 1)}…` : flat).toWellFormed()
}

const hrefOf = (path: string, { baseUrl }: Reader): string => new URL(path, baseUrl).href
const factsOf = ({ facts, due }: Content, reader: Reader): [string, string][] => [
  ...facts.map(([name, value]): [string, string] => [name, line(value, VALUE_MAX)]),
  ...(due ? [[due.name, instantWords(due.at, reader.zone)] satisfies [string, string]] : []),
]

const PREFERENCES = '/settings/notifications'
const footOf = (why: string, { settings }: Reader): string =>
  settings === 'own'
    ? `You get this ${why}. When you are told is set at`
    : 'This channel takes notices of this kind. Which it takes is set at'

const oneAsText = (content: Content, reader: Reader): string =>
  [
    line(content.lead, VALUE_MAX),
    '',
    ...factsOf(content, reader).map(([name, value]) => `${name}: ${value}`),
    `${content.link.title}: ${hrefOf(content.link.path, reader)}`,
  ].join('\n')

const oneAsHtml = (content: Content, reader: Reader): Html =>
  html`<p>${line(content.lead, VALUE_MAX)}</p>
    <table>
      ${factsOf(content, reader).map(
        ([name, value]) =>
          html`<tr>
            <th align="left" valign="top">${name}</th>
            <td>${value}</td>
          </tr> `,
      )}
    </table>
    <p><a href="${hrefOf(content.link.path, reader)}">${content.link.title}</a></p> `

/** Values are one line each: what is around them is layout. */
const flush = (source: string): string => source.replaceAll(/[ \t]*\n\s*/g, '\n').trimEnd() + '\n'

const page = (subject: string, body: readonly Html[], foot: Html): string =>
  flush(
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <title>${subject}</title>
        </head>
        <body>
          ${body}
          <hr />
          <p><small>${foot}</small></p>
        </body>
      </html> `.source,
  )

function foots(why: string, reader: Reader): { text: string; html: Html } {
  if (reader.settings === 'none')
    return { text: `-- \nYou get this ${why}.`, html: html`You get this ${why}.` }
  const [words, href] = [footOf(why, reader), hrefOf(PREFERENCES, reader)]
  return { text: `-- \n${words} ${href}`, html: html`${words} <a href="${href}">${href}</a>` }
}

export function writeOne(content: Content, reader: Reader): Written {
  const subject = line(content.subject, SUBJECT_MAX)
  const foot = foots(content.why, reader)
  return {
    subject,
    text: `${oneAsText(content, reader)}\n\n${foot.text}\n`,
    html: page(subject, [oneAsHtml(content, reader)], foot.html),
    link: { title: content.link.title, href: hrefOf(content.link.path, reader) },
  }
}

/** @param contents at least two, in the order in which they are told */
export function writeDigest(contents: readonly Content[], reader: Reader): Written {
  const subject = `${contents.length} notices from Rollcall`
  const shown = contents.slice(0, SHOWN_MAX)
  const rest = contents.length - shown.length
  const more = rest ? `And ${rest} more.` : ''
  const foot = foots('because each of these is for you, and none of them was urgent', reader)
  const parts = shown.map((content) => ({ content, head: line(content.subject, SUBJECT_MAX) }))
  const texts = parts.map(({ content, head }) => `* ${head}\n\n${oneAsText(content, reader)}`)
  return {
    subject,
    text: [...texts, ...(more ? [more] : []), foot.text].join('\n\n') + '\n',
    html: page(
      subject,
      [
        ...parts.map(
          ({ content, head }) =>
            html`<h2>${head}</h2>
              ${oneAsHtml(content, reader)}`,
        ),
        html`<p>${more}</p> `,
      ],
      foot.html,
    ),
    link: { title: 'Open Rollcall', href: hrefOf('/', reader) },
  }
}
