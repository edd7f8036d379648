// Reads why signing in failed. Messages of the identity platform hold ids and traces: only its numbers are read.
import type { Explanation } from '@/core/upstream'

/** As Microsoft lists them under "error codes": https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const CODES: Readonly<Record<number, string>> = {
  50034: 'there is no such account',
  53003: 'conditional access blocks it: allow the address Rollcall comes from',
  65001: 'nobody has consented to it yet',
  70021: 'no federated credential of the application fits the token: check issuer, subject and audience',
  90002: 'there is no such tenant: check the tenant id and the cloud',
  700016: 'the tenant has no such application: check the client id',
  700021: 'the token of the workload has ended or names another application',
  700024: 'the token of the workload is not valid now: check the clock, and that the file is renewed',
  700027: 'the certificate is not one of the application',
  700211: 'no federated credential of the application fits the issuer of the token',
  700212: 'no federated credential of the application fits the audience of the token',
  700213: 'no federated credential of the application fits the subject of the token',
  7000112: 'the application is disabled',
  7000215: 'the client secret is not right: enter the value, not the id',
  7000222: 'the client secret has ended: make a new one, or better sign in without one',
}
const FILES: Readonly<Record<string, string>> = {
  ENOENT: 'The file to sign in with is not there. Check its path, and where Rollcall runs.',
  EACCES: 'The file to sign in with may not be read by Rollcall.',
  EISDIR: 'The path to sign in with is a folder.',
}
/** Nobody answered, or not with a token nor a refusal. */
const NOT_THERE = /network|timed? ?out|ECONN|ENOTFOUND|EAI_AGAIN|unreachable|expiresOn/i

function numbersIn(error: Error): number[] {
  const response = 'errorResponse' in error ? error.errorResponse : undefined
  if (typeof response === 'object' && response !== null && 'errorCodes' in response)
    if (Array.isArray(response.errorCodes)) return response.errorCodes.map(Number)
  return [...error.message.matchAll(/AADSTS(\d{5,7})/g)].map((match) => Number(match[1]))
}

const refused = (said: string): Explanation => ({
  why: 'denied',
  code: 'sign-in',
  detail: `Signing in was refused: ${said}.`,
})

export function explainSignIn(error: Error): Explanation | undefined {
  // The library tells of files in words alone.
  const code = 'code' in error ? String(error.code) : (/^(E[A-Z]+):/.exec(error.message)?.[1] ?? '')
  const file = Object.hasOwn(FILES, code) ? FILES[code] : undefined
  if (file !== undefined) return { why: 'denied', code, detail: file }
  if (
    !/^(AuthenticationError|AuthenticationRequiredError|CredentialUnavailableError|ClientAuthError|ServerError)$/.test(
      error.name,
    )
  )
    return undefined
  const numbers = numbersIn(error)
  const told = numbers.find((number) => CODES[number] !== undefined)
  if (told !== undefined) return refused(`${CODES[told]} (AADSTS${told})`)
  const status = 'statusCode' in error ? Number(error.statusCode) : 0
  if (status === 429) return { why: 'throttled', detail: 'Signing in is asked too often.' }
  if (status >= 500 || (numbers.length === 0 && NOT_THERE.test(error.message)))
    return { why: 'unreachable', code: 'sign-in', detail: 'The service to sign in with cannot be reached.' }
  if (error.name === 'CredentialUnavailableError')
    return refused('there is nothing to sign in with where Rollcall runs; check the way to sign in')
  return refused(
    numbers[0] === undefined ? 'check the client id and the way to sign in' : `AADSTS${numbers[0]}`,
  )
}
