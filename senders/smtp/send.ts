// Sends a notice by mail. The message id is that of the notice, so a mailbox that gets it twice can tell.
import { createTransport } from 'nodemailer'
import { rootCertificates } from 'node:tls'
import type { Message, Outcome, Send, SendAt } from '@/core/sender'
import type { SmtpSettings } from './manifest'
import { smtpTrouble } from './smtp-trouble'

const CONNECT_MS = 10_000
/** A server may think about a message for a while, but not for ever. */
const SILENCE_MS = 20_000
const ANSWER_BYTES_MAX = 64 * 1024

function transportTo({ host, port, security, user, password, caPem }: SmtpSettings, baseUrl: string) {
  return createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    // How the server is greeted: the name of this installation, not that of the machine.
    name: new URL(baseUrl).hostname,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    socketCloseTimeout: 0,
    maxResponseSize: ANSWER_BYTES_MAX,
    disableFileAccess: true,
    disableUrlAccess: true,
    tls: { minVersion: 'TLSv1.2', ...(caPem !== undefined && { ca: [...rootCertificates, caPem] }) },
    ...(user !== undefined && { auth: { user, pass: password ?? '' } }),
  })
}

const mailOf = ({ from }: SmtpSettings, message: Message, { baseUrl, now, signal }: SendAt) => ({
  signal,
  from: { name: 'Rollcall', address: from },
  // As an object, so that what is in it is one address whatever it looks like.
  to: { name: '', address: message.to ?? '' },
  subject: message.subject,
  text: message.text,
  html: message.html,
  date: now,
  messageId: `<${message.id}@${new URL(baseUrl).hostname}>`,
  // Answering machines leave it alone.
  headers: { 'auto-submitted': 'auto-generated', 'x-rollcall-notice': message.id },
})

export const sendMail: Send<SmtpSettings> = async (settings, message, at): Promise<Outcome> => {
  const server = `The mail server ${settings.host}`
  if (message.to === undefined) return { state: 'refused', words: 'Mail needs the address of a person.' }
  const transport = transportTo(settings, at.baseUrl)
  try {
    await transport.sendMail(mailOf(settings, message, at))
    return { state: 'accepted', words: `${server} accepted it.` }
  } catch (error) {
    return smtpTrouble(error, server)
  } finally {
    transport.close()
  }
}
