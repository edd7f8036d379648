// Text that comes in pieces, as bytes in chunks of a size that is worth a call.

const CHUNK = 65_536

/** UTF-8. Holds no more than a chunk and a piece. */
export async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  let held: string[] = []
  let letters = 0
  for await (const piece of pieces) {
    held.push(piece)
    letters += piece.length
    if (letters < CHUNK) continue
    yield encoder.encode(held.join(''))
    held = []
    letters = 0
  }
  if (letters) yield encoder.encode(held.join(''))
}
