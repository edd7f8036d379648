// What a store of objects says went wrong, in words for a person: by its code alone, never by its text.
import { NotSent, troubleWords } from '@/senders/door/trouble'
import { NotDelivered } from './place'

const SAID: Readonly<Record<string, string>> = {
  NoSuchBucket: 'there is no such bucket. Make it, or name another one',
  InvalidAccessKeyId: 'it does not know the access key. Enter one that counts',
  SignatureDoesNotMatch:
    'the secret key does not fit the access key, or a proxy changes what is sent. Enter both again',
  InvalidSecurity: 'it does not take the keys. Enter them again',
  ExpiredToken: 'the keys have expired. Enter others',
  AccountProblem: 'there is something about the account there that has to be mended first',
  AllAccessDisabled: 'all access to it is turned off there',
  AccessDenied:
    'the keys may not do this. They have to be allowed to put objects there (PutObject, AbortMultipartUpload) and to read them (GetObject)',
  RequestTimeTooSkewed: 'its clock and that of this machine differ too much. Set them right',
  AuthorizationHeaderMalformed: 'the region is not the one of the bucket. Enter that one',
  IllegalLocationConstraintException: 'the region is not the one of the bucket. Enter that one',
  PermanentRedirect: 'the bucket is to be reached at another address. Enter that address, and its region',
  TemporaryRedirect: 'the bucket is to be reached at another address for now',
  InvalidBucketName: 'that is no name of a bucket there',
  EntityTooLarge: 'the pack is larger than it takes',
  QuotaExceeded: 'it is full, as far as it is ours. Make room there',
  XMinioStorageFull: 'it is full. Make room there',
  NotImplemented: 'it does not do what S3 does here',
  SlowDown: 'it asks for patience',
  ServiceUnavailable: 'it cannot take this now',
  InternalError: 'it failed',
  BadDigest: 'the bytes changed on the way',
  XAmzContentSHA256Mismatch: 'the bytes changed on the way',
  NoSuchUpload: 'it has let go of what was half there',
}
const STATUS: Readonly<Record<number, string>> = {
  301: SAID.PermanentRedirect ?? '',
  401: 'it does not take the keys. Enter them again',
  403: SAID.AccessDenied ?? '',
  404: SAID.NoSuchBucket ?? '',
  413: SAID.EntityTooLarge ?? '',
  507: SAID.XMinioStorageFull ?? '',
}

export const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | undefined)?.$metadata?.httpStatusCode

/** The errors that the client wraps, the outermost first. */
function* chain(error: unknown): Generator<Error> {
  for (let one = error, left = 5; one instanceof Error && left > 0; one = one.cause, left--) yield one
}

/** @param server such as `The store objects.example` */
export function storeTrouble(error: unknown, server: string): NotDelivered {
  for (const one of chain(error)) {
    if (one instanceof NotDelivered) return one
    if (one instanceof NotSent) return new NotDelivered(troubleWords(one, server))
    const said = SAID[one.name]
    if (said !== undefined) return new NotDelivered(`${server}: ${said}.`)
  }
  const status = statusOf(error)
  if (status !== undefined && status >= 300)
    return new NotDelivered(
      `${server}: ${STATUS[status] ?? (status >= 500 ? 'it cannot take this now' : 'it does not take this')} (it answered ${status}).`,
    )
  return new NotDelivered(troubleWords(error, server))
}
