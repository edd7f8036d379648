// Which looks at owner hints tell who answers for identities: those at stored secrets tell of secrets only.

type LookAtKind = { stream: string; kind: string }

/** The looks without those for the owners of secrets: in streams that read stored secrets, and no identities. */
export function identityLooks<T extends LookAtKind>(looks: readonly T[]): T[] {
  const streamsOf = (kind: string) => new Set(looks.flatMap((l) => (l.kind === kind ? [l.stream] : [])))
  const [secrets, identities] = [streamsOf('secret'), streamsOf('identity')]
  return looks.filter(
    ({ stream, kind }) => kind !== 'owner-hint' || !secrets.has(stream) || identities.has(stream),
  )
}
