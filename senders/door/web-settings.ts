// Settings of every channel that is reached over HTTP.
import { z } from 'zod'

const LINE = /^[\x21-\x7e]+$/

/** A secret in one line. */
export const secretLine = (min: number, max: number) =>
  z
    .string()
    .trim()
    .min(min, { error: `must have at least ${min} characters` })
    .max(max, { error: `must have at most ${max} characters` })
    .regex(LINE, { error: 'must be one line of plain characters, without spaces' })

export const webAddress = () =>
  z
    .url({ protocol: /^https?$/, error: 'must be an address like https://chat.example.com/hooks/1' })
    .max(2000)
    .refine((text) => !URL.canParse(text) || new URL(text).username === '', {
      error: 'Leave the user name and password out: they would be shown.',
    })

/** A form without line breaks takes them out of what is pasted into it. */
const unfolded = (pem: string): string =>
  pem.replace(
    /(-----BEGIN CERTIFICATE-----)([^-]*)(-----END CERTIFICATE-----)/g,
    (_, begin: string, base64: string, end: string) =>
      [begin, ...(base64.replace(/\s/g, '').match(/.{1,64}/g) ?? []), end, ''].join('\n'),
  )

export const CaPem = z
  .string()
  .trim()
  .max(200_000)
  .regex(/^-----BEGIN CERTIFICATE-----[\s\S]+-----END CERTIFICATE-----$/, {
    error: 'must be a certificate that begins with -----BEGIN CERTIFICATE-----',
  })
  .transform(unfolded)
  .optional()
  .meta({
    title: 'Certificate authority (PEM)',
    description: 'Only where the certificate of the server is not signed by a public authority.',
    placeholder: '-----BEGIN CERTIFICATE-----',
  })

export const door = {
  caPem: CaPem,
  privateNetworks: z.boolean().default(false).meta({
    title: 'Allow private networks',
    description:
      'For a server on your own network or on this machine. Link-local and metadata addresses are refused all the same.',
  }),
  plain: z.boolean().default(false).meta({
    title: 'Allow plain HTTP',
    description: 'What is sent, and what it is sent with, can then be read on the way: for tests only.',
  }),
}

type Issues = { addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void }
/** @param field name of the field with the address */
export const ensureSecure =
  (field: string) =>
  (settings: Record<string, unknown>, context: Issues): void => {
    const address = String(settings[field] ?? '')
    if (settings.plain === true || !URL.canParse(address) || new URL(address).protocol !== 'http:') return
    const message = 'Use https: over http it could be read on the way. Or allow plain HTTP.'
    context.addIssue({ code: 'custom', path: [field], message })
  }
