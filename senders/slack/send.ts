// Writes a notice into a channel by its incoming webhook. There is no key that makes it once: a repetition has the same id.
import type { Send } from '@/core/sender'
import { exchange } from '../door/exchange'
import { attempted, outcomeOf } from '../door/outcome'
import type { SlackSettings } from './manifest'

/** Receivers cut longer texts, or refuse them. */
const TEXT_MAX = 3500

/** The three characters that this language obeys. */
const plain = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export function slackText({ subject, text, link }: Parameters<typeof sendToSlack>[1]): string {
  const head = plain(subject).replaceAll(/[*\n]/g, ' ')
  const cut = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX).toWellFormed()}…` : text
  return `*${head}*\n${plain(cut)}\n<${encodeURI(link.href).replaceAll('|', '%7C')}|${plain(link.title).replaceAll('|', ' ')}>`
}

export const sendToSlack: Send<SlackSettings> = (settings, message, { signal }) => {
  const url = new URL(settings.address)
  // The host alone: the rest of the address lets whoever knows it write.
  const server = `The incoming webhook at ${url.host}`
  const body = JSON.stringify({ text: slackText(message) })
  return attempted(server, async () =>
    outcomeOf(await exchange({ ...settings, url, method: 'POST', body, signal }), server),
  )
}
