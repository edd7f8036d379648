// A mail server on this machine that keeps what it gets and answers as it is told.
import type { AddressInfo } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import type { MadeCertificate } from './made-certificate'

/** `raw` is as it came, with lines that were only broken for the way put together. */
export type Mail = { from: string; to: string[]; secure: boolean; user?: string; raw: string }
type Refusal = { at: 'connect' | 'from' | 'to' | 'data'; code: number; text: string }

export const USER = 'rollcall'
export const PASSWORD = 'canary-of-the-mailbox-7f3a9'

export async function mailServer(tls: MadeCertificate, options: SMTPServerOptions = {}) {
  const mails: Mail[] = []
  const held: { refusals: Refusal[]; cut: boolean } = { refusals: [], cut: false }
  const refused = (at: Refusal['at']): Error | undefined => {
    const index = held.refusals.findIndex((one) => one.at === at)
    const [one] = index < 0 ? [] : held.refusals.splice(index, 1)
    return one && Object.assign(new Error(one.text), { responseCode: one.code })
  }
  const server = new SMTPServer({
    ...tls,
    logger: false,
    closeTimeout: 100,
    onAuth({ username, password }, _session, done) {
      if (username === USER && password === PASSWORD) return done(null, { user: USER })
      // As a careless server does: it repeats what it was given.
      return done(Object.assign(new Error(`5.7.8 no ${username} with ${password}`), { responseCode: 535 }))
    },
    onMailFrom: (_address, _session, done) => done(refused('from')),
    onRcptTo: (_address, _session, done) => done(refused('to')),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        mails.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          secure: session.secure,
          ...(typeof session.user === 'string' && { user: session.user }),
          raw: Buffer.concat(chunks).toString('utf8').replaceAll('=\r\n', ''),
        })
        if (held.cut) {
          for (const connection of server.connections) connection.close()
          return
        }
        done(refused('data'))
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    /** The next time it comes to this point, it says so instead. */
    refuses: (at: Refusal['at'], code: number, text: string) => held.refusals.push({ at, code, text }),
    /** It takes a mail and cuts the connection before it says so. */
    cuts: (cut: boolean) => {
      held.cut = cut
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
export type MailServer = Awaited<ReturnType<typeof mailServer>>
