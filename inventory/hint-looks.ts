// Which looks at owner hints tell who answers for identities, and which who answers for stored secrets.

type LookAtKind = { stream: string; kind: string }

const streamsOf = (looks: readonly LookAtKind[], kind: string) =>
  new Set(looks.flatMap((look) => (look.kind === kind ? [look.stream] : [])))

/** The looks at owner hints that tell who answers for stored secrets: those of streams that read secrets. */
export function secretHintLooks<T extends LookAtKind>(looks: readonly T[]): T[] {
  const secrets = streamsOf(looks, 'secret')
  return looks.filter(({ stream, kind }) => kind === 'owner-hint' && secrets.has(stream))
}

/** The looks without those for the owners of secrets: in streams that read stored secrets, and no identities. */
export function identityLooks<T extends LookAtKind>(looks: readonly T[]): T[] {
  const [secrets, identities] = [streamsOf(looks, 'secret'), streamsOf(looks, 'identity')]
  return looks.filter(
    ({ stream, kind }) => kind !== 'owner-hint' || !secrets.has(stream) || identities.has(stream),
  )
}
