// HTML that is escaped by construction: only this file makes any, and whatever is put into it is text.

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (one) => ENTITIES[one] ?? '')

/** A piece of HTML. Nothing but `html` makes one. */
export class Html {
  private constructor(readonly source: string) {}
  static of(strings: TemplateStringsArray, values: readonly (string | Html | readonly Html[])[]): Html {
    const parts = values.map((value) =>
      typeof value === 'string'
        ? escaped(value)
        : (value instanceof Html ? [value] : value).map(({ source }) => source).join(''),
    )
    return new Html(strings.map((text, index) => text + (parts[index] ?? '')).join(''))
  }
}

/** Text between the pieces is escaped. */
export const html = (
  strings: TemplateStringsArray,
  ...values: readonly (string | Html | readonly Html[])[]
): Html => Html.of(strings, values)
