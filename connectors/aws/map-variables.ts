// Which variables of what runs have secrets in plain: by the names that AWS tells, and for builds by where the value comes from.
import { unknown, type Fact } from '@/core/fact'
import type { PlainSecrets } from '@/core/observation'
import { plainSecrets } from '@/core/plain-secrets'
import type { LambdaFunction, Project, TaskDefinition } from './shapes-workloads'

type Plain = Fact<PlainSecrets>
const notOffered = (source: string, what: string) => unknown('not-offered', source, what)

const SEALED =
  'AWS tells an error instead of its variables, as where the key they are encrypted with may not be used'
export function functionVariables({ Environment: environment }: LambdaFunction, source: string): Plain {
  const error = environment?.Error
  const why = error?.ErrorCode?.includes('AccessDenied') ? 'denied' : 'not-offered'
  return plainSecrets(environment?.Variables ?? [], source, error ? unknown(why, source, SEALED) : undefined)
}

const FROM_FILES = 'it takes variables from files in S3, and what is in them is not read'
/** @param definitions of all that it runs by; references to stores stand apart from these variables, and are no values */
export function taskVariables(definitions: readonly TaskDefinition[], source: string): Plain {
  const containers = definitions.flatMap(({ containerDefinitions }) => containerDefinitions ?? [])
  const isTold =
    definitions.length > 0 && definitions.every(({ containerDefinitions }) => containerDefinitions)
  const hasFiles = containers.some(({ environmentFiles }) => environmentFiles.length > 0)
  return plainSecrets(
    containers.flatMap(({ environment }) => environment.flatMap(({ name }) => name ?? [])),
    source,
    !isTold
      ? notOffered(source, 'the answer holds no containerDefinitions')
      : hasFiles
        ? unknown('not-collected', source, FROM_FILES)
        : undefined,
  )
}

/** What CodeBuild takes a variable for whose type nobody names. Others name where it is kept. */
const IN_PLAIN = 'PLAINTEXT'
export function projectVariables({ environment }: Project, source: string): Plain {
  if (!environment) return notOffered(source, 'the answer holds no environment')
  const { environmentVariables } = environment
  return plainSecrets(
    environmentVariables.filter(({ type }) => (type || IN_PLAIN) === IN_PLAIN).map(({ name }) => name),
    source,
  )
}

export const instanceVariables = (source: string): Plain =>
  notOffered(
    source,
    'an instance lists no variables, and what it is started with (user data) is never asked for',
  )
