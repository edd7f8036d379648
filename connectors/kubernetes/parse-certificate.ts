// A certificate from outside as a value or nothing: one that cannot be read becomes an answer and not an exception.
import { X509Certificate } from 'node:crypto'
import { callbackify } from 'node:util'

const PEM = /-----BEGIN CERTIFICATE-----\s+((?:[A-Za-z0-9+/=]+\s+)+)-----END CERTIFICATE-----/
const parse = callbackify(async (der: Buffer) => new X509Certificate(der))

/** The first certificate of a PEM text: those after it only vouch for it. */
export const parseCertificate = (pem: string): Promise<X509Certificate | undefined> =>
  new Promise((resolve) => {
    const body = PEM.exec(pem)?.[1]
    if (body === undefined) return resolve(undefined)
    parse(Buffer.from(body, 'base64'), (error, certificate) => resolve(error ? undefined : certificate))
  })
