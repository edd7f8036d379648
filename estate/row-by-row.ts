// Hands on pages row by row. An async generator would do, at more than twice the time for each row.

export function rowByRow<T>(pages: AsyncGenerator<T[]>): AsyncIterable<T> {
  let page: T[] = []
  let at = 0
  const turn = async (): Promise<IteratorResult<T>> => {
    for (;;) {
      const { value, done } = await pages.next()
      if (done) return { value: undefined, done: true }
      page = value
      at = 1
      if (page.length) return { value: page[0]!, done: false }
    }
  }
  return {
    [Symbol.asyncIterator]: () => ({
      next: () => (at < page.length ? Promise.resolve({ value: page[at++]!, done: false }) : turn()),
      // Who stops early stops the pages too.
      return: async () => {
        await pages.return(undefined)
        return { value: undefined, done: true }
      },
    }),
  }
}
