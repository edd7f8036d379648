// What a network says went wrong, in words for a person: by its code alone, never by its text.

const CERTIFICATE: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is signed by itself. Enter it as the certificate authority of this channel, or give the server one that a public authority has signed',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is signed by an authority that is not known here. Enter that authority in the settings of this channel',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate cannot be traced to a known authority: the server may not send the ones in between, or its authority has to be entered in the settings of this channel',
  UNABLE_TO_GET_ISSUER_CERT: 'the authority behind its certificate is not known here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'the authority behind its certificate is not known here. Enter it in the settings of this channel',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: is the clock of this machine right?',
  CERT_REVOKED: 'its certificate was revoked',
  CERT_UNTRUSTED: 'its certificate is not trusted',
  HOSTNAME_MISMATCH: 'its certificate is for another name',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name: is the address in the settings the one the certificate names?',
}
const NETWORK: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there: it refused the connection',
  ECONNRESET: 'it cut the connection',
  EPIPE: 'it cut the connection',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up this time',
  EDNS: 'its name could not be looked up',
  ETIMEDOUT: 'it did not answer in time',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  EPROTO: 'it does not speak TLS there, or another version of it',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS there, or another version of it',
  ERR_INVALID_ARG_VALUE: 'the certificate authority in the settings cannot be read',
  ERR_OSSL_PEM_NO_START_LINE: 'the certificate authority in the settings cannot be read',
  ERR_OSSL_PEM_BAD_BASE64_DECODE: 'the certificate authority in the settings cannot be read',
  HPE_INVALID_CONSTANT: 'what it answers is not HTTP',
  HPE_HEADER_OVERFLOW: 'its answer has headers that are too long',
}

/** Thrown by what is behind the door: why nothing was sent, in words. */
export class NotSent extends Error {
  override readonly name = 'NotSent'
}

const codesOf = (error: unknown): string[] => {
  if (typeof error !== 'object' || error === null) return []
  const { originalCode, code, cause, errors } = error as Record<string, unknown>
  const own = [originalCode, code].filter((one): one is string => typeof one === 'string')
  const inner = Array.isArray(errors) ? errors.flatMap(codesOf) : []
  return [...own, ...inner, ...codesOf(cause)]
}

/**
 * What went wrong on the way to a server.
 * @param server what is not answering, such as `The mail server mail.example`
 */
export function troubleWords(error: unknown, server: string): string {
  if (error instanceof NotSent) return `${server}: ${error.message}.`
  const codes = codesOf(error)
  const named = codes.map((code) => CERTIFICATE[code] ?? NETWORK[code]).find((words) => words !== undefined)
  if (named !== undefined) return `${server}: ${named}.`
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError') return `${server}: it did not answer in time.`
  const code = codes.find((one) => /^[A-Z][A-Z0-9_]{2,60}$/.test(one))
  return `${server}: the connection failed${code === undefined ? '' : ` (${code})`}.`
}
